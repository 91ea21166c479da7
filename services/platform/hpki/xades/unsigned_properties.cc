#include "services/platform/hpki/xades/unsigned_properties.h"

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/timestamp/token.h"
#include "services/platform/hpki/xades/archive.h"
#include "services/platform/hpki/xades/canonical.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/signer_key.h"
#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

// Every archive time-stamp means work for the whole document.
constexpr size_t kMaxArchiveTimeStamps = 16;

// The canonicalisation that a time-stamp's container names; inclusive if it names none. Nothing if
// that is not accepted, or if the container covers parts that it lists (ds:Include), which no
// document has.
std::optional<Canonicalization> CanonicalizationIn(const xmlNode* holder) {
  if (CountChildren(holder, "Include") != 0 || CountChildren(holder, "ReferenceInfo") != 0) {
    return std::nullopt;
  }
  if (CountChildren(holder, "CanonicalizationMethod") == 0) return Canonicalization::kInclusive;
  const xmlNode* method = OnlyChild(holder, kDsNamespace, "CanonicalizationMethod");
  if (!ChildElements(method).empty()) return std::nullopt;
  return CanonicalizationOf(Attribute(method, "Algorithm"));
}

// The token of a container for the bytes that `imprinted` gives for the canonicalisation. Reports
// `unreadable` or `mismatch`.
template <typename Imprinted>
std::optional<TimeStamp> ReadTimeStamp(const xmlNode* holder, Imprinted imprinted,
                                       const Rule& unreadable, const Rule& mismatch,
                                       absl::string_view where, national::Findings* findings) {
  std::optional<std::string> der =
      Base64Of(OnlyChild(holder, kXadesNamespace, "EncapsulatedTimeStamp"));
  const std::optional<Canonicalization> method = CanonicalizationIn(holder);
  std::optional<std::string> bytes = method ? imprinted(*method) : std::nullopt;
  const absl::StatusOr<timestamp::Token> token = timestamp::ReadToken(der.value_or(""));
  if (!bytes || !token.ok()) {
    Report(unreadable, where, findings);
    return std::nullopt;
  }
  TimeStamp stamp;
  stamp.token = *std::move(der);
  stamp.gen_time = token->gen_time;
  stamp.authority_certificate = token->authority_certificate;
  stamp.certificates = token->certificates;
  stamp.imprinted = *std::move(bytes);
  stamp.imprint_matches = timestamp::IsImprintOf(*token, stamp.imprinted);
  if (!stamp.imprint_matches) Report(mismatch, where, findings);
  return stamp;
}

void ReadSignatureTimeStamp(const xmlNode* element, const xmlNode* list, absl::string_view path,
                            Signature* signature, national::Findings* findings) {
  if (CountChildren(list, "SignatureTimeStamp") == 0) return;
  const xmlNode* value = OnlyChild(element, kDsNamespace, "SignatureValue");
  signature->time_stamp = ReadTimeStamp(
      OnlyChild(list, kXadesNamespace, "SignatureTimeStamp"),
      [value](Canonicalization method) { return Canonicalize(value, method); }, kRuleTimeStamp,
      kRuleImprint, absl::StrCat(path, "/SignatureTimeStamp"), findings);
}

bool IsArchiveTimeStamp(const xmlNode* property) {
  return Is(property, kXades141Namespace, "ArchiveTimeStamp") ||
         Is(property, kXadesNamespace, "ArchiveTimeStamp");
}

void ReadArchiveTimeStamps(const xmlNode* element, const xmlNode* list, const Targets& targets,
                           absl::string_view path, Signature* signature,
                           national::Findings* findings) {
  absl::Time before =
      signature->time_stamp ? signature->time_stamp->gen_time : absl::InfinitePast();
  for (const xmlNode* property : ChildElements(list)) {
    if (!IsArchiveTimeStamp(property)) continue;
    const size_t number = signature->archive_time_stamps.size() + 1;
    const std::string where = absl::StrCat(path, "/ArchiveTimeStamp[", number, "]");
    std::optional<TimeStamp> stamp;
    if (number <= kMaxArchiveTimeStamps) {
      stamp = ReadTimeStamp(
          property,
          [&](Canonicalization method) {
            return ArchivedBytes(element, targets, property, method);
          },
          kRuleArchiveTimeStamp, kRuleArchiveImprint, where, findings);
    } else {
      Report(kRuleArchiveTimeStamp, where, findings);
    }
    if (!stamp) return;
    if (stamp->gen_time < before) Report(kRuleTimeStampOrder, where, findings);
    before = stamp->gen_time;
    signature->archive_time_stamps.push_back(*std::move(stamp));
  }
}

void ReadCertificates(const xmlNode* values, absl::string_view path, Signature* signature,
                      national::Findings* findings) {
  for (const xmlNode* child : ChildElements(values)) {
    if (!Is(child, kXadesNamespace, "EncapsulatedX509Certificate")) continue;
    std::optional<std::string> der = Base64Of(child);
    if (!der || PublicKeyOf(*der) == nullptr) {
      Report(kRuleEvidence, absl::StrCat(path, "/CertificateValues"), findings);
      continue;
    }
    signature->certificates.push_back(*std::move(der));
  }
}

void ReadRevocationLists(const xmlNode* values, absl::string_view path, Signature* signature,
                         national::Findings* findings) {
  for (const xmlNode* child : ChildElements(OnlyChild(values, kXadesNamespace, "CRLValues"))) {
    std::optional<std::string> der = Base64Of(child);
    if (!der || hpki::ReadCrl(*der) == nullptr) {
      Report(kRuleEvidence, absl::StrCat(path, "/RevocationValues"), findings);
      continue;
    }
    signature->revocation_lists.push_back(*std::move(der));
  }
}

// CertificateValues and RevocationValues of `holder`.
void ReadEvidence(const xmlNode* holder, absl::string_view path, Signature* signature,
                  national::Findings* findings) {
  ReadCertificates(OnlyChild(holder, kXadesNamespace, "CertificateValues"), path, signature,
                   findings);
  ReadRevocationLists(OnlyChild(holder, kXadesNamespace, "RevocationValues"), path, signature,
                      findings);
}

Level LevelOf(const xmlNode* list, const Signature& signature) {
  if (!signature.time_stamp) return Level::kEs;
  if (CountChildren(list, "CertificateValues") == 0) return Level::kEsT;
  if (CountChildren(list, "RevocationValues") == 0) return Level::kEsT;
  return CountChildren(list, "ArchiveTimeStamp") > 0 ? Level::kEsA : Level::kEsXl;
}

}  // namespace

void ReadUnsignedProperties(const xmlNode* element, const Targets& targets, absl::string_view path,
                            Signature* signature, national::Findings* findings) {
  const xmlNode* list = UnsignedSignatureProperties(element);
  ReadSignatureTimeStamp(element, list, path, signature, findings);
  ReadEvidence(list, path, signature, findings);
  for (const xmlNode* property : ChildElements(list)) {
    if (!Is(property, kXades141Namespace, "TimeStampValidationData")) continue;
    ReadEvidence(property, absl::StrCat(path, "/TimeStampValidationData"), signature, findings);
  }
  ReadArchiveTimeStamps(element, list, targets, path, signature, findings);
  signature->level = LevelOf(list, *signature);
}

}  // namespace tsunagu::xades
