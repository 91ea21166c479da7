#include "services/platform/hpki/path.h"

#include <openssl/objects.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::hpki {
namespace {

constexpr absl::string_view kPayload = "tsunagu/hpki.refusal";

// RSA-2048 with SHA-256 and better (112 bits).
constexpr int kSecurityLevel = 2;
// HPKI has one CA between the root and a leaf. The CAs' certificates themselves do not limit that.
constexpr int kMaxHpkiIntermediates = 1;
constexpr int kMaxTimeStampIntermediates = 2;

constexpr std::array<absl::string_view, 14> kReasons = {"CERTIFICATE_REVOKED",
                                                        "CERTIFICATE_EXPIRED",
                                                        "CERTIFICATE_NOT_YET_VALID",
                                                        "CRL_MISSING",
                                                        "CRL_EXPIRED",
                                                        "CRL_NOT_YET_VALID",
                                                        "CRL_INVALID",
                                                        "POLICY_MISSING",
                                                        "WRONG_PURPOSE",
                                                        "KEY_USAGE",
                                                        "WEAK_KEY",
                                                        "UNTRUSTED_ROOT",
                                                        "PATH_TOO_LONG",
                                                        "BAD_CERTIFICATE"};
static_assert(kReasons.size() == static_cast<size_t>(Refusal::kBadCertificate) + 1);

struct PurposeRule {
  int openssl_purpose;
  absl::string_view policy;  // empty: any
  // One of these bits must be set. OpenSSL checks it for TLS, but not for "any", and an
  // authentication certificate without EKU passes as a signer.
  uint32_t key_usage;
  int max_intermediates;
};

// By Purpose.
constexpr std::array<PurposeRule, 4> kRules = {{
    {X509_PURPOSE_SSL_CLIENT, kAuthenticationPolicy, KU_DIGITAL_SIGNATURE, kMaxHpkiIntermediates},
    {X509_PURPOSE_ANY, kSigningPolicy, KU_NON_REPUDIATION, kMaxHpkiIntermediates},
    {X509_PURPOSE_SSL_CLIENT, kOrganisationPolicy, KU_DIGITAL_SIGNATURE, kMaxHpkiIntermediates},
    {X509_PURPOSE_TIMESTAMP_SIGN, "", KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION,
     kMaxTimeStampIntermediates},
}};

bool IsOurFault(Refusal refusal) {
  return refusal == Refusal::kCrlMissing || refusal == Refusal::kCrlExpired ||
         refusal == Refusal::kCrlNotYetValid || refusal == Refusal::kCrlInvalid;
}

absl::Status Refuse(Refusal refusal, absl::string_view detail) {
  const absl::string_view reason = ReasonOf(refusal);
  const auto code =
      IsOurFault(refusal) ? absl::StatusCode::kUnavailable : absl::StatusCode::kUnauthenticated;
  absl::Status status(code, absl::StrCat(reason, ": ", detail));
  status.SetPayload(kPayload, absl::Cord(reason));
  return status;
}

Refusal RefusalOfError(int error) {
  switch (error) {
    case X509_V_ERR_CERT_REVOKED:
      return Refusal::kCertificateRevoked;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Refusal::kCertificateExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Refusal::kCertificateNotYetValid;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
      return Refusal::kCrlMissing;
    case X509_V_ERR_CRL_HAS_EXPIRED:
      return Refusal::kCrlExpired;
    case X509_V_ERR_CRL_NOT_YET_VALID:
      return Refusal::kCrlNotYetValid;
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
      return Refusal::kCrlInvalid;
    case X509_V_ERR_NO_EXPLICIT_POLICY:
      return Refusal::kPolicyMissing;
    case X509_V_ERR_INVALID_PURPOSE:
      return Refusal::kWrongPurpose;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return Refusal::kWeakKey;
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
      return Refusal::kPathTooLong;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_CERT_UNTRUSTED:
    case X509_V_ERR_CERT_REJECTED:
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
      return Refusal::kUntrustedRoot;
    default:
      return Refusal::kBadCertificate;
  }
}

// OpenSSL calls this for every certificate. CRL_CHECK_ALL wants a list for the trust anchor too.
int ExcuseAnchorCrl(int ok, X509_STORE_CTX* context) {
  if (ok != 0) return ok;
  const int error = X509_STORE_CTX_get_error(context);
  if (error != X509_V_ERR_UNABLE_TO_GET_CRL && error != X509_V_ERR_DIFFERENT_CRL_SCOPE) return 0;
  const int anchor = sk_X509_num(X509_STORE_CTX_get0_chain(context)) - 1;
  if (X509_STORE_CTX_get_error_depth(context) != anchor) return 0;
  if (X509_self_signed(X509_STORE_CTX_get_current_cert(context), 1) != 1) return 0;
  X509_STORE_CTX_set_error(context, X509_V_OK);
  return 1;
}

struct Notes {
  std::vector<Doubt> doubts;
  X509_CRL* list = nullptr;  // that was of another time
};

// OpenSSL forgets which list it reads once it has complained of the list's time.
std::optional<absl::Time> RevokedAt(X509_STORE_CTX* context, const Notes& notes) {
  X509_REVOKED* entry = nullptr;
  X509_CRL* list = X509_STORE_CTX_get0_current_crl(context);
  if (list == nullptr) list = notes.list;
  X509* certificate = X509_STORE_CTX_get_current_cert(context);
  if (list == nullptr || X509_CRL_get0_by_cert(list, &entry, certificate) != 1) return std::nullopt;
  return ToAbslTime(X509_REVOKED_get0_revocationDate(entry));
}

// Passes over every error and writes it down.
int NoteDoubt(int ok, X509_STORE_CTX* context) {
  if (ok != 0) return ok;
  auto* notes = static_cast<Notes*>(X509_STORE_CTX_get_app_data(context));
  Doubt doubt;
  doubt.refusal = RefusalOfError(X509_STORE_CTX_get_error(context));
  doubt.depth = X509_STORE_CTX_get_error_depth(context);
  X509* certificate = X509_STORE_CTX_get_current_cert(context);
  const bool is_end = certificate != nullptr && X509_self_signed(certificate, 0) == 1;
  if (doubt.refusal == Refusal::kCrlNotYetValid || doubt.refusal == Refusal::kCrlExpired) {
    notes->list = X509_STORE_CTX_get0_current_crl(context);
  }
  if (doubt.refusal == Refusal::kCrlNotYetValid) return 1;
  if (doubt.refusal == Refusal::kCrlMissing && is_end) return 1;
  if (doubt.refusal == Refusal::kCertificateRevoked) doubt.revoked_at = RevokedAt(context, *notes);
  const auto same = [&doubt](const Doubt& other) {
    return other.refusal == doubt.refusal && other.depth == doubt.depth;
  };
  std::vector<Doubt>& doubts = notes->doubts;
  if (std::none_of(doubts.begin(), doubts.end(), same)) doubts.push_back(doubt);
  return 1;
}

absl::Status SetParameters(X509_VERIFY_PARAM* parameters, const PurposeRule& rule, absl::Time at) {
  // Without EXPLICIT_POLICY the test cards of a production CA pass as practitioners.
  const auto policy_flags =
      rule.policy.empty()
          ? 0ul
          : X509_V_FLAG_EXPLICIT_POLICY | X509_V_FLAG_INHIBIT_ANY | X509_V_FLAG_INHIBIT_MAP;
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL |
                                              X509_V_FLAG_X509_STRICT | policy_flags);
  if (!rule.policy.empty()) {
    ASN1_OBJECT* policy = OBJ_txt2obj(std::string(rule.policy).c_str(), 1);
    if (policy == nullptr || X509_VERIFY_PARAM_add0_policy(parameters, policy) != 1) {
      ASN1_OBJECT_free(policy);
      return absl::ResourceExhaustedError("out of memory");
    }
  }
  X509_VERIFY_PARAM_set_purpose(parameters, rule.openssl_purpose);
  X509_VERIFY_PARAM_set_auth_level(parameters, kSecurityLevel);
  X509_VERIFY_PARAM_set_depth(parameters, rule.max_intermediates);
  X509_VERIFY_PARAM_set_time(parameters, absl::ToTimeT(at));
  return absl::OkStatus();
}

