#include "services/prescription/facility_index.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "tsunagu/prescription/v1/kinds_events.pb.h"

namespace tsunagu::prescription {
namespace {

const v1::Event::Dispensed* ResultOf(const v1::Event& event) {
  if (event.has_dispensed()) return &event.dispensed();
  return event.has_result_changed() ? &event.result_changed().result() : nullptr;
}

// The day of a facility that the event belongs to.
std::optional<std::string> DayOf(const v1::Event& event) {
  const v1::Event::Registered* content = nullptr;
  if (event.has_registered()) content = &event.registered();
  if (event.has_changed()) content = &event.changed().content();
  if (content != nullptr && !content->issuer().empty()) {
    return IssuedName(content->issuer(), content->issued_on());
  }
  const auto* result = ResultOf(event);
  if (result == nullptr || result->pharmacy().empty()) return std::nullopt;
  return DispensedName(result->pharmacy(), result->dispensed_on());
}

void AddToDay(const std::string& name, const std::string& id, journal::States& states) {
  auto day = states.GetAs<v1::FacilityDay>(name);
  const auto& ids = day.prescription_ids();
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return;
  if (ids.size() >= kMaxOfDay) {
    day.set_left_off(day.left_off() + 1);
  } else {
    day.add_prescription_ids(id);
  }
  states.PutMessage(name, day);
}

}  // namespace

std::string IssuedName(absl::string_view facility, absl::string_view day) {
  return absl::StrCat("issued/", facility, "/", day);
}

std::string DispensedName(absl::string_view pharmacy, absl::string_view day) {
  return absl::StrCat("dispensed/", pharmacy, "/", day);
}

std::string ResultPlaceName(absl::string_view result_id) {
  return absl::StrCat("result-id/", result_id);
}

std::vector<std::string> IndexNames(const v1::Event& event) {
  const auto day = DayOf(event);
  if (!day.has_value()) return {};
  return {*day};
}

void AddToIndex(const v1::Event& event, const std::string& id, journal::States& states) {
  if (const auto day = DayOf(event); day.has_value()) AddToDay(*day, id, states);
  const auto* result = ResultOf(event);
  if (result == nullptr || result->result_id().empty()) return;
  v1::ResultPlace place;
  place.set_prescription_id(id);
  states.PutMessage(ResultPlaceName(result->result_id()), place);
}

}  // namespace tsunagu::prescription
