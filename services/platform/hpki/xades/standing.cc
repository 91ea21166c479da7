#include "services/platform/hpki/xades/standing.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/crl_store.h"
#include "services/platform/hpki/path.h"
#include "services/platform/hpki/timestamp/verifier.h"
#include "services/platform/hpki/xades/standing_rules.h"

namespace tsunagu::xades {
namespace {

using hpki::Certificate;
using hpki::Doubt;
using hpki::Refusal;

// MHLW HPKI Root CA V2, SHA-256, as genuine documents carry it.
constexpr absl::string_view kMinistryRoot =
    "6ed2796b1b101736d952185787cb36da9ce80522cc8cb7b5ce728b61be1b674c";
constexpr absl::string_view kTestCardPolicy = "1.2.392.100495.1.5.1.1.0.1";
// Clocks of clinics are not those of authorities.
constexpr absl::Duration kClockTolerance = absl::Minutes(5);

// A document's evidence together with what is known here.
struct Evidence {
  std::vector<Certificate> roots;
  std::vector<Certificate> others;
  hpki::CrlSet lists;
};

void ReportReason(const Rule& rule, absl::string_view where, absl::string_view reason,
                  national::Findings* findings) {
  Report(rule, where, findings);
  absl::StrAppend(&findings->back().text_ja, " (", reason, ")");
  absl::StrAppend(&findings->back().text_en, " (", reason, ")");
}

// Lists without an end of their validity are not taken, as everywhere (PKI-009).
hpki::CrlSet ListsOf(const std::vector<std::string>& first, const std::vector<std::string>& more) {
  std::vector<std::string> good;
  for (const auto* ders : {&first, &more}) {
    for (const std::string& der : *ders) {
      if (hpki::CrlSet::FromDer({&der, 1}).ok()) good.push_back(der);
    }
  }
  return hpki::CrlSet::FromDer(good).value_or(hpki::CrlSet());
}

Evidence Gather(const Signature& signature, const Anchors& anchors) {
  Evidence evidence;
  evidence.roots = anchors.roots;
  evidence.others = anchors.intermediates;
  for (const std::string& der : signature.certificates) {
    const auto certificate = Certificate::FromDer(der);
    if (!certificate.ok()) continue;  // a path that needs it leads nowhere
    const bool is_known = certificate->fingerprint() == kMinistryRoot;
    (is_known ? evidence.roots : evidence.others).push_back(*certificate);
  }
  evidence.lists = ListsOf(signature.revocation_lists, anchors.revocation_lists);
  return evidence;
}

bool Has(const std::vector<Doubt>& doubts, Refusal refusal) {
  return std::ranges::any_of(doubts, [&](const Doubt& d) { return d.refusal == refusal; });
}

bool IsAboutLists(Refusal refusal) {
  return refusal == Refusal::kCrlMissing || refusal == Refusal::kCrlExpired ||
         refusal == Refusal::kCrlNotYetValid || refusal == Refusal::kCrlInvalid;
}

bool IsAboutTime(Refusal refusal) {
  return refusal == Refusal::kCertificateExpired || refusal == Refusal::kCertificateNotYetValid;
}

bool WasRevoked(const Doubt& doubt, absl::Time at) {
  return doubt.refusal == Refusal::kCertificateRevoked && doubt.revoked_at.value_or(at) <= at;
}

// The certificate that made the token: the one inside or, of a token without, one of the document.
std::string MakerOf(const TimeStamp& stamp, const Signature& signature) {
  std::vector<std::string> all = signature.certificates;
  all.insert(all.end(), stamp.certificates.begin(), stamp.certificates.end());
  std::vector<std::string> candidates = signature.certificates;
  if (!stamp.authority_certificate.empty()) candidates = {stamp.authority_certificate};
  const std::vector<std::string> none;
  for (const std::string& der : candidates) {
    for (const std::vector<std::string>& others : {none, all}) {
      const auto verifier = timestamp::Verifier::Pin(der, others);
      if (verifier.ok() && verifier->Verify(stamp.token, stamp.imprinted).ok()) return der;
    }
  }
  return "";
}

// What may stand between an authority and who is believed.
std::vector<Certificate> Between(const TimeStamp& stamp, const Evidence& evidence) {
  std::vector<Certificate> between = evidence.others;
  for (const std::string& der : stamp.certificates) {
    if (auto certificate = Certificate::FromDer(der); certificate.ok()) {
      between.push_back(*std::move(certificate));
    }
  }
  return between;
}

// Whether the time-stamp is sound: its authority signed it and was entitled to. That the authority
// is unknown is a warning only. `covered_until`: when the next time-stamp was made over this one,
// or now.
bool CheckTimeStamp(const TimeStamp& stamp, const Signature& signature, const Evidence& evidence,
                    const Anchors& anchors, absl::Time covered_until, absl::string_view where,
                    national::Findings* findings) {
  if (!stamp.imprint_matches) return false;  // reported
  const auto maker = Certificate::FromDer(MakerOf(stamp, signature));
  if (!maker.ok()) return Report(kRuleForgedTimeStamp, where, findings);
  const std::vector<Doubt> doubts =
      hpki::Examine(*maker, anchors.authorities, Between(stamp, evidence),
                    hpki::Purpose::kTimeStamping, evidence.lists, stamp.gen_time);
  bool sound = true;
  for (const Doubt& doubt : doubts) {
    if (!IsAboutTime(doubt.refusal) && !WasRevoked(doubt, stamp.gen_time)) continue;
    ReportReason(kRuleBadAuthority, where, hpki::ReasonOf(doubt.refusal), findings);
    sound = false;
  }
  if (Has(doubts, Refusal::kUntrustedRoot)) {
    Report(kRuleUnknownAuthority, where, findings);
  } else if (signature.level >= Level::kEsXl &&
             std::ranges::any_of(doubts, [](const Doubt& d) { return IsAboutLists(d.refusal); })) {
    Report(kRuleNoList, where, findings);
  }
  if (maker->not_after() < covered_until) Report(kRuleAuthorityEnded, where, findings);
  return sound;
}

// All time-stamps; the time by which the signer's certificate is judged.
absl::Time CheckTimeStamps(const Signature& signature, const Evidence& evidence,
                           const Anchors& anchors, absl::string_view path, absl::Time now,
                           national::Findings* findings) {
  const std::vector<TimeStamp>& archive = signature.archive_time_stamps;
  const auto until = [&](size_t next) {
    return next < archive.size() ? archive[next].gen_time : now;
  };
  absl::Time judged_at = now;
  if (signature.time_stamp) {
    const TimeStamp& stamp = *signature.time_stamp;
    const std::string where = absl::StrCat(path, "/SignatureTimeStamp");
    if (CheckTimeStamp(stamp, signature, evidence, anchors, until(0), where, findings)) {
      judged_at = stamp.gen_time;
    }
    if (signature.signing_time.value_or(stamp.gen_time) > stamp.gen_time + kClockTolerance) {
      Report(kRuleSignedAfter, where, findings);
    }
  }
  for (size_t i = 0; i < archive.size(); ++i) {
    CheckTimeStamp(archive[i], signature, evidence, anchors, until(i + 1),
                   absl::StrCat(path, "/ArchiveTimeStamp[", i + 1, "]"), findings);
  }
  return judged_at;
}

bool AssertsPolicy(const Certificate& certificate, absl::string_view policy) {
  return std::ranges::count(certificate.policies(), policy) > 0;
}

// One finding per rule and reason, whichever certificates of the path it is about.
void ReportDoubts(const std::vector<Doubt>& doubts, const Certificate& signer, absl::Time at,
                  absl::string_view where, national::Findings* findings) {
  const bool is_known = !Has(doubts, Refusal::kUntrustedRoot);
  bool no_list = false, revoked_since = false;
  for (const Doubt& doubt : doubts) {
    const absl::string_view reason = hpki::ReasonOf(doubt.refusal);
    if (IsAboutLists(doubt.refusal)) {
      no_list = true;
    } else if (IsAboutTime(doubt.refusal)) {
      ReportReason(kRuleNotValidThen, where, reason, findings);
    } else if (WasRevoked(doubt, at)) {
      Report(kRuleRevokedThen, where, findings);
    } else if (doubt.refusal == Refusal::kCertificateRevoked) {
      revoked_since = true;
    } else if (doubt.refusal == Refusal::kPolicyMissing) {
      const bool is_right = AssertsPolicy(signer, hpki::kSigningPolicy);
      if (AssertsPolicy(signer, kTestCardPolicy)) {
        Report(kRuleTestCard, where, findings);
      } else if (is_known || !is_right) {
        // Without its CAs a certificate's own policy counts for what it says.
        Report(kRuleOtherPolicy, where, findings);
      }
    } else if (doubt.refusal != Refusal::kUntrustedRoot) {
      ReportReason(kRuleBadPath, where, reason, findings);
    }
  }
  if (!is_known) Report(kRuleUnknownRoot, where, findings);
  if (no_list) Report(kRuleNoList, where, findings);
  if (revoked_since) Report(kRuleRevokedSince, where, findings);
}

void CheckLicence(const Certificate& signer, std::span<const hpki::Role> wanted,
                  absl::string_view where, national::Findings* findings) {
  const auto roles = signer.Roles();
  const bool fits = roles.ok() && std::ranges::find_first_of(*roles, wanted) != roles->end();
  if (!fits) Report(kRuleNoLicence, where, findings);
}

// What is known today and was not then. A list of today may also tell that it was revoked already
// then.
void CheckToday(const Certificate& signer, const Evidence& evidence, const Anchors& anchors,
                absl::Time judged_at, absl::Time now, absl::string_view where,
                national::Findings* findings) {
  if (signer.not_after() < now && judged_at <= signer.not_after()) {
    Report(kRuleEndedSince, where, findings);
  }
  const auto told = [findings](const Rule& rule) {
    return std::ranges::any_of(
        *findings, [&rule](const national::Finding& finding) { return finding.rule == rule.id; });
  };
  for (const Doubt& doubt :
       hpki::Examine(signer, evidence.roots, evidence.others, hpki::Purpose::kSigning,
                     ListsOf(anchors.revocation_lists, {}), now)) {
    if (doubt.refusal != Refusal::kCertificateRevoked) continue;
    const Rule& rule = WasRevoked(doubt, judged_at) ? kRuleRevokedThen : kRuleRevokedSince;
    if (!told(rule)) Report(rule, where, findings);
  }
}

}  // namespace

Standing Assess(const Signature& signature, absl::string_view path,
                std::span<const hpki::Role> wanted, const Anchors& anchors, absl::Time now) {
  Standing standing;
  standing.judged_at = now;
  if (signature.signer_certificate.empty()) return standing;  // SIG-016 tells
  const std::string where = absl::StrCat(path, "/KeyInfo");
  auto signer = Certificate::FromDer(signature.signer_certificate);
  if (!signer.ok()) {
    ReportReason(kRuleBadPath, where, "BAD_CERTIFICATE", &standing.findings);
    return standing;
  }
  const Evidence evidence = Gather(signature, anchors);
  standing.judged_at = CheckTimeStamps(signature, evidence, anchors, path, now, &standing.findings);
  const std::vector<Doubt> doubts =
      hpki::Examine(*signer, evidence.roots, evidence.others, hpki::Purpose::kSigning,
                    evidence.lists, standing.judged_at);
  ReportDoubts(doubts, *signer, standing.judged_at, where, &standing.findings);
  CheckToday(*signer, evidence, anchors, standing.judged_at, now, where, &standing.findings);
  CheckLicence(*signer, wanted, where, &standing.findings);
  standing.signer = *std::move(signer);
  return standing;
}

}  // namespace tsunagu::xades
