// Signing keys on a PKCS#11 token: an HPKI card with its maker's module, or any other.
#ifndef TOOLS_CLI_TOKEN_KEY_H_
#define TOOLS_CLI_TOKEN_KEY_H_

#include <openssl/evp.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace tsunagu::cli {

struct TokenOptions {
  std::string module;  // path of the maker's library
  std::string token;   // its label; empty: the only one that is there
  std::string key;     // label, or id in hex; empty: the only private key
  // Asked for once, when the token is there and wants one.
  std::function<absl::StatusOr<std::string>()> pin;
};

struct TokenKey {
  std::shared_ptr<EVP_PKEY> key;  // stays usable as long as it is held and the token is there
  std::string certificate_pem;    // that of the same id on the token; empty: there is none
};

// Logs in to the token. Errors (SIG-070): TOKEN_MODULE_UNUSABLE, TOKEN_NOT_FOUND, TOKEN_PIN_WRONG,
// TOKEN_PIN_LOCKED, TOKEN_KEY_NOT_FOUND, TOKEN_FAILED.
absl::StatusOr<TokenKey> OpenTokenKey(const TokenOptions& options);

// The error for a PKCS#11 return value (CKR_*) of a login. `is_final_try`: what the token said
// before.
absl::Status LoginError(unsigned long code, bool is_final_try);  // NOLINT(runtime/int)

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_TOKEN_KEY_H_
