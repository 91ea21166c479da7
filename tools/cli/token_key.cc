#include "tools/cli/token_key.h"

#include <libp11.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ui.h>

#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"

namespace tsunagu::cli {
namespace {

// PKCS #11 v2.40, return values.
constexpr unsigned long kDeviceRemoved = 0x32;  // NOLINT(runtime/int): the standard's type
constexpr unsigned long kPinIncorrect = 0xA0;   // NOLINT(runtime/int)
constexpr unsigned long kPinInvalid = 0xA1;     // NOLINT(runtime/int)
constexpr unsigned long kPinLenRange = 0xA2;    // NOLINT(runtime/int)
constexpr unsigned long kPinLocked = 0xA4;      // NOLINT(runtime/int)
constexpr unsigned long kNotPresent = 0xE0;     // NOLINT(runtime/int)

absl::Status NotFound(absl::string_view message) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "TOKEN_NOT_FOUND", message)
      .Rule("SIG-070");
}

absl::Status KeyNotFound(absl::string_view message) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "TOKEN_KEY_NOT_FOUND", message)
      .Rule("SIG-070");
}

// The PKCS#11 code of the last error; 0 if that was none of the module's.
unsigned long LastCode() {                            // NOLINT(runtime/int)
  const unsigned long error = ERR_peek_last_error();  // NOLINT(runtime/int)
  return ERR_GET_LIB(error) == ERR_get_CKR_code() ? ERR_GET_REASON(error) : 0;
}

// A card asks for the PIN again for each signature (CKA_ALWAYS_AUTHENTICATE).
int GivePin(UI* ui, UI_STRING* prompt) {
  if (UI_get_string_type(prompt) != UIT_PROMPT) return 1;
  const auto* pin = static_cast<const std::string*>(UI_get0_user_data(ui));
  return UI_set_result(ui, prompt, pin->c_str()) == 0 ? 1 : 0;
}

// A loaded module with its slots. Everything that came from it must be gone before.
class Module {
 public:
  Module() = default;
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;
  ~Module() {
    if (slots_ != nullptr) PKCS11_release_all_slots(context_, slots_, slot_count_);
    if (is_loaded_) PKCS11_CTX_unload(context_);
    PKCS11_CTX_free(context_);
    UI_destroy_method(ui_);
    OPENSSL_cleanse(pin_.data(), pin_.size());
  }

  absl::Status Load(const std::string& path) {
    is_loaded_ = PKCS11_CTX_load(context_, path.c_str()) == 0;
    if (is_loaded_ && PKCS11_enumerate_slots(context_, &slots_, &slot_count_) == 0) {
      return absl::OkStatus();
    }
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "TOKEN_MODULE_UNUSABLE",
                        "the PKCS#11 module cannot be loaded, or finds no reader")
        .Rule("SIG-070")
        .Field("--pkcs11-module", "PKCS#11 ライブラリのパス path of the maker's library");
  }

  // The slot with that token.
  absl::StatusOr<PKCS11_SLOT*> Find(const std::string& label) {
    PKCS11_SLOT* found = nullptr;
    for (PKCS11_SLOT& slot : std::span(slots_, slot_count_)) {
      if (slot.token == nullptr || slot.token->initialized == 0) continue;
      if (!label.empty() && label != slot.token->label) continue;
      if (found != nullptr) return NotFound("there are several tokens: name one with --token");
      found = &slot;
    }
    if (found == nullptr) {
      return NotFound(label.empty() ? "no token is there" : "no token with this label is there");
    }
    return found;
  }

  absl::Status Login(PKCS11_SLOT* slot, std::string pin) {
    pin_ = std::move(pin);
    PKCS11_set_ui_method(context_, ui_, &pin_);
    const bool is_final_try = slot->token->userPinFinalTry != 0;
    if (PKCS11_login(slot, /*so=*/0, pin_.c_str()) == 0) return absl::OkStatus();
    return LoginError(LastCode(), is_final_try);
  }

 private:
  static UI_METHOD* MakeUi() {
    UI_METHOD* ui = UI_create_method("PIN");
    UI_method_set_reader(ui, GivePin);
    return ui;
  }

  PKCS11_CTX* const context_ = PKCS11_CTX_new();
  UI_METHOD* const ui_ = MakeUi();
  PKCS11_SLOT* slots_ = nullptr;
  unsigned int slot_count_ = 0;
  bool is_loaded_ = false;
  std::string pin_;
};

