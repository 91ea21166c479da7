#include "services/prescription/record/parts.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription::record {

std::string Facility::FullCode() const {
  return absl::StrCat(prefecture, std::max(fee_table, 1), code);
}

std::optional<absl::CivilDay> Patient::BirthDay() const { return national::ParseDay(birth); }

national::InsuredIdentity Insurance::Subject() const {
  if (!identity.insurer.empty() || !payers[0].has_value()) return identity;
  return {payers[0]->payer, "", payers[0]->beneficiary, ""};
}

}  // namespace tsunagu::prescription::record
