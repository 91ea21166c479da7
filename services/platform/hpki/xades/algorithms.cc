#include "services/platform/hpki/xades/algorithms.h"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include <memory>

#include "absl/status/status.h"

namespace tsunagu::xades {
namespace {

constexpr size_t kP256Bytes = 32;
constexpr char kP256Name[] = "prime256v1";

struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct EcdsaDeleter {
  void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// From r and s side by side to the SEQUENCE that OpenSSL wants. Empty for another length.
std::string EcdsaDer(absl::string_view value) {
  if (value.size() != 2 * kP256Bytes) return "";
  const std::unique_ptr<ECDSA_SIG, EcdsaDeleter> signature(ECDSA_SIG_new());
  ECDSA_SIG_set0(signature.get(), BN_bin2bn(Bytes(value), kP256Bytes, nullptr),
                 BN_bin2bn(Bytes(value) + kP256Bytes, kP256Bytes, nullptr));
  std::string der(static_cast<size_t>(i2d_ECDSA_SIG(signature.get(), nullptr)), '\0');
  unsigned char* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(signature.get(), &out);
  return der;
}

std::string EcdsaRaw(absl::string_view der) {
  const unsigned char* in = Bytes(der);
  const std::unique_ptr<ECDSA_SIG, EcdsaDeleter> signature(
      d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size())));
  if (signature == nullptr) return "";
  std::string raw(2 * kP256Bytes, '\0');
  unsigned char* out = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, kP256Bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + kP256Bytes, kP256Bytes);
  return raw;
}

// OpenSSL 3 looks a digest up by name at every use unless it was fetched once.
const EVP_MD* Sha256() {
  static const EVP_MD* const digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return digest;
}
const EVP_MD* Sha384() {
  static const EVP_MD* const digest = EVP_MD_fetch(nullptr, "SHA384", nullptr);
  return digest;
}
const EVP_MD* Sha512() {
  static const EVP_MD* const digest = EVP_MD_fetch(nullptr, "SHA512", nullptr);
  return digest;
}

}  // namespace

const EVP_MD* DigestOf(absl::string_view uri) {
  if (uri == kSha256Uri) return Sha256();
  if (uri == "http://www.w3.org/2001/04/xmldsig-more#sha384") return Sha384();
  if (uri == "http://www.w3.org/2001/04/xmlenc#sha512") return Sha512();
  return nullptr;
}

std::string Hash(const EVP_MD* digest, absl::string_view bytes) {
  unsigned char value[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_Digest(bytes.data(), bytes.size(), value, &length, digest, nullptr);
  return std::string(reinterpret_cast<const char*>(value), length);
}

std::optional<SignatureMethod> SignatureMethodOf(absl::string_view uri) {
  if (uri == kRsaSha256Uri) return SignatureMethod{EVP_PKEY_RSA, Sha256()};
  if (uri == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384") {
    return SignatureMethod{EVP_PKEY_RSA, Sha384()};
  }
  if (uri == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512") {
    return SignatureMethod{EVP_PKEY_RSA, Sha512()};
  }
  if (uri == kEcdsaSha256Uri) return SignatureMethod{EVP_PKEY_EC, Sha256()};
  return std::nullopt;
}

bool Fits(const SignatureMethod& method, const EVP_PKEY* key) {
  if (EVP_PKEY_get_base_id(key) != method.key_type) return false;
  if (method.key_type == EVP_PKEY_RSA) return EVP_PKEY_get_bits(key) >= kMinRsaBits;
  char curve[32] = {0};
  size_t length = 0;
  return EVP_PKEY_get_group_name(key, curve, sizeof(curve), &length) == 1 &&
         absl::string_view(curve, length) == kP256Name;
}

bool VerifyValue(const SignatureMethod& method, EVP_PKEY* key, absl::string_view bytes,
                 absl::string_view value) {
  const std::string der = method.key_type == EVP_PKEY_EC ? EcdsaDer(value) : std::string(value);
  const std::unique_ptr<EVP_MD_CTX, ContextDeleter> context(EVP_MD_CTX_new());
  ERR_set_mark();
  const bool valid =
      EVP_DigestVerifyInit(context.get(), nullptr, method.digest, nullptr, key) == 1 &&
      EVP_DigestVerify(context.get(), Bytes(der), der.size(), Bytes(bytes), bytes.size()) == 1;
  ERR_pop_to_mark();
  return valid;
}

absl::StatusOr<std::string> MakeValue(const SignatureMethod& method, EVP_PKEY* key,
                                      absl::string_view bytes) {
  if (!Fits(method, key)) return absl::InvalidArgumentError("the key does not fit the method");
  const std::unique_ptr<EVP_MD_CTX, ContextDeleter> context(EVP_MD_CTX_new());
  size_t length = 0;
  ERR_set_mark();
  bool made = EVP_DigestSignInit(context.get(), nullptr, method.digest, nullptr, key) == 1 &&
              EVP_DigestSign(context.get(), nullptr, &length, Bytes(bytes), bytes.size()) == 1;
  std::string value(length, '\0');
  made = made && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(value.data()),
                                &length, Bytes(bytes), bytes.size()) == 1;
  ERR_pop_to_mark();
  if (!made) return absl::InternalError("OpenSSL cannot sign with this key");
  value.resize(length);
  return method.key_type == EVP_PKEY_EC ? EcdsaRaw(value) : value;
}

}  // namespace tsunagu::xades
