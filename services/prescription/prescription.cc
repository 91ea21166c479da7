#include "services/prescription/prescription.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/facility_errors.h"

namespace tsunagu::prescription {
namespace {

bool AwaitsCancel(const State& state, const Context& context) {
  return state.id().empty() && state.cancel_awaited().issuer() == context.facility &&
         !IsOver(state.cancel_awaited().until(), context.day);
}

absl::StatusOr<Event> On(const State& state, const Register& command, const Context& context) {
  if (!state.id().empty()) {
    return PrescriptionExists(state.id(), v1::Status_Name(StatusOn(state, context.day)));
  }
  Event event;
  *event.mutable_registered() = command.event;
  event.mutable_registered()->set_issuer(context.facility);
  event.mutable_registered()->set_cancelled(AwaitsCancel(state, context));
  return event;
}

absl::Status CheckIssuer(const State& state, const Context& context) {
  const bool issuer = !state.id().empty() && state.issuer() == context.facility;
  return issuer ? absl::OkStatus() : PrescriptionNotFound();
}

// What the issuer does to it needs that no pharmacy holds it and none has dispensed of it.
absl::Status CheckFree(const State& state) {
  if (state.status() == v1::STATUS_CANCELLED) return PrescriptionCancelled();
  const bool untouched = state.status() == v1::STATUS_REGISTERED && NextUse(state) == 1;
  return untouched ? absl::OkStatus() : AlreadyAccepted();
}

absl::StatusOr<Event> On(const State& state, const Change& command, const Context& context) {
  RETURN_IF_ERROR(CheckIssuer(state, context));
  RETURN_IF_ERROR(CheckFree(state));
  if (StatusOn(state, context.day) == v1::STATUS_EXPIRED) return PrescriptionExpired();
  Event event;
  *event.mutable_changed()->mutable_content() = command.content;
  event.mutable_changed()->mutable_content()->set_issuer(context.facility);
  return event;
}

absl::StatusOr<Event> On(const State& state, const Cancel&, const Context& context) {
  RETURN_IF_ERROR(CheckIssuer(state, context));
  RETURN_IF_ERROR(CheckFree(state));
  Event event;
  event.mutable_cancelled();
  return event;
}

absl::StatusOr<Event> On(const State& state, const CancelUnregistered&, const Context& context) {
  if (!state.id().empty()) return On(state, Cancel{}, context);
  Event event;
  event.mutable_cancel_awaited()->set_issuer(context.facility);
  event.mutable_cancel_awaited()->set_until(national::FormatDay(context.day + kCancelWaits));
  return event;
}

absl::StatusOr<Event> Undo(const State& state, v1::Prescription::Undoable what,
                           absl::string_view rule) {
  if (state.undoable() != what) return NotUndoable(rule);
  Event event;
  event.mutable_undone();
  return event;
}

absl::StatusOr<Event> On(const State& state, const UndoCancel&, const Context& context) {
  RETURN_IF_ERROR(CheckIssuer(state, context));
  return Undo(state, v1::Prescription::UNDOABLE_CANCEL, "RX-061");
}

absl::StatusOr<Event> On(const State& state, const UndoChange&, const Context& context) {
  RETURN_IF_ERROR(CheckIssuer(state, context));
  return Undo(state, v1::Prescription::UNDOABLE_CHANGE, "RX-062");
}

absl::StatusOr<Event> AcceptFree(const State& state, const Context& context) {
  const auto from = national::ParseDay(state.open_from());
  if (from.has_value() && context.day < *from) return TooEarly(state.open_from());
  Event event;
  event.mutable_accepted()->set_pharmacy(context.facility);
  return event;
}

absl::StatusOr<Event> On(const State& state, const Accept&, const Context& context) {
  Event event;
  event.mutable_accepted()->set_pharmacy(context.facility);
  switch (StatusOn(state, context.day)) {
    case v1::STATUS_REGISTERED:
      return AcceptFree(state, context);
    case v1::STATUS_IN_DISPENSING:
      if (state.holder() == context.facility) return event;
      return HeldByAnother(state);
    case v1::STATUS_DISPENSED:
      if (state.holder() == context.facility) return ResultExists(state.id());
      return HeldByAnother(state);
    case v1::STATUS_EXPIRED:
      return NextUse(state) > 1 ? TooLate() : PrescriptionExpired();
    case v1::STATUS_CANCELLED:
      return PrescriptionCancelled();
    case v1::STATUS_COLLECTED:
      return PrescriptionCollected();
    default:
      return PrescriptionNotFound();
  }
}

absl::Status CheckHolder(const State& state, const Context& context) {
  if (state.id().empty()) return PrescriptionNotFound();
  return state.holder() == context.facility ? absl::OkStatus() : NotHolder();
}

absl::StatusOr<Event> On(const State& state, const Release&, const Context& context) {
  RETURN_IF_ERROR(CheckHolder(state, context));
  if (state.status() == v1::STATUS_COLLECTED) return PrescriptionCollected();
  if (state.ever_dispensed() || state.result_cancelled()) return EverDispensed();
  Event event;
  event.mutable_released();
  return event;
}

absl::StatusOr<Event> On(const State& state, const Collect&, const Context& context) {
  RETURN_IF_ERROR(CheckHolder(state, context));
  if (state.status() == v1::STATUS_COLLECTED) return PrescriptionCollected();
  if (state.status() != v1::STATUS_IN_DISPENSING) return ResultExists(state.id());
  Event event;
  event.mutable_collected();
  return event;
}

absl::StatusOr<Event> On(const State& state, const UndoCollect&, const Context& context) {
  RETURN_IF_ERROR(CheckHolder(state, context));
  return Undo(state, v1::Prescription::UNDOABLE_COLLECT, "RX-064");
}

// Whether the result is of the use that is due, and ends what ends with it.
absl::Status CheckUse(const State& state, const Event::Dispensed& result, int use) {
  if (result.use() != use) return WrongUse(use);
  const int total = std::max(1, state.course().total());
  if (use > total || (use == total && result.more())) return OverLimit();
  const bool refill = state.course().kind() == v1::Course::KIND_REFILL;
  if (result.more() && refill && !national::ParseDay(result.next_on()).has_value()) {
    return NextDateRequired();
  }
  // A part that is left out has no meaning; a use of a refill may be the last before its time.
  const bool split = state.course().kind() == v1::Course::KIND_SPLIT;
  return split && use < total && !result.more() ? WrongUse(use) : absl::OkStatus();
}

absl::StatusOr<Event> On(const State& state, const Dispense& command, const Context& context) {
  RETURN_IF_ERROR(CheckHolder(state, context));
  if (state.status() == v1::STATUS_COLLECTED) return PrescriptionCollected();
  if (state.status() != v1::STATUS_IN_DISPENSING) return ResultExists(state.id());
  RETURN_IF_ERROR(CheckUse(state, command.event, NextUse(state)));
  Event event;
  *event.mutable_dispensed() = command.event;
  event.mutable_dispensed()->set_pharmacy(context.facility);
  return event;
}

// Whether the newest result is the caller's and nobody has accepted since (RX-070).
absl::Status CheckNewestResult(const State& state, const Context& context) {
  if (state.id().empty()) return PrescriptionNotFound();
  const bool own = !state.results().empty() &&
                   state.results(state.results_size() - 1).pharmacy() == context.facility;
  if (!own) return NotHolder();
  return HasFreshResult(state) ? absl::OkStatus() : ResultSettled();
}

absl::StatusOr<Event> On(const State& state, const ChangeResult& command, const Context& context) {
  RETURN_IF_ERROR(CheckNewestResult(state, context));
  const auto& newest = state.results(state.results_size() - 1);
  if (!newest.drugs_with().empty()) return ResultShared();
  RETURN_IF_ERROR(CheckUse(state, command.event, state.results_size()));
  // What goes on and what ends is settled: to turn it, cancel the result and register another.
  if (command.event.more() != newest.more()) return WrongUse(state.results_size());
  Event event;
  *event.mutable_result_changed()->mutable_result() = command.event;
  event.mutable_result_changed()->mutable_result()->set_result_id(newest.id());
  event.mutable_result_changed()->mutable_result()->set_pharmacy(context.facility);
  return event;
}

absl::StatusOr<Event> On(const State& state, const CancelResult& command, const Context& context) {
  RETURN_IF_ERROR(CheckNewestResult(state, context));
  const bool other = !command.result_id.empty() &&
                     state.results(state.results_size() - 1).id() != command.result_id;
  if (other) return ResultSettled();
  Event event;
  event.mutable_result_cancelled();
  return event;
}

}  // namespace

absl::StatusOr<Event> Decide(const State& state, const Command& command, const Context& context) {
  auto event = std::visit([&](const auto& one) { return On(state, one, context); }, command);
  if (event.ok() && state.has_erased()) return DocumentErased(state.erased().on());
  return event;
}

v1::Status StatusOn(const State& state, absl::CivilDay today) {
  if (state.status() == v1::STATUS_REGISTERED && IsOver(OpenUntil(state), today)) {
    return v1::STATUS_EXPIRED;
  }
  return state.status();
}

int NextUse(const State& state) { return state.results_size() + 1; }

bool HasFreshResult(const State& state) {
  return !state.results().empty() &&
         (state.status() == v1::STATUS_DISPENSED || state.status() == v1::STATUS_REGISTERED);
}

const std::string& OpenUntil(const State& state) {
  return state.open_until().empty() ? state.use_by() : state.open_until();
}

absl::Status HeldByAnother(const State& state) {
  return state.status() == v1::STATUS_DISPENSED ? PrescriptionDispensed() : PrescriptionTaken();
}

bool IsOver(absl::string_view day, absl::CivilDay today) {
  const std::optional<absl::CivilDay> parsed = national::ParseDay(day);
  return !parsed.has_value() || *parsed < today;
}

}  // namespace tsunagu::prescription
