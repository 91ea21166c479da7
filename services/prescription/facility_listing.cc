#include "services/prescription/facility_listing.h"

#include <algorithm>

namespace tsunagu::prescription {
namespace {

using Result = v1::Prescription::Result;

bool IsOf(const Result& result, const std::string& pharmacy, const std::string& day) {
  return result.pharmacy() == pharmacy && result.dispensed_on() == day;
}

void Add(const Result& result, int use, v1::FacilityPrescription& one) {
  auto& listed = *one.add_results();
  listed.set_result_id(result.id());
  listed.set_use(use);
  listed.set_pharmacy(result.pharmacy());
  listed.set_dispensed_on(result.dispensed_on());
}

}  // namespace

bool IsIssued(const State& state, const std::string& facility, const std::string& day) {
  return state.issuer() == facility && state.issued_on() == day;
}

bool IsDispensed(const State& state, const std::string& pharmacy, const std::string& day) {
  return std::ranges::any_of(state.results(),
                             [&](const Result& result) { return IsOf(result, pharmacy, day); });
}

v1::FacilityPrescription Describe(const State& state, v1::Status status) {
  v1::FacilityPrescription one;
  one.set_prescription_id(state.id());
  one.set_status(status);
  one.set_issue_type(state.issue_type());
  one.set_issuer(state.issuer());
  one.set_issued_on(state.issued_on());
  one.set_use_by(state.use_by());
  one.set_holder(state.holder());
  *one.mutable_changed_at() = state.changed_at();
  if (state.has_course()) *one.mutable_course() = state.course();
  return one;
}

void AddResults(const State& state, v1::FacilityPrescription& one) {
  for (int i = 0; i < state.results_size(); ++i) Add(state.results(i), i + 1, one);
}

void AddResultsOf(const State& state, const std::string& pharmacy, const std::string& day,
                  v1::FacilityPrescription& one) {
  for (int i = 0; i < state.results_size(); ++i) {
    if (IsOf(state.results(i), pharmacy, day)) Add(state.results(i), i + 1, one);
  }
}

}  // namespace tsunagu::prescription
