#include "services/prescription/findings.h"

#include "services/prescription/record/decimal.h"

namespace tsunagu::prescription {

void AddFindings(const national::Findings& findings,
                 google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list) {
  for (const national::Finding& finding : findings) {
    auto& added = *list->Add();
    added.set_rule(finding.rule);
    added.set_severity(finding.severity == national::Severity::kError
                           ? tsunagu::common::v1::SEVERITY_ERROR
                           : tsunagu::common::v1::SEVERITY_WARNING);
    added.set_record(finding.record);
    added.set_field(finding.field);
    added.set_text_ja(finding.text_ja);
    added.set_text_en(finding.text_en);
  }
}

void AddDrugs(const std::vector<record::Rp>& rps,
              google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>* list) {
  for (const record::Rp& rp : rps) {
    for (const record::Drug& drug : rp.drugs) {
      auto& added = *list->Add();
      added.set_code_kind(static_cast<int>(drug.code_kind));
      added.set_code(drug.code);
      added.set_name(drug.name);
      added.set_amount(record::FormatDecimal(drug.dose));
      added.set_unit(drug.unit);
      added.set_form(rp.form);
      added.set_quantity(rp.amount);
      added.set_usage(rp.usage.text.empty() ? rp.usage.code : rp.usage.text);
    }
  }
}

}  // namespace tsunagu::prescription
