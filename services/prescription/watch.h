// Who may follow a prescription, and what is told of it. Pure.
#ifndef SERVICES_PRESCRIPTION_WATCH_H_
#define SERVICES_PRESCRIPTION_WATCH_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/prescription/prescription.h"
#include "tsunagu/prescription/v1/watch.pb.h"

namespace tsunagu::prescription {

// Prescriptions that one stream follows (RX-471).
inline constexpr int kMaxWatched = 100;

// Whether the facility issued it, holds it or has dispensed of it (RX-036).
bool IsInvolved(const State& state, absl::string_view facility);

// Whether it is told who holds it, and of everybody's results: the issuer and the holder are. Who
// has dispensed an earlier use or part is told of its own results only (RX-006).
bool SeesOthers(const State& state, absl::string_view facility);

// 1 to kMaxWatched ids, each once and each one of ours.
absl::Status CheckWatch(const v1::WatchRequest& request);

// RX-050: that none of them is the caller's, each named.
absl::Status NothingToWatch(const v1::WatchRequest& request);

// What is told at the start of a prescription that is not the facility's: the same whether there is
// such a prescription or not (RX-473).
v1::WatchResponse NotYours(absl::string_view prescription_id);

// Whether `now` tells something that `told` did not. A version by itself is nothing: a command that
// is repeated makes one (RX-471).
bool IsNews(const v1::WatchResponse& told, const v1::WatchResponse& now);

// What the facility is told of the state; `gone` when it is not involved any more (RX-473).
v1::WatchResponse WatchResponseOf(const State& state, uint64_t version, absl::string_view facility,
                                  absl::CivilDay today);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_WATCH_H_
