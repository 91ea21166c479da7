#include "services/prescription/findings.h"

#include "services/platform/national/finding_proto.h"
#include "services/prescription/record/decimal.h"

namespace tsunagu::prescription {

void AddFindings(const national::Findings& findings,
                 google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list) {
  list->MergeFrom(national::ToProto(findings));
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
      added.set_usage_code(rp.usage.code);
    }
  }
}

}  // namespace tsunagu::prescription
