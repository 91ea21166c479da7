// Names of drugs that a record tells by their code alone.
#ifndef SERVICES_PRESCRIPTION_DRUG_NAMES_H_
#define SERVICES_PRESCRIPTION_DRUG_NAMES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/parts.h"

namespace tsunagu::prescription {

// RX-580: gives drugs without a name that of their receipt code on that day, with `mark` behind it.
// A null catalogue names none.
void NameDrugs(const record::DrugCatalogue* catalogue, absl::CivilDay day, absl::string_view mark,
               std::vector<record::Rp>& rps);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_DRUG_NAMES_H_
