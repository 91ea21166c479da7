// The two tokens that travel with a call, signed and verified: the principal (who calls, as the
// gateway found it) and the care context (what may be read about whom, as eligibility or emergency
// issued it). Keys of metadata: metadata.h.
#ifndef SERVICES_PLATFORM_ACCESS_TOKEN_H_
#define SERVICES_PLATFORM_ACCESS_TOKEN_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/access/ed25519.h"
#include "services/platform/access/verdict_cache.h"
#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::access {

// A principal may live this long (the gateway gives it a minute), a care context as the national
// rule has it.
inline constexpr absl::Duration kMaxPrincipalLifetime = absl::Minutes(5);
inline constexpr absl::Duration kMaxCareContextLifetime = absl::Hours(24);
// How far the issuer's clock may be ahead of the verifier's.
inline constexpr absl::Duration kMaxClockSkew = absl::Seconds(30);
// A token on the wire may be this long. A person with 20 insured identities has one of 1 KiB.
inline constexpr size_t kMaxTokenBytes = 8 * 1024;
// Verdicts that a verifier remembers of each kind of token unless told otherwise.
inline constexpr size_t kDefaultVerdicts = 65'536;

// Signs tokens with one key. Thread safe.
class TokenSigner {
 public:
  // INVALID_ARGUMENT: `key_id` is empty or holds a zero byte, or `private_key_pem` holds no
  // Ed25519 private key.
  static absl::StatusOr<TokenSigner> Create(absl::string_view key_id,
                                            absl::string_view private_key_pem);

  // A serialized SignedToken: the value of kPrincipalKey, or of kCareContextKey.
  std::string Sign(const v1::Principal& principal) const;
  std::string Sign(const v1::CareContext& context) const;

 private:
  TokenSigner(std::string key_id, Ed25519PrivateKey key)
      : key_id_(std::move(key_id)), key_(std::move(key)) {}
  std::string SignPayload(std::string payload) const;

  std::string key_id_;
  Ed25519PrivateKey key_;
};

// The public keys that a verifier trusts, and for what. A key serves one kind of token only.
struct TrustedKeys {
  struct Principal {
    std::string key_id;
    std::string public_key_pem;
  };
  struct CareContext {
    std::string key_id;
    std::string public_key_pem;
    // What its holder may issue: eligibility card reader and oral, emergency only emergency.
    std::vector<v1::ContextSource> sources;
  };
  std::vector<Principal> principals;
  std::vector<CareContext> care_contexts;
};

// Verifies tokens and remembers the good ones, so that a token pays for public-key cryptography
// once per process. Bad ones are not remembered: nobody can fill the memory with them. Thread safe.
class TokenVerifier {
 public:
  // INVALID_ARGUMENT: a key cannot be read, an id is empty, holds a zero byte or comes twice, one
  // public key stands for both kinds of token, or a care-context key may issue nothing.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> Create(const TrustedKeys& keys,
                                                               size_t verdicts = kDefaultVerdicts);

  // The principal of a serialized SignedToken: its key is trusted, its signature holds, and it is
  // valid at `now`. Otherwise UNAUTHENTICATED with reason and rule (AC-007, AC-012 to AC-016).
  absl::StatusOr<std::shared_ptr<const v1::Principal>> VerifyPrincipal(absl::string_view token,
                                                                       absl::Time now);

  // The same of a care context; PERMISSION_DENIED (AC-010, AC-012 to AC-017). Whether it belongs to
  // the caller's facility is Authorise's question.
  absl::StatusOr<std::shared_ptr<const v1::CareContext>> VerifyCareContext(absl::string_view token,
                                                                           absl::Time now);

  // Verdicts remembered, for metrics.
  size_t remembered() const { return principals_.size() + contexts_.size(); }

 private:
  struct ContextKey {
    Ed25519PublicKey key;
    std::vector<v1::ContextSource> sources;
  };

  explicit TokenVerifier(size_t verdicts) : principals_(verdicts), contexts_(verdicts) {}
  absl::Status AddKey(const TrustedKeys::Principal& trusted);
  absl::Status AddKey(const TrustedKeys::CareContext& trusted);

  absl::flat_hash_map<std::string, Ed25519PublicKey> principal_keys_;
  absl::flat_hash_map<std::string, ContextKey> context_keys_;
  VerdictCache<v1::Principal> principals_;
  VerdictCache<v1::CareContext> contexts_;
};

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_TOKEN_H_
