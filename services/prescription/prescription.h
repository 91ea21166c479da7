// One prescription from registration to dispensing: pure decisions and the state that their events
// make (docs/requirements/prescription.md, RX-001 to RX-013). All functions are thread safe.
#ifndef SERVICES_PRESCRIPTION_PRESCRIPTION_H_
#define SERVICES_PRESCRIPTION_PRESCRIPTION_H_

#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/timestamp.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {

// The aggregate. An empty id means that it does not exist.
using State = v1::Prescription;
using Event = v1::Event;

// Who decides when.
struct Context {
  std::string facility;  // institution code of the caller, 10 digits
  absl::CivilDay day;    // today in Japan
};

// The event is complete but for the issuer, which is the caller.
struct Register {
  Event::Registered event;
};
// Another document in the place of the registered one: as in Register, without id and access code.
struct Change {
  Event::Registered content;
};
struct Cancel {};
// A cancellation that came before what it cancels. It holds for kCancelWaits days.
struct CancelUnregistered {};
struct UndoCancel {};
struct UndoChange {};
struct Accept {};
struct Release {};
struct Collect {};
struct UndoCollect {};
struct Dispense {
  Event::Dispensed event;
};
// `event` as in Dispense; the use that it is of is the newest.
struct ChangeResult {
  Event::Dispensed event;
};
struct CancelResult {
  std::string result_id;  // the newest, or it is refused; empty: whichever that is
};
using Command =
    std::variant<Register, Change, Cancel, CancelUnregistered, UndoCancel, UndoChange, Accept,
                 Release, Collect, UndoCollect, Dispense, ChangeResult, CancelResult>;

// Days after a part of a divided dispensing for which the next one can be had (RX-544).
inline constexpr int kPartDays = 365;

// Days around the next day that the pharmacist set, on which a refill can be accepted (RX-066).
inline constexpr int kRefillDays = 7;

// Days for which a cancellation waits for its registration, today not counted (RX-071).
inline constexpr int kCancelWaits = 3;

// What the command makes of the state, or the error that says why not (errors.h).
absl::StatusOr<Event> Decide(const State& state, const Command& command, const Context& context);

// What an entry of the journal says beside its event.
struct Origin {
  std::string subject;
  google::protobuf::Timestamp decided_at;
};

// Makes the state that of after the event. False for an event that does not fit, or changes
// nothing: then the state stays as it is. Total.
bool Absorb(const Event& event, const Origin& origin, State& state);

// The state after the event.
State Evolve(State state, const Event& event, const Origin& origin);

// The status on that day: REGISTERED becomes EXPIRED when the last day of acceptance is over
// (RX-010, RX-066).
v1::Status StatusOn(const State& state, absl::CivilDay today);

// The number of the use or part that is dispensed next, or last was; from 1.
int NextUse(const State& state);

// Whether there is a result and nobody holds the prescription since: it may be changed or cancelled
// (RX-070).
bool HasFreshResult(const State& state);

// The last day on which a pharmacy may accept it, YYYYMMDD.
const std::string& OpenUntil(const State& state);

// What other pharmacies than its holder are told of it (RX-006).
absl::Status HeldByAnother(const State& state);

// Whether `day` (YYYYMMDD) lies before `today`; a day that cannot be read is over.
bool IsOver(absl::string_view day, absl::CivilDay today);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_PRESCRIPTION_H_
