#include "services/platform/hpki/timestamp/request.h"

#include <openssl/evp.h>
#include <openssl/objects.h>

namespace tsunagu::timestamp {
namespace {

using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, hpki::OpensslFree<TS_MSG_IMPRINT_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, hpki::OpensslFree<X509_ALGOR_free>>;

}  // namespace

RequestPtr MakeRequest(absl::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  RequestPtr request(TS_REQ_new());
  const ImprintPtr imprint(TS_MSG_IMPRINT_new());
  const AlgorithmPtr algorithm(X509_ALGOR_new());
  if (request == nullptr || imprint == nullptr || algorithm == nullptr ||
      EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr) != 1 ||
      X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) != 1 ||
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) != 1 ||
      TS_MSG_IMPRINT_set_msg(imprint.get(), digest, static_cast<int>(length)) != 1 ||
      TS_REQ_set_version(request.get(), 1) != 1 ||
      TS_REQ_set_msg_imprint(request.get(), imprint.get()) != 1 ||
      TS_REQ_set_cert_req(request.get(), 1) != 1) {
    return nullptr;
  }
  return request;
}

}  // namespace tsunagu::timestamp
