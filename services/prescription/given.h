// Drugs that were given without a prescription that is registered here: pure decisions and the
// state that their events make (RX-484 to RX-490). All functions are thread safe.
#ifndef SERVICES_PRESCRIPTION_GIVEN_H_
#define SERVICES_PRESCRIPTION_GIVEN_H_

#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"
#include "tsunagu/prescription/v1/given.pb.h"
#include "tsunagu/prescription/v1/kinds_events.pb.h"

namespace tsunagu::prescription {

// The content is complete.
struct RegisterGiven {
  v1::GivenEvent::Content content;
};
// What takes the place of the registered one: without what stays.
struct ChangeGiven {
  v1::GivenEvent::Content content;
};
struct CancelGiven {};
using GivenCommand = std::variant<RegisterGiven, ChangeGiven, CancelGiven>;

// What the command makes of the state (an empty id: there is none), or the error that says why not
// (facility_errors.h). A cancelled record may be registered again: nothing was given twice.
absl::StatusOr<v1::GivenEvent> DecideGiven(const v1::Given& state, const GivenCommand& command,
                                           absl::string_view facility);

// Whether that record (the given_id that it would have, were it registered) stands as this one: as
// it was registered, or by a change since (RX-485). `as`: the record's, from the views.
bool StandsAs(absl::string_view record_id, const v1::GivenAs& as, const v1::Given& state);

// Makes the state that of after the event. False for an event that does not fit: then the state
// stays as it is. Total.
bool AbsorbGiven(const v1::GivenEvent& event, absl::string_view subject,
                 const google::protobuf::Timestamp& decided_at, v1::Given& state);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_GIVEN_H_
