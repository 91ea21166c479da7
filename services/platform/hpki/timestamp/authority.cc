#include "services/platform/hpki/timestamp/authority.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <utility>

#include "absl/status/status.h"
#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::timestamp {
namespace {

constexpr int kAccuracySeconds = 1;
constexpr int kSerialBytes = 16;

using RequestPtr = std::unique_ptr<TS_REQ, hpki::OpensslFree<TS_REQ_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, hpki::OpensslFree<TS_MSG_IMPRINT_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, hpki::OpensslFree<X509_ALGOR_free>>;
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

// A DER request for the SHA-256 of the bytes, asking for the certificate.
hpki::BioPtr MakeRequest(absl::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  const RequestPtr request(TS_REQ_new());
  const ImprintPtr imprint(TS_MSG_IMPRINT_new());
  const AlgorithmPtr algorithm(X509_ALGOR_new());
  hpki::BioPtr der(BIO_new(BIO_s_mem()));
  if (request == nullptr || imprint == nullptr || algorithm == nullptr || der == nullptr ||
      EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr) != 1 ||
      X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) != 1 ||
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) != 1 ||
      TS_MSG_IMPRINT_set_msg(imprint.get(), digest, static_cast<int>(length)) != 1 ||
      TS_REQ_set_version(request.get(), 1) != 1 ||
      TS_REQ_set_msg_imprint(request.get(), imprint.get()) != 1 ||
      TS_REQ_set_cert_req(request.get(), 1) != 1 || i2d_TS_REQ_bio(der.get(), request.get()) != 1) {
    return nullptr;
  }
  return der;
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

absl::StatusOr<std::string> Authority::Stamp(absl::string_view bytes) const {
  const hpki::ScopedErrorMark mark;
  const hpki::BioPtr request = MakeRequest(bytes);
  // OpenSSL's context is for one request at a time.
  const ResponseContextPtr context(TS_RESP_CTX_new());
  if (request == nullptr || context == nullptr ||
      TS_RESP_CTX_set_signer_cert(context.get(), certificate_.get()) != 1 ||
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
  const ResponsePtr response(TS_RESP_create_response(context.get(), request.get()));
  PKCS7* token = response == nullptr ? nullptr : TS_RESP_get_token(response.get());
  if (token == nullptr) return absl::InternalError("OpenSSL cannot make the time-stamp");
  return hpki::WriteDer<i2d_PKCS7>(token);
}

}  // namespace tsunagu::timestamp
