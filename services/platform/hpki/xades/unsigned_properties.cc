#include "services/platform/hpki/xades/unsigned_properties.h"

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/timestamp/token.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/signer_key.h"
#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

void ReadTimeStamp(const xmlNode* holder, absl::string_view path, Signature* signature,
                   national::Findings* findings) {
  const std::string where = absl::StrCat(path, "/SignatureTimeStamp");
  std::optional<std::string> der =
      Base64Of(OnlyChild(holder, kXadesNamespace, "EncapsulatedTimeStamp"));
  // Only the default canonicalisation is in use; naming another would change the imprint.
  if (!der || CountChildren(holder, "CanonicalizationMethod") != 0) {
    Report(kRuleTimeStamp, where, findings);
    return;
  }
  const absl::StatusOr<timestamp::Token> token = timestamp::ReadToken(*der);
  if (!token.ok()) {
    Report(kRuleTimeStamp, where, findings);
    return;
  }
  TimeStamp stamp;
  stamp.token = *std::move(der);
  stamp.gen_time = token->gen_time;
  stamp.authority_certificate = token->authority_certificate;
  stamp.imprint_matches = timestamp::IsImprintOf(*token, signature->imprinted);
  if (!stamp.imprint_matches) Report(kRuleImprint, where, findings);
  signature->time_stamp = std::move(stamp);
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

}  // namespace

void ReadUnsignedProperties(const xmlNode* qualifying, absl::string_view path, Signature* signature,
                            national::Findings* findings) {
  const xmlNode* properties = OnlyChild(qualifying, kXadesNamespace, "UnsignedProperties");
  const xmlNode* list = OnlyChild(properties, kXadesNamespace, "UnsignedSignatureProperties");
  if (CountChildren(list, "SignatureTimeStamp") > 0) {
    ReadTimeStamp(OnlyChild(list, kXadesNamespace, "SignatureTimeStamp"), path, signature,
                  findings);
  }
  ReadCertificates(OnlyChild(list, kXadesNamespace, "CertificateValues"), path, signature,
                   findings);
  ReadRevocationLists(OnlyChild(list, kXadesNamespace, "RevocationValues"), path, signature,
                      findings);
  if (!signature->time_stamp) return;
  signature->level = Level::kEsT;
  if (CountChildren(list, "CertificateValues") == 0) return;
  if (CountChildren(list, "RevocationValues") == 0) return;
  signature->level = Level::kEsXl;
  if (CountChildren(list, "ArchiveTimeStamp") > 0) signature->level = Level::kEsA;
}

}  // namespace tsunagu::xades
