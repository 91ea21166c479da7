// The rules on one drug and on the drug master (RX-133, RX-150, RX-154, RX-158 to RX-161, RX-180 to
// RX-184, RX-200 to RX-202, RX-570, RX-571, RX-574, RX-575). Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_RECORD_CHECK_DRUG_H_
#define SERVICES_PRESCRIPTION_RECORD_CHECK_DRUG_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/records.h"
#include "services/prescription/record/rules.h"

namespace tsunagu::prescription::record {

// What a drug needs to know of the file around it.
struct DrugContext {
  Format format = Format::kSj1;
  std::optional<absl::CivilDay> day;         // of issue or dispensing
  const DrugCatalogue* catalogue = nullptr;  // may be null
  bool refill = false;
  bool has_narcotic_record = false;
  bool daily = false;        // its dose is that of a day
  std::optional<int> times;  // a day, as its usage says
};

void CheckDrug(const DrugGroup& drug, const DrugContext& context, Report& report);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_CHECK_DRUG_H_
