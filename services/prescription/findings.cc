#include "services/prescription/findings.h"

#include "services/platform/national/finding_proto.h"
#include "services/prescription/record/decimal.h"

namespace tsunagu::prescription {

void AddFindings(const national::Findings& findings,
                 google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list) {
  list->MergeFrom(national::ToProto(findings));
}

namespace {

// `dispensed`: of what is dispensed in parts, only this part.
void Add(const std::vector<record::Rp>& rps, bool dispensed,
         google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>* list) {
  for (const record::Rp& rp : rps) {
    const bool in_part = dispensed && rp.split_amount.has_value();
    for (const record::Drug& drug : rp.drugs) {
      auto& added = *list->Add();
      added.set_code_kind(static_cast<int>(drug.code_kind));
      added.set_code(drug.code);
      added.set_name(drug.name);
      added.set_amount(record::FormatDecimal(drug.dose));
      added.set_unit(drug.unit);
      added.set_form(rp.form);
      added.set_quantity(in_part ? rp.split_amount->part : rp.amount);
      added.set_usage(rp.usage.text.empty() ? rp.usage.code : rp.usage.text);
      added.set_usage_code(rp.usage.code);
    }
  }
}

}  // namespace

void AddDrugs(const std::vector<record::Rp>& rps,
              google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>* list) {
  Add(rps, false, list);
}

void AddDispensedDrugs(const std::vector<record::Rp>& rps,
                       google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>* list) {
  Add(rps, true, list);
}

}  // namespace tsunagu::prescription
