#include "services/platform/hpki/timestamp/remote.h"

#include <curl/curl.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/timestamp/request.h"
#include "services/platform/hpki/timestamp/token.h"

namespace tsunagu::timestamp {
namespace {

// A token with its chain has a few kilobytes.
constexpr size_t kMaxAnswerBytes = 256 * 1024;
// OpenSSL's level for 112 bits of security.
constexpr int kSecurityLevel = 2;
constexpr long kHttpOk = 200;

using CurlPtr = std::unique_ptr<CURL, hpki::OpensslFree<curl_easy_cleanup>>;
using HeadersPtr = std::unique_ptr<curl_slist, hpki::OpensslFree<curl_slist_free_all>>;
using ResponsePtr = std::unique_ptr<TS_RESP, hpki::OpensslFree<TS_RESP_free>>;
using VerifyContextPtr = std::unique_ptr<TS_VERIFY_CTX, hpki::OpensslFree<TS_VERIFY_CTX_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, hpki::OpensslFree<ASN1_INTEGER_free>>;

absl::Status Unavailable(absl::string_view why) {
  return absl::UnavailableError(absl::StrCat("the time-stamp authority ", why));
}

size_t Append(char* bytes, size_t size, size_t count, void* answer) {
  auto* text = static_cast<std::string*>(answer);
  if (text->size() + size * count > kMaxAnswerBytes) return 0;  // ends the transfer
  text->append(bytes, size * count);
  return size * count;
}

void InitCurlOnce() {
  static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  static_cast<void>(done);
}

absl::StatusOr<std::string> Post(const RemoteAuthority::Options& options,
                                 const std::string& request) {
  InitCurlOnce();
  const CurlPtr curl(curl_easy_init());
  const HeadersPtr headers(curl_slist_append(nullptr, "Content-Type: application/timestamp-query"));
  std::string answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, options.url.c_str());
  // No redirects: the authority is who is configured. No proxy from the environment either.
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(options.timeout)));
  if (!options.ca_file.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_CAINFO, options.ca_file.c_str());
  }
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, request.data());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(request.size()));
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) {
    return Unavailable(absl::StrCat("cannot be asked: ", curl_easy_strerror(code)));
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != kHttpOk) return Unavailable(absl::StrCat("answers with HTTP status ", status));
  return answer;
}

// Makes the answer one to this request: nobody can have made it before.
bool AddNonce(TS_REQ* request) {
  uint64_t nonce = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&nonce), sizeof(nonce)) != 1) return false;
  const IntegerPtr number(ASN1_INTEGER_new());
  return ASN1_INTEGER_set_uint64(number.get(), nonce) == 1 &&
         TS_REQ_set_nonce(request, number.get()) == 1;
}

// The token of a response that answers the request and is signed by who is trusted.
absl::StatusOr<std::string> TokenOf(const std::string& answer, TS_REQ* request,
                                    X509_STORE* trusted) {
  const ResponsePtr response = hpki::ReadDer<ResponsePtr, d2i_TS_RESP>(answer);
  if (response == nullptr) return Unavailable("gives no TimeStampResp");
  // Takes version, policy, imprint and nonce from the request.
  const VerifyContextPtr context(TS_REQ_to_TS_VERIFY_CTX(request, nullptr));
  if (context == nullptr) return absl::InternalError("OpenSSL cannot verify a time-stamp");
  TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE);
  X509_STORE_up_ref(trusted);
  TS_VERIFY_CTX_set_store(context.get(), trusted);
  if (TS_RESP_verify_response(context.get(), response.get()) != 1) {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    return Unavailable(
        absl::StrCat("gives no good token: ", reason == nullptr ? "unknown reason" : reason));
  }
  std::string token = hpki::WriteDer<i2d_PKCS7>(TS_RESP_get_token(response.get()));
  if (!ReadToken(token).ok()) return Unavailable("gives a token that nobody here could read");
  return token;
}

std::shared_ptr<X509_STORE> ReadStore(absl::string_view pem) {
  std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  const hpki::BioPtr in = hpki::ReadOnlyBio(pem);
  int count = 0;
  while (true) {
    const hpki::X509Ptr certificate(
        PEM_read_bio_X509(in.get(), nullptr, hpki::NoPassword, nullptr));
    if (certificate == nullptr) break;
    X509_STORE_add_cert(store.get(), certificate.get());
    ++count;
  }
  if (!hpki::EndOfPem() || count == 0) return nullptr;
  X509_VERIFY_PARAM* param = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level(param, kSecurityLevel);
  return store;
}

}  // namespace

absl::StatusOr<RemoteAuthority> RemoteAuthority::Create(absl::string_view trusted,
                                                        Options options) {
  if (!absl::StartsWith(options.url, "http://") && !absl::StartsWith(options.url, "https://")) {
    return absl::InvalidArgumentError("the authority's URL is neither http:// nor https://");
  }
  if (options.timeout < absl::Milliseconds(1)) {
    return absl::InvalidArgumentError("the authority's timeout is not positive");
  }
  RemoteAuthority authority;
  authority.trusted_ = ReadStore(trusted);
  if (authority.trusted_ == nullptr) {
    return absl::InvalidArgumentError("the authority's root is not PEM");
  }
  if (!options.policy.empty()) {
    ASN1_OBJECT* policy = OBJ_txt2obj(options.policy.c_str(), /*no_name=*/1);
    if (policy == nullptr) {
      return absl::InvalidArgumentError("the authority's policy is not an object identifier");
    }
    authority.policy_ = std::shared_ptr<ASN1_OBJECT>(policy, ASN1_OBJECT_free);
  }
  authority.options_ = std::move(options);
  return authority;
}

absl::StatusOr<std::string> RemoteAuthority::Stamp(absl::string_view bytes) const {
  const hpki::ScopedErrorMark mark;
  const RequestPtr request = MakeRequest(bytes);
  if (request == nullptr || !AddNonce(request.get()) ||
      (policy_ != nullptr && TS_REQ_set_policy_id(request.get(), policy_.get()) != 1)) {
    return absl::InternalError("OpenSSL cannot prepare a time-stamp");
  }
  const absl::StatusOr<std::string> answer =
      Post(options_, hpki::WriteDer<i2d_TS_REQ>(request.get()));
  if (!answer.ok()) return answer.status();
  return TokenOf(*answer, request.get(), trusted_.get());
}

}  // namespace tsunagu::timestamp
