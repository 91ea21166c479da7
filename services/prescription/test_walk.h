// For tests: random walks through a prescription's life, whoever makes the choices and whoever is
// asked.
#ifndef SERVICES_PRESCRIPTION_TEST_WALK_H_
#define SERVICES_PRESCRIPTION_TEST_WALK_H_

#include <functional>
#include <span>
#include <string>

#include "absl/time/civil_time.h"
#include "services/prescription/model.h"

namespace tsunagu::prescription {

// One of 0 to n - 1.
using Choose = std::function<int(int n)>;

// A record file (SJ1) on those terms, issued on that day; `days` of its first drug, 1 to 999, make
// it another document.
std::string PrescriptionTextOf(const model::Terms& terms, int days, absl::CivilDay day);

// The record file (CJ1) of kDispense or kChangeResult.
std::string ResultTextOf(const model::Deed& deed, const model::Terms& terms);

model::Terms ChooseTerms(const Choose& choose, absl::CivilDay today);

// Anything that a clinic or one of the pharmacies may try today; a result is of the use that is
// due.
model::Deed ChooseDeed(const Choose& choose, const model::Terms& terms, const model::Model& model,
                       const std::string& clinic, std::span<const std::string> pharmacies,
                       absl::CivilDay today);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_TEST_WALK_H_
