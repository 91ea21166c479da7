#include "services/platform/hpki/timestamp/token.h"

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/ts.h>

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::timestamp {
namespace {

constexpr int kMaxOidText = 128;

using TstInfoPtr = std::unique_ptr<TS_TST_INFO, hpki::OpensslFree<TS_TST_INFO_free>>;

std::string OidText(const ASN1_OBJECT* oid) {
  char text[kMaxOidText];
  const int length = OBJ_obj2txt(text, sizeof(text), oid, 1);
  if (length <= 0 || length >= kMaxOidText) return "";
  return std::string(text, static_cast<size_t>(length));
}

bool ReadImprint(TS_TST_INFO* info, Token* token) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  token->digest_nid = OBJ_obj2nid(algorithm);
  if (token->digest_nid != NID_sha256 && token->digest_nid != NID_sha384 &&
      token->digest_nid != NID_sha512) {
    return false;
  }
  const ASN1_OCTET_STRING* value = TS_MSG_IMPRINT_get_msg(imprint);
  token->imprint.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                        static_cast<size_t>(ASN1_STRING_length(value)));
  return true;
}

std::string SignerCertificate(PKCS7* token) {
  STACK_OF(X509)* signers = PKCS7_get0_signers(token, nullptr, 0);
  std::string der;
  if (signers != nullptr && sk_X509_num(signers) == 1) {
    der = hpki::WriteDer<i2d_X509>(sk_X509_value(signers, 0));
  }
  sk_X509_free(signers);
  return der;
}

std::vector<std::string> CertificatesIn(const PKCS7* token) {
  std::vector<std::string> ders;
  const STACK_OF(X509)* certificates = token->d.sign->cert;
  for (int i = 0; i < sk_X509_num(certificates); ++i) {
    ders.push_back(hpki::WriteDer<i2d_X509>(sk_X509_value(certificates, i)));
  }
  return ders;
}

}  // namespace

absl::StatusOr<Token> ReadToken(absl::string_view der) {
  const hpki::ScopedErrorMark mark;
  const hpki::Pkcs7Ptr pkcs7 = hpki::ReadPkcs7(der);
  if (pkcs7 == nullptr || !PKCS7_type_is_signed(pkcs7.get())) {
    return absl::InvalidArgumentError("the time-stamp token is not CMS SignedData");
  }
  const TstInfoPtr info(PKCS7_to_TS_TST_INFO(pkcs7.get()));
  if (info == nullptr) return absl::InvalidArgumentError("the token holds no TSTInfo");
  Token token;
  const std::optional<absl::Time> gen_time = hpki::ToAbslTime(TS_TST_INFO_get_time(info.get()));
  if (!gen_time) return absl::InvalidArgumentError("the token's genTime cannot be read");
  token.gen_time = *gen_time;
  if (!ReadImprint(info.get(), &token)) {
    return absl::InvalidArgumentError("the token's imprint is not SHA-256, SHA-384 or SHA-512");
  }
  token.policy = OidText(TS_TST_INFO_get_policy_id(info.get()));
  token.authority_certificate = SignerCertificate(pkcs7.get());
  token.certificates = CertificatesIn(pkcs7.get());
  return token;
}

bool IsImprintOf(const Token& token, absl::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_get_digestbynid(token.digest_nid),
                 nullptr) != 1) {
    return false;
  }
  return token.imprint == absl::string_view(reinterpret_cast<const char*>(digest), length);
}

}  // namespace tsunagu::timestamp
