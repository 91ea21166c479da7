#include "services/prescription/together.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/platform/national/insured.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/facility_errors.h"
#include "services/prescription/requests.h"
#include "services/prescription/submission.h"

namespace tsunagu::prescription {
namespace {

constexpr char kIds[] = "prescription_ids";

std::string PathOf(size_t index) { return absl::StrCat(kIds, "[", index, "]"); }

absl::Status CheckAlike(const State& first, const State& state, size_t index) {
  const std::string path = PathOf(index);
  if (state.subject() != first.subject()) return NotTogether(path, "another person");
  if (state.issuer() != first.issuer()) return NotTogether(path, "another issuer");
  if (state.issued_on() != first.issued_on()) return NotTogether(path, "another issue day");
  if (state.issue_type() != first.issue_type()) return NotTogether(path, "another issue type");
  if (state.has_course()) return NotTogether(path, "a refill or divided");
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckDispenseTogether(const v1::DispenseTogetherRequest& request) {
  RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  const auto& ids = request.prescription_ids();
  if (ids.size() < 2 || ids.size() > kMaxTogether) return BadField(kIds, "2 to 10", "RX-500");
  for (int i = 0; i < ids.size(); ++i) {
    if (!CheckId(ids[i]).ok()) {
      return BadField(PathOf(i), "must be a UUID in lower case", "RX-049");
    }
  }
  const std::set<std::string> different(ids.begin(), ids.end());
  if (std::ssize(different) != ids.size()) return BadField(kIds, "one comes twice", "RX-500");
  if (request.document().empty()) return BadField("document", "missing", "RX-029");
  if (request.document().size() > kMaxDocumentBytes) {
    return BadField("document", "over 1 MiB", "RX-029");
  }
  return absl::OkStatus();
}

std::string ResultIdOf(const State& state, absl::string_view pharmacy,
                       absl::string_view command_id) {
  return national::MakeId(national::RoutingHash(state.subject()),
                          absl::StrCat(pharmacy, "/", command_id, "/", state.id()));
}

bool HasResult(const State& state, absl::string_view result_id) {
  return std::ranges::any_of(state.results(),
                             [&](const auto& result) { return result.id() == result_id; });
}

absl::Status CheckTogether(const std::vector<State>& states, const std::string& pharmacy,
                           const std::string& command_id) {
  for (size_t i = 0; i < states.size(); ++i) {
    const State& state = states[i];
    if (state.id().empty()) return PrescriptionNotFound();
    if (state.holder() != pharmacy) return NotHolder();
    RETURN_IF_ERROR(CheckAlike(states[0], state, i));
    if (HasResult(state, ResultIdOf(state, pharmacy, command_id))) continue;
    if (state.status() == v1::STATUS_COLLECTED) return PrescriptionCollected();
    if (state.status() != v1::STATUS_IN_DISPENSING) return ResultExists(state.id());
  }
  return absl::OkStatus();
}

std::vector<Event::Dispensed> ShareResult(const Event::Dispensed& judged,
                                          const std::vector<State>& states,
                                          const std::string& pharmacy,
                                          const std::string& command_id) {
  Event::Dispensed event = judged;
  event.set_drugs_with(states[0].id());
  for (const State& state : states) {
    v1::SharedResult& shared = *event.add_shared();
    shared.set_prescription_id(state.id());
    shared.set_result_id(ResultIdOf(state, pharmacy, command_id));
  }
  std::vector<Event::Dispensed> events(states.size(), event);
  for (size_t i = 0; i < states.size(); ++i) {
    events[i].set_result_id(event.shared(static_cast<int>(i)).result_id());
    if (i > 0) events[i].clear_drugs();
  }
  return events;
}

std::vector<v1::SharedResult> SharedWith(const State& state) {
  if (state.results().empty()) return {};
  const auto& shared = state.results(state.results_size() - 1).shared();
  return {shared.begin(), shared.end()};
}

bool IsNewest(const State& state, absl::string_view result_id) {
  return !state.results().empty() && state.results(state.results_size() - 1).id() == result_id;
}

}  // namespace tsunagu::prescription
