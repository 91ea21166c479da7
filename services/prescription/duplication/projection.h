// What a person takes, as the folds keep it. Pure.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_PROJECTION_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_PROJECTION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tsunagu/prescription/v1/events.pb.h"
#include "tsunagu/prescription/v1/given.pb.h"
#include "tsunagu/prescription/v1/taking.pb.h"

namespace tsunagu::prescription::duplication {

// How long what was begun is kept, and so how far a check can look back (RX-423).
inline constexpr int kKeptDays = 180;

// The name of the state, in both sections.
std::string TakingName(absl::string_view subject);

// Puts the prescription in its place as it is now (RX-414): its dispensings, or, until there is
// one, what is prescribed; nothing of one that was cancelled. Leaves out what began more than
// kKeptDays before `decided`, the day of the change. The same changes in the same order give the
// same state.
void PutPrescription(const v1::Prescription& prescription, absl::CivilDay decided,
                     v1::Taking& taking);

// The same for drugs that were given without a registered prescription.
void PutGiven(const v1::Given& given, absl::CivilDay decided, v1::Taking& taking);

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_PROJECTION_H_
