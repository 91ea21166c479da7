#include "services/prescription/signer_name.h"

#include <string>

#include "services/prescription/insured.h"
#include "services/prescription/submission_rules.h"

namespace tsunagu::prescription {

v1::Signer DescribeSigner(const absl::StatusOr<hpki::Certificate>& certificate,
                          absl::string_view stated_name, absl::string_view field,
                          national::Findings& findings) {
  v1::Signer signer;
  signer.set_stated_name(std::string(stated_name));
  if (!certificate.ok()) return signer;
  const hpki::SubjectName& name = certificate->subject();
  const bool japanese = !name.japanese_name.empty();
  signer.set_certificate_name(japanese ? name.japanese_name : name.common_name);
  signer.set_names_differ(japanese && !stated_name.empty() &&
                          NameKey(stated_name) != NameKey(name.japanese_name));
  if (signer.names_differ()) {
    Report(kRuleSignerName, field, findings);
  }
  return signer;
}

}  // namespace tsunagu::prescription