struct FreeStack {
  // The certificates belong to others.
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using StackPtr = std::unique_ptr<STACK_OF(X509), FreeStack>;

StackPtr Untrusted(std::span<const Certificate> presented,
                   std::span<const Certificate> configured) {
  StackPtr stack(sk_X509_new_null());
  for (const Certificate& certificate : presented) sk_X509_push(stack.get(), certificate.get());
  for (const Certificate& certificate : configured) sk_X509_push(stack.get(), certificate.get());
  return stack;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

absl::string_view ReasonOf(Refusal refusal) { return kReasons[static_cast<size_t>(refusal)]; }

std::optional<Refusal> RefusalOf(const absl::Status& status) {
  const auto reason = status.GetPayload(kPayload);
  if (!reason) return std::nullopt;
  const auto found = std::find(kReasons.begin(), kReasons.end(), std::string(*reason));
  if (found == kReasons.end()) return std::nullopt;
  return static_cast<Refusal>(found - kReasons.begin());
}

PathValidator::PathValidator(std::shared_ptr<X509_STORE> anchors,
                             std::vector<Certificate> intermediates)
    : anchors_(std::move(anchors)), intermediates_(std::move(intermediates)) {}

absl::StatusOr<PathValidator> PathValidator::Create(const Certificate& anchor,
                                                    std::vector<Certificate> intermediates) {
  if (X509_self_signed(anchor.get(), 1) != 1) {
    ERR_clear_error();
    return absl::InvalidArgumentError("the trust anchor is not self-signed");
  }
  std::shared_ptr<X509_STORE> anchors(X509_STORE_new(), X509_STORE_free);
  if (anchors == nullptr || X509_STORE_add_cert(anchors.get(), anchor.get()) != 1) {
    return absl::ResourceExhaustedError("out of memory");
  }
  return PathValidator(std::move(anchors), std::move(intermediates));
}

absl::StatusOr<PathValidator> PathValidator::Load(const std::string& anchor_path,
                                                  const std::string& intermediates_path) {
  absl::StatusOr<std::string> anchor_pem = ReadFile(anchor_path);
  if (!anchor_pem.ok()) return anchor_pem.status();
  absl::StatusOr<std::vector<Certificate>> anchors = Certificate::ListFromPem(*anchor_pem);
  if (!anchors.ok()) return anchors.status();
  if (anchors->size() != 1) {
    return absl::InvalidArgumentError(absl::StrCat(anchor_path, " must hold one certificate"));
  }
  std::vector<Certificate> intermediates;
  if (!intermediates_path.empty()) {
    absl::StatusOr<std::string> pem = ReadFile(intermediates_path);
    if (!pem.ok()) return pem.status();
    absl::StatusOr<std::vector<Certificate>> list =
        Certificate::ListFromPem(*pem, kMaxConfiguredIntermediates);
    if (!list.ok()) return list.status();
    intermediates = *std::move(list);
  }
  return Create(anchors->front(), std::move(intermediates));
}

absl::Status PathValidator::Validate(const Certificate& leaf,
                                     std::span<const Certificate> presented, Purpose purpose,
                                     const CrlSet& crls, absl::Time at,
                                     const ValidateOptions& options) const {
  const PurposeRule& rule = kRules[static_cast<size_t>(purpose)];
  if (presented.size() > kMaxPresentedCertificates) {
    return Refuse(Refusal::kPathTooLong, "too many certificates were presented");
  }
  const StackPtr untrusted = Untrusted(presented, intermediates_);
  const StoreContextPtr context(X509_STORE_CTX_new());
  if (context == nullptr ||
      X509_STORE_CTX_init(context.get(), anchors_.get(), leaf.get(), untrusted.get()) != 1) {
    return absl::ResourceExhaustedError("out of memory");
  }
  X509_STORE_CTX_set0_crls(context.get(), crls.get());
  if (options.excuse_anchor_crl) X509_STORE_CTX_set_verify_cb(context.get(), ExcuseAnchorCrl);
  absl::Status set = SetParameters(X509_STORE_CTX_get0_param(context.get()), rule, at);
  if (!set.ok()) return set;

  const bool valid = X509_verify_cert(context.get()) == 1;
  const int error = X509_STORE_CTX_get_error(context.get());
  const int depth = X509_STORE_CTX_get_error_depth(context.get());
  ERR_clear_error();
  if (!valid) {
    return Refuse(RefusalOfError(error), absl::StrCat(X509_verify_cert_error_string(error),
                                                      " (certificate ", depth, " of the path)"));
  }
  if (X509_check_ca(leaf.get()) != 0) {
    return Refuse(Refusal::kWrongPurpose, "the certificate is a CA's");
  }
  if ((leaf.key_usage() & rule.key_usage) == 0) {
    return Refuse(Refusal::kKeyUsage, "the key usage does not allow the purpose");
  }
  return absl::OkStatus();
}

std::vector<Doubt> Examine(const Certificate& leaf, std::span<const Certificate> roots,
                           std::span<const Certificate> others, Purpose purpose, const CrlSet& crls,
                           absl::Time at) {
  const PurposeRule& rule = kRules[static_cast<size_t>(purpose)];
  Notes notes;
  std::vector<Doubt>& doubts = notes.doubts;
  const StackPtr untrusted = Untrusted(others, {});
  const StorePtr store(X509_STORE_new());
  for (const Certificate& root : roots) X509_STORE_add_cert(store.get(), root.get());
  const StoreContextPtr context(X509_STORE_CTX_new());
  if (X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), untrusted.get()) != 1) {
    return {{Refusal::kBadCertificate, 0, std::nullopt}};
  }
  X509_STORE_CTX_set0_crls(context.get(), crls.get());
  X509_STORE_CTX_set_app_data(context.get(), &notes);
  X509_STORE_CTX_set_verify_cb(context.get(), NoteDoubt);
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  if (!SetParameters(parameters, rule, at).ok()) doubts.push_back({});
  if (purpose == Purpose::kTimeStamping) {
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  }
  // What stops OpenSSL although every error was passed over is no doubt, but the end of the path.
  if (X509_verify_cert(context.get()) != 1 && doubts.empty()) doubts.push_back({});
  ERR_clear_error();
  // A root that is not among ours counts as one more CA.
  const auto is = [](Refusal refusal) {
    return [refusal](const Doubt& doubt) { return doubt.refusal == refusal; };
  };
  if (std::any_of(doubts.begin(), doubts.end(), is(Refusal::kUntrustedRoot))) {
    std::erase_if(doubts, is(Refusal::kPathTooLong));
  }
  if (X509_check_ca(leaf.get()) != 0 && X509_self_signed(leaf.get(), 0) != 1) {
    doubts.push_back({Refusal::kWrongPurpose, 0, std::nullopt});
  }
  if ((leaf.key_usage() & rule.key_usage) == 0) {
    doubts.push_back({Refusal::kKeyUsage, 0, std::nullopt});
  }
  return doubts;
}

}  // namespace tsunagu::hpki
