#include "services/platform/access/ed25519.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::access {
namespace {

constexpr size_t kSignatureBytes = 64;

using PemReader = EVP_PKEY* (*)(BIO*, EVP_PKEY**, pem_password_cb*, void*);

// A key under a passphrase is refused, never asked for on the terminal.
int NoPassphrase(char*, int, int, void*) { return -1; }

absl::StatusOr<std::shared_ptr<EVP_PKEY>> ReadKey(absl::string_view pem, PemReader read,
                                                  absl::string_view kind) {
  std::unique_ptr<BIO, decltype(&BIO_free)> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  std::shared_ptr<EVP_PKEY> key(read(bio.get(), nullptr, NoPassphrase, nullptr), EVP_PKEY_free);
  ERR_clear_error();
  if (key == nullptr || EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519) {
    return absl::InvalidArgumentError(absl::StrCat("not an Ed25519 ", kind, " key in PEM"));
  }
  return key;
}

using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

absl::StatusOr<Ed25519PrivateKey> Ed25519PrivateKey::FromPem(absl::string_view pem) {
  auto key = ReadKey(pem, PEM_read_bio_PrivateKey, "private");
  if (!key.ok()) return key.status();
  return Ed25519PrivateKey(*std::move(key));
}

std::string Ed25519PrivateKey::Sign(absl::string_view message) const {
  std::string signature(kSignatureBytes, '\0');
  size_t size = signature.size();
  DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  // Signing with a key that FromPem accepted fails only when memory runs out.
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     Bytes(message), message.size()) != 1) {
    std::abort();
  }
  return signature;
}

absl::StatusOr<Ed25519PublicKey> Ed25519PublicKey::FromPem(absl::string_view pem) {
  auto key = ReadKey(pem, PEM_read_bio_PUBKEY, "public");
  if (!key.ok()) return key.status();
  return Ed25519PublicKey(*std::move(key));
}

bool Ed25519PublicKey::Verify(absl::string_view message, absl::string_view signature) const {
  DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const bool good =
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(message),
                       message.size()) == 1;
  ERR_clear_error();
  return good;
}

bool Ed25519PublicKey::operator==(const Ed25519PublicKey& other) const {
  return EVP_PKEY_eq(key_.get(), other.key_.get()) == 1;
}

}  // namespace tsunagu::access
