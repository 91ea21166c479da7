#include "services/platform/hpki/timestamp/authority.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <utility>

#include "absl/status/status.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/timestamp/request.h"

namespace tsunagu::timestamp {
namespace {

constexpr int kAccuracySeconds = 1;
constexpr int kSerialBytes = 16;

using ResponseContextPtr = std::unique_ptr<TS_RESP_CTX, hpki::OpensslFree<TS_RESP_CTX_free>>;
using ResponsePtr = std::unique_ptr<TS_RESP, hpki::OpensslFree<TS_RESP_free>>;
using BignumPtr = std::unique_ptr<BIGNUM, hpki::OpensslFree<BN_free>>;

// Positive and not zero, as RFC 3161 wants it; unique because random.
ASN1_INTEGER* MakeSerial(TS_RESP_CTX*, void*) {
  unsigned char bytes[kSerialBytes];
  if (RAND_bytes(bytes, sizeof(bytes)) != 1) return nullptr;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40);
  const BignumPtr number(BN_bin2bn(bytes, sizeof(bytes), nullptr));
  return number == nullptr ? nullptr : BN_to_ASN1_INTEGER(number.get(), nullptr);
}

int ReadClock(TS_RESP_CTX*, void* clock, long* seconds, long* microseconds) {
  const absl::Time now = (*static_cast<const std::function<absl::Time()>*>(clock))();
  *seconds = static_cast<long>(absl::ToUnixSeconds(now));
  *microseconds = 0;
  return 1;
}

}  // namespace

absl::StatusOr<Authority> Authority::Create(absl::string_view key_pem, absl::string_view cert_pem,
                                            Options options) {
  const hpki::ScopedErrorMark mark;
  hpki::KeyPtr key(PEM_read_bio_PrivateKey(hpki::ReadOnlyBio(key_pem).get(), nullptr,
                                           hpki::NoPassword, nullptr));
  hpki::X509Ptr certificate(
      PEM_read_bio_X509(hpki::ReadOnlyBio(cert_pem).get(), nullptr, hpki::NoPassword, nullptr));
  if (key == nullptr || certificate == nullptr) {
    return absl::InvalidArgumentError("the authority's key or certificate is not PEM");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return absl::InvalidArgumentError("the authority's key and certificate do not belong together");
  }
  if (X509_check_purpose(certificate.get(), X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) {
    return absl::InvalidArgumentError(
        "the authority's certificate needs the critical extended key usage timeStamping alone");
  }
  ASN1_OBJECT* policy = OBJ_txt2obj(options.policy.c_str(), /*no_name=*/1);
  if (policy == nullptr) {
    return absl::InvalidArgumentError("the authority's policy is not an object identifier");
  }
  Authority authority;
  authority.policy_ = std::shared_ptr<ASN1_OBJECT>(policy, ASN1_OBJECT_free);
  authority.key_ = std::shared_ptr<EVP_PKEY>(key.release(), EVP_PKEY_free);
  authority.certificate_ = std::shared_ptr<X509>(certificate.release(), X509_free);
  authority.clock_ = std::move(options.clock);
  return authority;
}

absl::StatusOr<std::string> Authority::Answer(BIO* request, bool token_only) const {
  // OpenSSL's context is for one request at a time.
  const ResponseContextPtr context(TS_RESP_CTX_new());
  if (context == nullptr || TS_RESP_CTX_set_signer_cert(context.get(), certificate_.get()) != 1 ||
      TS_RESP_CTX_set_signer_key(context.get(), key_.get()) != 1 ||
      TS_RESP_CTX_set_def_policy(context.get(), policy_.get()) != 1 ||
      TS_RESP_CTX_add_md(context.get(), EVP_sha256()) != 1 ||
      TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256()) != 1 ||
      TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256()) != 1 ||
      TS_RESP_CTX_set_accuracy(context.get(), kAccuracySeconds, 0, 0) != 1) {
    return absl::InternalError("OpenSSL cannot prepare a time-stamp");
  }
  TS_RESP_CTX_set_serial_cb(context.get(), MakeSerial, nullptr);
  TS_RESP_CTX_set_time_cb(context.get(), ReadClock,
                          const_cast<std::function<absl::Time()>*>(&clock_));
  const ResponsePtr response(TS_RESP_create_response(context.get(), request));
  if (response != nullptr && !token_only) return hpki::WriteDer<i2d_TS_RESP>(response.get());
  PKCS7* token = response == nullptr ? nullptr : TS_RESP_get_token(response.get());
  if (token == nullptr) return absl::InternalError("OpenSSL cannot make the time-stamp");
  return hpki::WriteDer<i2d_PKCS7>(token);
}

absl::StatusOr<std::string> Authority::Stamp(absl::string_view bytes) const {
  const hpki::ScopedErrorMark mark;
  const RequestPtr request = MakeRequest(bytes);
  const hpki::BioPtr der(BIO_new(BIO_s_mem()));
  if (request == nullptr || der == nullptr || i2d_TS_REQ_bio(der.get(), request.get()) != 1) {
    return absl::InternalError("OpenSSL cannot prepare a time-stamp");
  }
  return Answer(der.get(), /*token_only=*/true);
}

absl::StatusOr<std::string> Authority::Respond(absl::string_view request_der) const {
  const hpki::ScopedErrorMark mark;
  return Answer(hpki::ReadOnlyBio(request_der).get(), /*token_only=*/false);
}

}  // namespace tsunagu::timestamp
