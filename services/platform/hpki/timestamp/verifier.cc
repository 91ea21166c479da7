#include "services/platform/hpki/timestamp/verifier.h"

#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/timestamp/token.h"

namespace tsunagu::timestamp {
namespace {

// OpenSSL's level for 112 bits of security: RSA-2048 and SHA-256 pass, SHA-1 does not.
constexpr int kSecurityLevel = 2;

using VerifyContextPtr = std::unique_ptr<TS_VERIFY_CTX, hpki::OpensslFree<TS_VERIFY_CTX_free>>;

// Trusts these certificates as of `time`. The time is part of the store, so each token has its own.
hpki::StorePtr MakeStore(const std::vector<std::shared_ptr<X509>>& trusted, bool ends_anywhere,
                         absl::Time time) {
  hpki::StorePtr store(X509_STORE_new());
  for (const std::shared_ptr<X509>& certificate : trusted) {
    X509_STORE_add_cert(store.get(), certificate.get());
  }
  X509_VERIFY_PARAM* param = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(param, absl::ToTimeT(time));
  if (ends_anywhere) X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level(param, kSecurityLevel);
  return store;
}

// For tokens that do not carry their signer's certificate.
STACK_OF(X509) * MakeStack(const std::vector<std::shared_ptr<X509>>& trusted) {
  STACK_OF(X509)* stack = sk_X509_new_null();
  for (const std::shared_ptr<X509>& certificate : trusted) {
    X509_add_cert(stack, certificate.get(), X509_ADD_FLAG_UP_REF);
  }
  return stack;
}

}  // namespace

absl::StatusOr<Verifier> Verifier::Create(std::span<const std::string> trusted) {
  const hpki::ScopedErrorMark mark;
  Verifier verifier;
  for (const std::string& pem : trusted) {
    X509* certificate =
        PEM_read_bio_X509(hpki::ReadOnlyBio(pem).get(), nullptr, hpki::NoPassword, nullptr);
    if (certificate == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("trusted certificate ", verifier.trusted_.size() + 1, " is not PEM"));
    }
    verifier.trusted_.emplace_back(certificate, X509_free);
  }
  if (verifier.trusted_.empty()) {
    return absl::InvalidArgumentError("no time-stamping authority is trusted");
  }
  return verifier;
}

absl::StatusOr<Verifier> Verifier::Pin(absl::string_view certificate_der,
                                       std::span<const std::string> others) {
  hpki::X509Ptr certificate = hpki::ReadX509(certificate_der);
  if (certificate == nullptr) return absl::InvalidArgumentError("not a certificate");
  Verifier verifier;
  verifier.trusted_.emplace_back(certificate.release(), X509_free);
  verifier.ends_anywhere_ = others.empty();
  for (const std::string& der : others) {
    if (hpki::X509Ptr other = hpki::ReadX509(der); other != nullptr) {
      verifier.trusted_.emplace_back(other.release(), X509_free);
    }
  }
  return verifier;
}

absl::StatusOr<absl::Time> Verifier::Verify(absl::string_view token,
                                            absl::string_view bytes) const {
  const absl::StatusOr<Token> read = ReadToken(token);
  if (!read.ok()) return read.status();
  if (!IsImprintOf(*read, bytes)) {
    return absl::PermissionDeniedError("the time-stamp was made for other data");
  }
  const hpki::ScopedErrorMark mark;
  const hpki::Pkcs7Ptr pkcs7 = hpki::ReadPkcs7(token);
  const VerifyContextPtr context(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(),
                          MakeStore(trusted_, ends_anywhere_, read->gen_time).release());
  TS_VERIFY_CTX_set_certs(context.get(), MakeStack(trusted_));
  if (TS_RESP_verify_token(context.get(), pkcs7.get()) != 1) {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    return absl::PermissionDeniedError(
        absl::StrCat("the time-stamp is not of a trusted authority: ",
                     reason == nullptr ? "unknown reason" : reason));
  }
  return read->gen_time;
}

}  // namespace tsunagu::timestamp
