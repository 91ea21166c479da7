// With whose key a document is signed: the files of --as, or a key on a PKCS#11 token.
#ifndef TOOLS_CLI_SIGNING_KEY_H_
#define TOOLS_CLI_SIGNING_KEY_H_

#include <CLI/CLI.hpp>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/role.h"
#include "services/platform/hpki/xades/sign.h"
#include "tools/cli/program.h"

namespace tsunagu::cli {

struct SigningKeyOptions {
  std::string module;       // empty: the files of --as
  std::string token;        // label
  std::string key;          // label or id
  std::string certificate;  // PEM file; empty: the one on the token
  std::string pin_file;     // empty: TSUNAGU_PIN, else the terminal
};

void AddSigningKeyOptions(CLI::App* command, SigningKeyOptions* options);

// The PIN: the first line of the file, else of the environment variable TSUNAGU_PIN, else what is
// typed at the terminal. Never an argument: those are for all to see (SIG-071).
absl::StatusOr<std::string> ReadPin(const std::string& pin_file);

class SigningKey {
 public:
  // Another key than the one for TLS. Its certificate is valid and has one of the licences; with
  // none given, whatever it is.
  static absl::StatusOr<SigningKey> Open(const Program& program, const SigningKeyOptions& options,
                                         std::span<const hpki::Role> licences);

  // As xades::Signer::Sign. TOKEN_FAILED when the token does not sign, as one that was taken away.
  absl::StatusOr<std::string> Sign(absl::string_view document, xades::DocumentKind kind,
                                   absl::Time time) const;

 private:
  SigningKey(xades::Signer signer, bool is_on_token)
      : signer_(std::move(signer)), is_on_token_(is_on_token) {}

  xades::Signer signer_;
  bool is_on_token_;
};

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_SIGNING_KEY_H_
