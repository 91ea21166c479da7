#include "tools/cli/signing_key.h"

#include <openssl/crypto.h>
#include <openssl/ui.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/card.h"
#include "tools/cli/files.h"
#include "tools/cli/token_key.h"

namespace tsunagu::cli {
namespace {

constexpr char kPinVariable[] = "TSUNAGU_PIN";
// PKCS#11 sets no limit; cards take 4 to 16 characters.
constexpr int kMaxPin = 64;

std::string FirstLine(absl::string_view text) {
  return std::string(absl::StripAsciiWhitespace(text.substr(0, text.find('\n'))));
}

// Without echo. OpenSSL's prompt writes to the terminal, not to standard output.
std::string Prompt() {
  char pin[kMaxPin + 1] = {0};
  const std::unique_ptr<UI, decltype(&UI_free)> ui(UI_new_method(UI_OpenSSL()), UI_free);
  if (UI_add_input_string(ui.get(), "PIN: ", 0, pin, 1, kMaxPin) < 0) return "";
  std::string result = UI_process(ui.get()) == 0 ? pin : "";
  OPENSSL_cleanse(pin, sizeof(pin));
  return result;
}

struct Key {
  std::shared_ptr<EVP_PKEY> on_token;
  std::string pem;
  std::string certificate;
};

absl::StatusOr<Key> ReadKey(const Program& program, const SigningKeyOptions& options) {
  Key key;
  if (options.module.empty()) {
    ASSIGN_OR_RETURN(key.pem, ReadFile(program.IdentityFolder() + "/sign-key.pem"));
    ASSIGN_OR_RETURN(key.certificate, ReadFile(program.IdentityFolder() + "/sign-cert.pem"));
    return key;
  }
  ASSIGN_OR_RETURN(TokenKey found, OpenTokenKey({options.module, options.token, options.key,
                                                 [&] { return ReadPin(options.pin_file); }}));
  key.on_token = std::move(found.key);
  key.certificate = std::move(found.certificate_pem);
  if (!options.certificate.empty()) {
    ASSIGN_OR_RETURN(key.certificate, ReadFile(options.certificate));
  }
  if (key.certificate.empty()) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "TOKEN_CERTIFICATE_NOT_FOUND",
                        "the token has no certificate of this key")
        .Rule("SIG-070")
        .Field("--sign-cert", "PEM: 鍵の証明書 the key's certificate");
  }
  return key;
}

}  // namespace

void AddSigningKeyOptions(CLI::App* command, SigningKeyOptions* options) {
  CLI::Option* module =
      command->add_option("--pkcs11-module", options->module,
                          "sign with a card or token: its maker's PKCS#11 library. The PIN comes "
                          "from --pin-file, TSUNAGU_PIN or the terminal");
  command->add_option("--token", options->token, "its label; default: the only one there")
      ->needs(module);
  command
      ->add_option("--key", options->key, "label of the key, or id in hex; default: the only one")
      ->needs(module);
  command
      ->add_option("--sign-cert", options->certificate,
                   "PEM file of the key's certificate; default: the one on the token")
      ->needs(module);
  command->add_option("--pin-file", options->pin_file, "file whose first line is the PIN")
      ->needs(module);
}

absl::StatusOr<std::string> ReadPin(const std::string& pin_file) {
  std::string pin;
  if (!pin_file.empty()) {
    ASSIGN_OR_RETURN(std::string text, ReadFile(pin_file));
    pin = FirstLine(text);
    OPENSSL_cleanse(text.data(), text.size());
  } else if (const char* variable = std::getenv(kPinVariable); variable != nullptr) {
    pin = FirstLine(variable);
  } else if (isatty(STDIN_FILENO) == 1) {
    pin = Prompt();
  }
  if (!pin.empty()) return pin;
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "TOKEN_PIN_NOT_GIVEN",
                      "the token wants a PIN: --pin-file, TSUNAGU_PIN, or a terminal to type it at")
      .Rule("SIG-071");
}

absl::StatusOr<SigningKey> SigningKey::Open(const Program& program,
                                            const SigningKeyOptions& options,
                                            std::span<const hpki::Role> licences) {
  ASSIGN_OR_RETURN(const Key key, ReadKey(program, options));
  if (!licences.empty()) {
    RETURN_IF_ERROR(CheckCard(key.certificate, absl::Now()));
    RETURN_IF_ERROR(CheckLicence(key.certificate, licences));
  }
  const bool is_on_token = key.on_token != nullptr;
  ASSIGN_OR_RETURN(xades::Signer signer, is_on_token
                                             ? xades::Signer::WithKey(key.on_token, key.certificate)
                                             : xades::Signer::Create(key.pem, key.certificate));
  return SigningKey(std::move(signer), is_on_token);
}

absl::StatusOr<std::string> SigningKey::Sign(absl::string_view document, xades::DocumentKind kind,
                                             absl::Time time) const {
  auto signed_document = signer_.Sign(document, kind, time);
  if (!is_on_token_ || !absl::IsInternal(signed_document.status())) return signed_document;
  return ErrorBuilder(absl::StatusCode::kUnavailable, "TOKEN_FAILED",
                      "the token did not sign: was it taken away?")
      .Rule("SIG-070");
}

}  // namespace tsunagu::cli
