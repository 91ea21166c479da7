// Ed25519 (RFC 8032) with keys in PEM, as `openssl genpkey -algorithm ed25519` writes them.
#ifndef SERVICES_PLATFORM_ACCESS_ED25519_H_
#define SERVICES_PLATFORM_ACCESS_ED25519_H_

#include <openssl/evp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::access {

// A private key (PKCS #8 PEM without a passphrase). Thread safe; copies share the key.
class Ed25519PrivateKey {
 public:
  // INVALID_ARGUMENT when the text holds no Ed25519 private key.
  static absl::StatusOr<Ed25519PrivateKey> FromPem(absl::string_view pem);

  // 64 bytes.
  std::string Sign(absl::string_view message) const;

 private:
  explicit Ed25519PrivateKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {}
  std::shared_ptr<EVP_PKEY> key_;
};

// A public key (SubjectPublicKeyInfo PEM). Thread safe; copies share the key.
class Ed25519PublicKey {
 public:
  // INVALID_ARGUMENT when the text holds no Ed25519 public key.
  static absl::StatusOr<Ed25519PublicKey> FromPem(absl::string_view pem);

  bool Verify(absl::string_view message, absl::string_view signature) const;

  // Whether both are the same key.
  bool operator==(const Ed25519PublicKey& other) const;

 private:
  explicit Ed25519PublicKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {}
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_ED25519_H_