bool IsNamed(const PKCS11_KEY& key, const std::string& name) {
  if (name.empty() || (key.label != nullptr && name == key.label)) return true;
  const absl::string_view id(reinterpret_cast<const char*>(key.id), key.id_len);
  return absl::AsciiStrToLower(name) == absl::BytesToHexString(id);
}

absl::StatusOr<PKCS11_KEY*> FindKey(PKCS11_TOKEN* token, const std::string& name) {
  PKCS11_KEY* keys = nullptr;
  unsigned int count = 0;
  if (PKCS11_enumerate_keys(token, &keys, &count) != 0) {
    return KeyNotFound("the keys of the token cannot be listed");
  }
  PKCS11_KEY* found = nullptr;
  for (PKCS11_KEY& key : std::span(keys, count)) {
    if (!IsNamed(key, name)) continue;
    if (found != nullptr) return KeyNotFound("there are several such keys: name one with --key");
    found = &key;
  }
  if (found == nullptr) return KeyNotFound("the token has no such private key");
  return found;
}

std::string CertificateOf(PKCS11_KEY* key) {
  const PKCS11_CERT* certificate = PKCS11_find_certificate(key);
  if (certificate == nullptr) return "";
  const hpki::BioPtr pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(pem.get(), certificate->x509);
  char* data = nullptr;
  const long size = BIO_get_mem_data(pem.get(), &data);  // NOLINT(runtime/int)
  return std::string(data, static_cast<size_t>(size));
}

}  // namespace

absl::Status LoginError(unsigned long code, bool is_final_try) {  // NOLINT(runtime/int)
  switch (code) {
    case kPinIncorrect:
    case kPinInvalid:
    case kPinLenRange:
      return ErrorBuilder(
                 absl::StatusCode::kUnauthenticated, "TOKEN_PIN_WRONG",
                 is_final_try ? "the PIN is wrong; that was the last try" : "the PIN is wrong")
          .Rule("SIG-070");
    case kPinLocked:
      return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "TOKEN_PIN_LOCKED",
                          "the PIN is locked after too many wrong ones")
          .Rule("SIG-070");
    case kDeviceRemoved:
    case kNotPresent:
      return NotFound("the token was removed");
    default:
      return ErrorBuilder(
                 absl::StatusCode::kUnavailable, "TOKEN_FAILED",
                 absl::StrCat("the token does not let in: PKCS#11 code 0x", absl::Hex(code)))
          .Rule("SIG-070");
  }
}

absl::StatusOr<TokenKey> OpenTokenKey(const TokenOptions& options) {
  const hpki::ScopedErrorMark mark;
  const auto module = std::make_shared<Module>();
  RETURN_IF_ERROR(module->Load(options.module));
  ASSIGN_OR_RETURN(PKCS11_SLOT* const slot, module->Find(options.token));
  if (slot->token->loginRequired != 0) {
    if (slot->token->userPinLocked != 0) return LoginError(kPinLocked, false);
    ASSIGN_OR_RETURN(std::string pin, options.pin());
    RETURN_IF_ERROR(module->Login(slot, std::move(pin)));
  }
  ASSIGN_OR_RETURN(PKCS11_KEY* const key, FindKey(slot->token, options.key));
  EVP_PKEY* const usable = PKCS11_get_private_key(key);
  if (usable == nullptr) return KeyNotFound("the private key is of a kind that cannot be used");
  TokenKey result;
  result.key = std::shared_ptr<EVP_PKEY>(usable, [module](EVP_PKEY* held) { EVP_PKEY_free(held); });
  result.certificate_pem = CertificateOf(key);
  return result;
}

}  // namespace tsunagu::cli
