// What the events make of the state.
#include <string>
#include <utility>

#include "services/platform/national/jst.h"
#include "services/prescription/prescription.h"

namespace tsunagu::prescription {
namespace {

using Content = v1::Prescription::Content;

Content ContentOf(const State& state) {
  Content content;
  content.set_issue_type(state.issue_type());
  content.set_issued_on(state.issued_on());
  content.set_use_by(state.use_by());
  content.set_fingerprint(state.fingerprint());
  if (state.has_signer()) *content.mutable_signer() = state.signer();
  *content.mutable_warnings() = state.warnings();
  if (state.has_course()) *content.mutable_course() = state.course();
  *content.mutable_drugs() = state.drugs();
  *content.mutable_accepted_alerts() = state.accepted_alerts();
  content.set_issuer_name(state.issuer_name());
  content.set_content_id(state.content_id());
  if (state.has_patient()) *content.mutable_patient() = state.patient();
  return content;
}

// Event::Registered and Content name these fields alike.
template <typename From>
void PutContent(const From& from, State& state) {
  state.set_issue_type(from.issue_type());
  state.set_issued_on(from.issued_on());
  state.set_use_by(from.use_by());
  state.set_open_until(from.use_by());
  state.set_fingerprint(from.fingerprint());
  state.clear_signer();
  if (from.has_signer()) *state.mutable_signer() = from.signer();
  *state.mutable_warnings() = from.warnings();
  state.clear_course();
  if (from.has_course()) *state.mutable_course() = from.course();
  *state.mutable_drugs() = from.drugs();
  *state.mutable_accepted_alerts() = from.accepted_alerts();
  state.set_issuer_name(from.issuer_name());
  state.set_content_id(from.content_id());
  state.clear_patient();
  if (from.has_patient()) *state.mutable_patient() = from.patient();
}

// Nothing that was done before can be taken back now, unless `what` says so.
void Settle(v1::Prescription::Undoable what, State& state) {
  state.set_undoable(what);
  if (what != v1::Prescription::UNDOABLE_CHANGE) state.clear_before_change();
}

bool Apply(const Event::Registered& event, const Origin& origin, State& state) {
  if (!state.id().empty() || event.prescription_id().empty()) return false;
  state.clear_cancel_awaited();
  state.set_id(event.prescription_id());
  state.set_subject(origin.subject);
  state.set_status(event.cancelled() ? v1::STATUS_CANCELLED : v1::STATUS_REGISTERED);
  state.set_issuer(event.issuer());
  state.set_access_code(event.access_code());
  PutContent(event, state);
  if (event.cancelled()) Settle(v1::Prescription::UNDOABLE_CANCEL, state);
  return true;
}

bool Apply(const Event::Changed& event, State& state) {
  if (state.status() != v1::STATUS_REGISTERED || NextUse(state) > 1) return false;
  Content before = ContentOf(state);
  PutContent(event.content(), state);
  *state.mutable_before_change() = std::move(before);
  Settle(v1::Prescription::UNDOABLE_CHANGE, state);
  return true;
}

bool Apply(const Event::Cancelled&, State& state) {
  if (state.status() != v1::STATUS_REGISTERED || NextUse(state) > 1) return false;
  state.set_status(v1::STATUS_CANCELLED);
  Settle(v1::Prescription::UNDOABLE_CANCEL, state);
  return true;
}

bool Apply(const Event::CancelAwaited& event, State& state) {
  if (!state.id().empty()) return false;
  *state.mutable_cancel_awaited() = event;
  return true;
}

bool Apply(const Event::Undone&, State& state) {
  switch (state.undoable()) {
    case v1::Prescription::UNDOABLE_CANCEL:
      state.set_status(v1::STATUS_REGISTERED);
      break;
    case v1::Prescription::UNDOABLE_CHANGE:
      PutContent(Content(state.before_change()), state);
      break;
    case v1::Prescription::UNDOABLE_COLLECT:
      state.set_status(v1::STATUS_IN_DISPENSING);
      break;
    default:
      return false;
  }
  Settle(v1::Prescription::UNDOABLE_NOTHING, state);
  return true;
}

// Accepting again by the holder changes nothing, not even the time of the change.
bool Apply(const Event::Accepted& event, State& state) {
  if (state.status() != v1::STATUS_REGISTERED || event.pharmacy().empty()) return false;
  state.set_status(v1::STATUS_IN_DISPENSING);
  state.set_holder(event.pharmacy());
  Settle(v1::Prescription::UNDOABLE_NOTHING, state);
  return true;
}

bool Apply(const Event::Released&, State& state) {
  if (state.status() != v1::STATUS_IN_DISPENSING || state.ever_dispensed()) return false;
  state.set_status(v1::STATUS_REGISTERED);
  state.clear_holder();
  return true;
}

bool Apply(const Event::Collected&, State& state) {
  if (state.status() != v1::STATUS_IN_DISPENSING) return false;
  state.set_status(v1::STATUS_COLLECTED);
  Settle(v1::Prescription::UNDOABLE_COLLECT, state);
  return true;
}

// Between which days the next use or part can be had.
void SetWindow(State& state) {
  state.clear_open_from();
  state.set_open_until(state.use_by());
  if (state.results().empty()) return;
  const auto& last = state.results(state.results_size() - 1);
  if (!last.more()) return;
  if (state.course().kind() == v1::Course::KIND_SPLIT) {
    const auto given = national::ParseDay(last.dispensed_on());
    if (given.has_value()) state.set_open_until(national::FormatDay(*given + kPartDays));
    return;
  }
  const auto next = national::ParseDay(last.next_on());
  if (!next.has_value()) return;
  state.set_open_from(national::FormatDay(*next - kRefillDays));
  state.set_open_until(national::FormatDay(*next + kRefillDays));
}

// Puts the result at the end of the list.
void PutResult(const Event::Dispensed& event, const std::string& pharmacy, State& state) {
  auto& result = *state.add_results();
  result.set_id(event.result_id());
  result.set_pharmacy(pharmacy);
  result.set_dispensed_on(event.dispensed_on());
  result.set_more(event.more());
  result.set_next_on(event.next_on());
  *result.mutable_drugs() = event.drugs();
  result.set_pharmacy_name(event.pharmacy_name());
  result.set_drugs_with(event.drugs_with());
  *result.mutable_shared() = event.shared();
  state.set_result_id(event.result_id());
  SetWindow(state);
}

bool Apply(const Event::Dispensed& event, State& state) {
  if (state.status() != v1::STATUS_IN_DISPENSING) return false;
  PutResult(event, state.holder(), state);
  state.clear_result_cancelled();
  if (event.more()) {
    state.set_status(v1::STATUS_REGISTERED);
    state.clear_holder();
  } else {
    state.set_status(v1::STATUS_DISPENSED);
    state.set_ever_dispensed(true);
  }
  Settle(v1::Prescription::UNDOABLE_NOTHING, state);
  return true;
}

bool Apply(const Event::ResultChanged& event, State& state) {
  if (!HasFreshResult(state)) return false;
  const std::string pharmacy = state.results(state.results_size() - 1).pharmacy();
  state.mutable_results()->RemoveLast();
  PutResult(event.result(), pharmacy, state);
  return true;
}

// The pharmacy holds it as it did before, until it registers another result.
bool Apply(const Event::ResultCancelled&, State& state) {
  if (!HasFreshResult(state)) return false;
  state.set_holder(state.results(state.results_size() - 1).pharmacy());
  state.mutable_results()->RemoveLast();
  state.set_result_id(state.results().empty() ? "" : state.results(state.results_size() - 1).id());
  state.set_status(v1::STATUS_IN_DISPENSING);
  state.set_result_cancelled(true);
  SetWindow(state);
  return true;
}

// The next two tell others what the date made true: nothing that is decided or answered changes.
bool Apply(const v1::Expired& event, State& state) {
  const bool fits = state.status() == v1::STATUS_REGISTERED && event.until() == OpenUntil(state);
  if (!fits || state.expired_told() == event.until()) return false;
  state.set_expired_told(event.until());
  return true;
}

bool Apply(const v1::WindowOpened& event, State& state) {
  const bool fits = state.status() == v1::STATUS_REGISTERED && event.from() == state.open_from();
  if (!fits || state.opened_told() == event.from()) return false;
  state.set_opened_told(event.from());
  return true;
}

// It was decided on the state of that moment: a result that came in between is not erased.
bool Apply(const v1::Erased& event, State& state) {
  const bool fits = !state.id().empty() && !state.has_erased() &&
                    event.changed_at().seconds() == state.changed_at().seconds() &&
                    event.changed_at().nanos() == state.changed_at().nanos();
  if (fits) *state.mutable_erased() = event;
  return fits;
}

bool Apply(const Event& event, const Origin& origin, State& state) {
  switch (event.kind_case()) {
    case Event::kRegistered:
      return Apply(event.registered(), origin, state);
    case Event::kChanged:
      return Apply(event.changed(), state);
    case Event::kCancelled:
      return Apply(event.cancelled(), state);
    case Event::kCancelAwaited:
      return Apply(event.cancel_awaited(), state);
    case Event::kUndone:
      return Apply(event.undone(), state);
    case Event::kAccepted:
      return Apply(event.accepted(), state);
    case Event::kReleased:
      return Apply(event.released(), state);
    case Event::kCollected:
      return Apply(event.collected(), state);
    case Event::kDispensed:
      return Apply(event.dispensed(), state);
    case Event::kResultChanged:
      return Apply(event.result_changed(), state);
    case Event::kResultCancelled:
      return Apply(event.result_cancelled(), state);
    case Event::kExpired:
      return Apply(event.expired(), state);
    case Event::kWindowOpened:
      return Apply(event.window_opened(), state);
    case Event::kErased:
      return Apply(event.erased(), state);
    case Event::kKeptLonger:
    case Event::kDaySwept:
    case Event::KIND_NOT_SET:
      return false;
  }
  return false;
}

}  // namespace

bool Absorb(const Event& event, const Origin& origin, State& state) {
  if (!Apply(event, origin, state)) return false;
  if (!event.has_expired() && !event.has_window_opened() && !event.has_erased()) {
    *state.mutable_changed_at() = origin.decided_at;
  }
  return true;
}

State Evolve(State state, const Event& event, const Origin& origin) {
  Absorb(event, origin, state);
  return state;
}

}  // namespace tsunagu::prescription
