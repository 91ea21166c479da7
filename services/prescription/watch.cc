#include "services/prescription/watch.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/requests.h"

namespace tsunagu::prescription {

bool IsInvolved(const State& state, absl::string_view facility) {
  return facility == state.issuer() || facility == state.holder() ||
         std::any_of(state.results().begin(), state.results().end(),
                     [&](const auto& result) { return result.pharmacy() == facility; });
}

bool SeesOthers(const State& state, absl::string_view facility) {
  return facility == state.issuer() || facility == state.holder();
}

absl::Status CheckWatch(const v1::WatchRequest& request) {
  const int count = request.prescriptions_size();
  if (count < 1 || count > kMaxWatched) {
    return BadField("prescriptions", absl::StrCat("1 to ", kMaxWatched), "RX-471");
  }
  std::set<std::string> ids;
  for (const auto& watched : request.prescriptions()) {
    RETURN_IF_ERROR(CheckId(watched.prescription_id()));
    if (!ids.insert(watched.prescription_id()).second) {
      return BadField("prescriptions", "each once", "RX-471");
    }
  }
  return absl::OkStatus();
}

absl::Status NothingToWatch(const v1::WatchRequest& request) {
  std::vector<WrongField> named;
  for (int i = 0; i < request.prescriptions_size(); ++i) {
    named.push_back({absl::StrCat("prescriptions[", i, "].prescription_id"),
                     "no such prescription for this caller"});
  }
  return PrescriptionNotFound(named);
}

v1::WatchResponse NotYours(absl::string_view prescription_id) {
  v1::WatchResponse response;
  response.set_prescription_id(std::string(prescription_id));
  response.set_gone(true);
  return response;
}

bool IsNews(const v1::WatchResponse& told, const v1::WatchResponse& now) {
  v1::WatchResponse same = now;
  same.set_version(told.version());
  return same.SerializeAsString() != told.SerializeAsString();
}

v1::WatchResponse WatchResponseOf(const State& state, uint64_t version, absl::string_view facility,
                                  absl::CivilDay today) {
  v1::WatchResponse response;
  response.set_prescription_id(state.id());
  response.set_version(version);
  if (!IsInvolved(state, facility)) {
    response.set_gone(true);
    return response;
  }
  response.set_status(StatusOn(state, today));
  *response.mutable_changed_at() = state.changed_at();
  if (SeesOthers(state, facility)) response.set_holder(state.holder());
  response.set_uses(state.results_size());
  if (state.has_course()) *response.mutable_course() = state.course();
  response.set_accept_from(state.open_from());
  response.set_accept_until(OpenUntil(state));
  return response;
}

}  // namespace tsunagu::prescription
