#include "services/prescription/retention.h"

#include <algorithm>

#include "absl/time/time.h"
#include "services/platform/national/jst.h"
#include "services/prescription/due.h"

namespace tsunagu::prescription {
namespace {

// Years are the calendar's, counted from the day after (民法 140, 143): the same day is the last
// one. Of 29 February without its like it is 1 March, a day more than the law asks for.
absl::CivilDay FirstDayAfter(absl::CivilDay completed_on, int years) {
  return absl::CivilDay(completed_on.year() + years, completed_on.month(), completed_on.day()) + 1;
}

template <typename State>
absl::CivilDay DayOfChange(const State& state) {
  return national::JstDay(absl::FromUnixSeconds(state.changed_at().seconds()));
}

std::optional<absl::CivilDay> LastDispensedOn(const State& state) {
  if (state.results().empty()) return std::nullopt;
  return national::ParseDay(state.results(state.results_size() - 1).dispensed_on());
}

// Whether the event may complete a prescription, whatever the state.
bool MayComplete(const Event& event, absl::CivilDay decided) {
  switch (event.kind_case()) {
    case Event::kRegistered:
      return event.registered().cancelled() || IsOver(event.registered().use_by(), decided);
    case Event::kChanged:
      return IsOver(event.changed().content().use_by(), decided);
    case Event::kReleased:
    case Event::kDispensed:
    case Event::kCancelled:
    case Event::kUndone:
    case Event::kCollected:
    case Event::kResultChanged:
    case Event::kExpired:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<absl::CivilDay> CompletedOn(const State& state, absl::CivilDay today) {
  const auto dispensed = LastDispensedOn(state);
  switch (StatusOn(state, today)) {
    case v1::STATUS_DISPENSED:
      return dispensed.value_or(DayOfChange(state));
    case v1::STATUS_EXPIRED: {
      const auto last = national::ParseDay(OpenUntil(state)).value_or(DayOfChange(state));
      return std::max(last, dispensed.value_or(last));
    }
    case v1::STATUS_CANCELLED:
    case v1::STATUS_COLLECTED:
      return DayOfChange(state);
    default:
      return std::nullopt;
  }
}

std::optional<absl::CivilDay> CompletedOn(const v1::Given& state) {
  if (state.id().empty()) return std::nullopt;
  if (state.status() == v1::GIVEN_STATUS_CANCELLED) return DayOfChange(state);
  return national::ParseDay(state.given_on()).value_or(DayOfChange(state));
}

Period PeriodOf(absl::CivilDay completed_on, const RetentionRules& rules) {
  Period period;
  period.completed_on = completed_on;
  const std::string day = national::FormatDay(completed_on);
  for (const auto& rule : rules) {
    if (rule.completed_from() > day || rule.completed_from() < period.rule_from) continue;
    period.years = rule.years();
    period.rule_from = rule.completed_from();
  }
  period.erase_on = FirstDayAfter(completed_on, period.years);
  return period;
}

Look LookAt(const Period& period, absl::CivilDay today) {
  if (period.erase_on <= today) return Look::kErase;
  return FirstDayAfter(period.completed_on, kLeastYears) <= today ? Look::kKeep : Look::kNothing;
}

absl::CivilDay FirstLook(absl::CivilDay decided) { return FirstDayAfter(decided, kLeastYears); }

std::vector<std::string> LookNames(const Event& event, absl::string_view prescription_id,
                                   absl::CivilDay decided) {
  const int bucket = DueBucket(prescription_id);
  if (event.has_kept_longer()) {
    const auto until = national::ParseDay(event.kept_longer().until());
    if (until.has_value()) return {DueName(*until, bucket)};
  }
  if (!MayComplete(event, decided)) return {};
  return {DueName(FirstLook(decided), bucket)};
}

void AddLook(const Event& event, const State& after, absl::CivilDay decided,
             journal::States& states) {
  if (event.has_kept_longer()) {
    const auto until = national::ParseDay(event.kept_longer().until());
    if (until.has_value()) PutDue(*until, after.id(), states);
    return;
  }
  if (!MayComplete(event, decided) || !CompletedOn(after, decided).has_value()) return;
  PutDue(FirstLook(decided), after.id(), states);
}

}  // namespace tsunagu::prescription
