#include "services/prescription/given.h"

#include <string>

#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/facility_errors.h"

namespace tsunagu::prescription {
namespace {

using v1::GivenEvent;

absl::StatusOr<GivenEvent> On(const v1::Given& state, const RegisterGiven& command,
                              absl::string_view) {
  if (state.status() == v1::GIVEN_STATUS_REGISTERED) return GivenExists(state.id());
  GivenEvent event;
  *event.mutable_registered() = command.content;
  return event;
}

absl::Status CheckStanding(const v1::Given& state, absl::string_view facility) {
  if (state.id().empty() || state.facility() != facility) return GivenNotFound();
  const bool cancelled = state.status() == v1::GIVEN_STATUS_CANCELLED;
  return cancelled ? GivenCancelled() : absl::OkStatus();
}

absl::StatusOr<GivenEvent> On(const v1::Given& state, const ChangeGiven& command,
                              absl::string_view facility) {
  RETURN_IF_ERROR(CheckStanding(state, facility));
  // Whoever follows keeps it under its day, and would keep the old one too.
  if (command.content.given_on() != state.given_on()) return GivenDiffers();
  GivenEvent event;
  *event.mutable_changed() = command.content;
  return event;
}

absl::StatusOr<GivenEvent> On(const v1::Given& state, const CancelGiven&,
                              absl::string_view facility) {
  RETURN_IF_ERROR(CheckStanding(state, facility));
  GivenEvent event;
  event.mutable_cancelled();
  return event;
}

void PutContent(const GivenEvent::Content& content, v1::Given& state) {
  state.set_given_on(content.given_on());
  *state.mutable_drugs() = content.drugs();
  *state.mutable_warnings() = content.warnings();
  state.set_facility_name(content.facility_name());
}

bool Apply(const GivenEvent::Content& event, absl::string_view subject, v1::Given& state) {
  if (state.status() == v1::GIVEN_STATUS_REGISTERED || event.given_id().empty()) return false;
  state.set_id(event.given_id());
  state.set_subject(std::string(subject));
  state.set_kind(event.kind());
  state.set_status(v1::GIVEN_STATUS_REGISTERED);
  state.set_facility(event.facility());
  state.set_issuer(event.issuer());
  state.set_issued_on(event.issued_on());
  state.clear_erased();
  PutContent(event, state);
  return true;
}

// As that of a prescription.
bool Apply(const v1::Erased& event, v1::Given& state) {
  const bool fits = !state.id().empty() && !state.has_erased() &&
                    event.changed_at().seconds() == state.changed_at().seconds() &&
                    event.changed_at().nanos() == state.changed_at().nanos();
  if (fits) *state.mutable_erased() = event;
  return fits;
}

bool Apply(const GivenEvent& event, absl::string_view subject, v1::Given& state) {
  if (event.has_registered()) return Apply(event.registered(), subject, state);
  if (event.has_erased()) return Apply(event.erased(), state);
  if (state.status() != v1::GIVEN_STATUS_REGISTERED) return false;
  if (event.has_changed()) {
    PutContent(event.changed(), state);
  } else if (event.has_cancelled()) {
    state.set_status(v1::GIVEN_STATUS_CANCELLED);
  } else {
    return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<GivenEvent> DecideGiven(const v1::Given& state, const GivenCommand& command,
                                       absl::string_view facility) {
  auto event = std::visit([&](const auto& one) { return On(state, one, facility); }, command);
  // What was cancelled may be registered anew, with a document.
  const bool standing = state.status() == v1::GIVEN_STATUS_REGISTERED;
  if (event.ok() && standing && state.has_erased()) return DocumentErased(state.erased().on());
  return event;
}

bool StandsAs(absl::string_view record_id, const v1::GivenAs& as, const v1::Given& state) {
  if (state.status() != v1::GIVEN_STATUS_REGISTERED) return false;
  const bool changed_since = as.given_id() == state.id() &&
                             as.registered_at().seconds() == state.registered_at().seconds() &&
                             as.registered_at().nanos() == state.registered_at().nanos();
  return state.id() == record_id || changed_since;
}

bool AbsorbGiven(const GivenEvent& event, absl::string_view subject,
                 const google::protobuf::Timestamp& decided_at, v1::Given& state) {
  if (!Apply(event, subject, state)) return false;
  if (!event.has_erased()) *state.mutable_changed_at() = decided_at;
  if (event.has_registered()) *state.mutable_registered_at() = decided_at;
  return true;
}

}  // namespace tsunagu::prescription
