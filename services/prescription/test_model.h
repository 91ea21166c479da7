// For tests: the deeds of the model as commands of prescription.h, and what of a prescription both
// tell, as text.
#ifndef SERVICES_PRESCRIPTION_TEST_MODEL_H_
#define SERVICES_PRESCRIPTION_TEST_MODEL_H_

#include <string>

#include "absl/time/civil_time.h"
#include "services/prescription/model.h"
#include "services/prescription/prescription.h"

namespace tsunagu::prescription::model {

inline constexpr char kFirstId[] = "12ab0000-0000-8000-8000-000000000001";

// What is registered has kFirstId; a result has the id "result".
Command ToCommand(const Deed& deed, const Terms& terms);

std::string Seen(const State& state, absl::CivilDay day);
std::string Seen(const Model& model, absl::CivilDay day);

}  // namespace tsunagu::prescription::model

#endif  // SERVICES_PRESCRIPTION_TEST_MODEL_H_
