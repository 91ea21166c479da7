#include "services/platform/drug_master/lookup.h"

#include "services/platform/national/jst.h"

namespace tsunagu::drug_master {

std::optional<Drug> FindDrug(const DrugMaster& master, const tsunagu::common::v1::Drug& drug,
                             absl::string_view day) {
  const auto on = national::ParseDay(day);
  if (drug.code_kind() != kReceiptCode || !on.has_value()) return std::nullopt;
  return master.Find(drug.code(), *on);
}

}  // namespace tsunagu::drug_master
