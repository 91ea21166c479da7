// What a facility's lists tell of one prescription. Pure; thread safe.
#ifndef SERVICES_PRESCRIPTION_FACILITY_LISTING_H_
#define SERVICES_PRESCRIPTION_FACILITY_LISTING_H_

#include <string>

#include "services/prescription/prescription.h"
#include "tsunagu/prescription/v1/facility.pb.h"

namespace tsunagu::prescription {

// Whether it stands in the lists of that facility and day (YYYYMMDD), of issue or of dispensing.
bool IsIssued(const State& state, const std::string& facility, const std::string& day);
bool IsDispensed(const State& state, const std::string& pharmacy, const std::string& day);

// Without results. `status`: of today.
v1::FacilityPrescription Describe(const State& state, v1::Status status);

// Everybody's results.
void AddResults(const State& state, v1::FacilityPrescription& one);
// Those of that pharmacy and day: a prescription that was dispensed on several days stands under
// each, and each result under its own (RX-491).
void AddResultsOf(const State& state, const std::string& pharmacy, const std::string& day,
                  v1::FacilityPrescription& one);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_FACILITY_LISTING_H_
