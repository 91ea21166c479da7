#include "services/prescription/prescription.h"

#include <optional>
#include <utility>

#include "services/platform/national/jst.h"
#include "services/prescription/errors.h"

namespace tsunagu::prescription {
namespace {

absl::StatusOr<Event> On(const State& state, const Register& command, const Context& context) {
  if (!state.id().empty()) {
    return PrescriptionExists(state.id(), v1::Status_Name(StatusOn(state, context.day)));
  }
  Event event;
  *event.mutable_registered() = command.event;
  event.mutable_registered()->set_issuer(context.facility);
  return event;
}

absl::StatusOr<Event> On(const State& state, const Accept&, const Context& context) {
  Event event;
  event.mutable_accepted()->set_pharmacy(context.facility);
  switch (StatusOn(state, context.day)) {
    case v1::STATUS_REGISTERED:
      return event;
    case v1::STATUS_IN_DISPENSING:
      if (state.holder() == context.facility) return event;
      return HeldByAnother(state);
    case v1::STATUS_DISPENSED:
      if (state.holder() == context.facility) return ResultExists(state.id());
      return HeldByAnother(state);
    case v1::STATUS_EXPIRED:
      return PrescriptionExpired();
    case v1::STATUS_CANCELLED:
      return PrescriptionCancelled();
    default:
      return PrescriptionNotFound();
  }
}

absl::StatusOr<Event> On(const State& state, const Release&, const Context& context) {
  if (state.id().empty()) return PrescriptionNotFound();
  if (state.holder() != context.facility) return NotHolder();
  if (state.ever_dispensed()) return EverDispensed();
  Event event;
  event.mutable_released();
  return event;
}

absl::StatusOr<Event> On(const State& state, const Dispense& command, const Context& context) {
  if (state.id().empty()) return PrescriptionNotFound();
  if (state.holder() != context.facility) return NotHolder();
  if (state.status() != v1::STATUS_IN_DISPENSING) return ResultExists(state.id());
  Event event;
  *event.mutable_dispensed() = command.event;
  return event;
}

absl::StatusOr<Event> On(const State& state, const Cancel&, const Context& context) {
  if (state.id().empty() || state.issuer() != context.facility) return PrescriptionNotFound();
  if (state.status() == v1::STATUS_CANCELLED) return PrescriptionCancelled();
  if (state.status() != v1::STATUS_REGISTERED) return AlreadyAccepted();
  Event event;
  event.mutable_cancelled();
  return event;
}

bool Apply(const Event::Registered& event, const Origin& origin, State& state) {
  if (!state.id().empty() || event.prescription_id().empty()) return false;
  state.set_id(event.prescription_id());
  state.set_subject(origin.subject);
  state.set_status(v1::STATUS_REGISTERED);
  state.set_issue_type(event.issue_type());
  state.set_issuer(event.issuer());
  state.set_access_code(event.access_code());
  state.set_issued_on(event.issued_on());
  state.set_use_by(event.use_by());
  state.set_fingerprint(event.fingerprint());
  if (event.has_signer()) *state.mutable_signer() = event.signer();
  *state.mutable_warnings() = event.warnings();
  return true;
}

// Accepting again by the holder changes nothing, not even the time of the change.
bool Apply(const Event::Accepted& event, State& state) {
  if (state.status() != v1::STATUS_REGISTERED || event.pharmacy().empty()) return false;
  state.set_status(v1::STATUS_IN_DISPENSING);
  state.set_holder(event.pharmacy());
  return true;
}

bool Apply(const Event::Released&, State& state) {
  if (state.status() != v1::STATUS_IN_DISPENSING || state.ever_dispensed()) return false;
  state.set_status(v1::STATUS_REGISTERED);
  state.clear_holder();
  return true;
}

bool Apply(const Event::Dispensed& event, State& state) {
  if (state.status() != v1::STATUS_IN_DISPENSING) return false;
  state.set_status(v1::STATUS_DISPENSED);
  state.set_ever_dispensed(true);
  state.set_result_id(event.result_id());
  return true;
}

bool Apply(const Event::Cancelled&, State& state) {
  if (state.status() != v1::STATUS_REGISTERED) return false;
  state.set_status(v1::STATUS_CANCELLED);
  return true;
}

bool Apply(const Event& event, const Origin& origin, State& state) {
  switch (event.kind_case()) {
    case Event::kRegistered:
      return Apply(event.registered(), origin, state);
    case Event::kAccepted:
      return Apply(event.accepted(), state);
    case Event::kReleased:
      return Apply(event.released(), state);
    case Event::kDispensed:
      return Apply(event.dispensed(), state);
    case Event::kCancelled:
      return Apply(event.cancelled(), state);
    case Event::KIND_NOT_SET:
      return false;
  }
  return false;
}

}  // namespace

absl::StatusOr<Event> Decide(const State& state, const Command& command, const Context& context) {
  return std::visit([&](const auto& one) { return On(state, one, context); }, command);
}

State Evolve(State state, const Event& event, const Origin& origin) {
  if (Apply(event, origin, state)) *state.mutable_changed_at() = origin.decided_at;
  return state;
}

v1::Status StatusOn(const State& state, absl::CivilDay today) {
  if (state.status() == v1::STATUS_REGISTERED && IsOver(state.use_by(), today)) {
    return v1::STATUS_EXPIRED;
  }
  return state.status();
}

absl::Status HeldByAnother(const State& state) {
  return state.status() == v1::STATUS_DISPENSED ? PrescriptionDispensed() : PrescriptionTaken();
}

bool IsOver(absl::string_view day, absl::CivilDay today) {
  const std::optional<absl::CivilDay> parsed = national::ParseDay(day);
  return !parsed.has_value() || *parsed < today;
}

}  // namespace tsunagu::prescription
