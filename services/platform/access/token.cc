#include "services/platform/access/token.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/access/errors.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/status/macros.h"

namespace tsunagu::access {
namespace {

// What is signed: the zero byte ends the key id, which holds none.
std::string SignedBytes(absl::string_view key_id, absl::string_view payload) {
  return absl::StrCat(key_id, absl::string_view("\0", 1), payload);
}

absl::Status CheckKeyId(absl::string_view key_id) {
  if (key_id.empty() || key_id.find('\0') != absl::string_view::npos) {
    return absl::InvalidArgumentError("a key id is not empty and holds no zero byte");
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::SignedToken> ParseToken(absl::string_view bytes, TokenKind kind) {
  v1::SignedToken token;
  if (bytes.empty() || bytes.size() > kMaxTokenBytes ||
      !token.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return TokenMalformed(kind);
  }
  return token;
}

template <typename Message>
absl::StatusOr<std::shared_ptr<const Message>> OpenToken(const v1::SignedToken& token,
                                                         const Ed25519PublicKey& key,
                                                         TokenKind kind) {
  if (!key.Verify(SignedBytes(token.key_id(), token.payload()), token.signature())) {
    return TokenSignatureBad(kind);
  }
  auto message = std::make_shared<Message>();
  if (!message->ParseFromString(token.payload())) return TokenMalformed(kind);
  return std::shared_ptr<const Message>(std::move(message));
}

template <typename Message>
absl::Status CheckTimes(const Message& message, TokenKind kind, absl::Duration max_lifetime,
                        absl::Time now) {
  const absl::Time issued = ToTime(message.issued_at());
  const absl::Time expires = ToTime(message.expires_at());
  if (expires - issued > max_lifetime) return TokenLifetimeBad(kind);
  if (issued > now + kMaxClockSkew) return TokenNotYetValid(kind);
  if (now < expires) return absl::OkStatus();
  return kind == TokenKind::kPrincipal ? PrincipalExpired() : CareContextExpired();
}

bool Allows(const std::vector<v1::ContextSource>& sources, v1::ContextSource source) {
  return source != v1::CONTEXT_SOURCE_UNSPECIFIED &&
         std::find(sources.begin(), sources.end(), source) != sources.end();
}

}  // namespace

absl::StatusOr<TokenSigner> TokenSigner::Create(absl::string_view key_id,
                                                absl::string_view private_key_pem) {
  RETURN_IF_ERROR(CheckKeyId(key_id));
  ASSIGN_OR_RETURN(Ed25519PrivateKey key, Ed25519PrivateKey::FromPem(private_key_pem));
  return TokenSigner(std::string(key_id), std::move(key));
}

std::string TokenSigner::Sign(const v1::Principal& principal) const {
  return SignPayload(principal.SerializeAsString());
}

std::string TokenSigner::Sign(const v1::CareContext& context) const {
  return SignPayload(context.SerializeAsString());
}

std::string TokenSigner::SignPayload(std::string payload) const {
  v1::SignedToken token;
  token.set_key_id(key_id_);
  token.set_signature(key_.Sign(SignedBytes(key_id_, payload)));
  token.set_payload(std::move(payload));
  return token.SerializeAsString();
}

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::Create(const TrustedKeys& keys,
                                                                     size_t verdicts) {
  std::unique_ptr<TokenVerifier> verifier(new TokenVerifier(verdicts));
  for (const auto& trusted : keys.principals) RETURN_IF_ERROR(verifier->AddKey(trusted));
  for (const auto& trusted : keys.care_contexts) RETURN_IF_ERROR(verifier->AddKey(trusted));
  for (const auto& [id, principal_key] : verifier->principal_keys_) {
    for (const auto& [context_id, context_key] : verifier->context_keys_) {
      if (!(principal_key == context_key.key)) continue;
      return absl::InvalidArgumentError(absl::StrCat("one public key signs principals (", id,
                                                     ") and contexts (", context_id,
                                                     "): each kind of token needs its own"));
    }
  }
  return verifier;
}

absl::Status TokenVerifier::AddKey(const TrustedKeys::Principal& trusted) {
  RETURN_IF_ERROR(CheckKeyId(trusted.key_id));
  ASSIGN_OR_RETURN(Ed25519PublicKey key, Ed25519PublicKey::FromPem(trusted.public_key_pem));
  if (principal_keys_.emplace(trusted.key_id, std::move(key)).second) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("principal key twice: ", trusted.key_id));
}

absl::Status TokenVerifier::AddKey(const TrustedKeys::CareContext& trusted) {
  RETURN_IF_ERROR(CheckKeyId(trusted.key_id));
  ASSIGN_OR_RETURN(Ed25519PublicKey key, Ed25519PublicKey::FromPem(trusted.public_key_pem));
  if (trusted.sources.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("key may issue nothing: ", trusted.key_id));
  }
  ContextKey context_key{std::move(key), trusted.sources};
  if (context_keys_.emplace(trusted.key_id, std::move(context_key)).second) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("care-context key twice: ", trusted.key_id));
}

absl::StatusOr<std::shared_ptr<const v1::Principal>> TokenVerifier::VerifyPrincipal(
    absl::string_view bytes, absl::Time now) {
  constexpr TokenKind kKind = TokenKind::kPrincipal;
  std::shared_ptr<const v1::Principal> principal = principals_.Find(bytes);
  const bool remembered = principal != nullptr;
  if (!remembered) {
    ASSIGN_OR_RETURN(const v1::SignedToken token, ParseToken(bytes, kKind));
    const auto key = principal_keys_.find(token.key_id());
    if (key == principal_keys_.end()) return TokenKeyUnknown(kKind);
    ASSIGN_OR_RETURN(principal, OpenToken<v1::Principal>(token, key->second, kKind));
  }
  RETURN_IF_ERROR(CheckTimes(*principal, kKind, kMaxPrincipalLifetime, now));
  if (!remembered) principals_.Insert(bytes, principal);
  return principal;
}

absl::StatusOr<std::shared_ptr<const v1::CareContext>> TokenVerifier::VerifyCareContext(
    absl::string_view bytes, absl::Time now) {
  constexpr TokenKind kKind = TokenKind::kCareContext;
  std::shared_ptr<const v1::CareContext> context = contexts_.Find(bytes);
  const bool remembered = context != nullptr;
  if (!remembered) {
    ASSIGN_OR_RETURN(const v1::SignedToken token, ParseToken(bytes, kKind));
    const auto key = context_keys_.find(token.key_id());
    if (key == context_keys_.end()) return TokenKeyUnknown(kKind);
    ASSIGN_OR_RETURN(context, OpenToken<v1::CareContext>(token, key->second.key, kKind));
    if (!Allows(key->second.sources, context->source())) return CareContextSourceNotAllowed();
  }
  RETURN_IF_ERROR(CheckTimes(*context, kKind, kMaxCareContextLifetime, now));
  if (!remembered) contexts_.Insert(bytes, context);
  return context;
}

}  // namespace tsunagu::access
