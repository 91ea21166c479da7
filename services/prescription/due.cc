#include "services/prescription/due.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "google/protobuf/repeated_field.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription {
namespace {

// The days that become due, for what is accepted from `from` (if that is set) until `until`.
std::vector<absl::CivilDay> DaysOf(absl::string_view from, absl::string_view until) {
  std::vector<absl::CivilDay> days;
  if (const auto first = national::ParseDay(from); first.has_value()) days.push_back(*first);
  const auto last = national::ParseDay(until);
  if (last.has_value() && *last < absl::CivilDay(9999, 1, 1)) days.push_back(*last + 1);
  return days;
}

std::vector<absl::CivilDay> DaysOfUse(const Event::Dispensed& result) {
  if (!result.more()) return {};
  if (const auto next = national::ParseDay(result.next_on()); next.has_value()) {
    return {*next - kRefillDays, *next + kRefillDays + 1};
  }
  const auto given = national::ParseDay(result.dispensed_on());  // of a divided dispensing
  if (!given.has_value()) return {};
  return {*given + kPartDays + 1};
}

// Those that the event may set, whatever the state.
std::vector<absl::CivilDay> DaysOf(const Event& event) {
  switch (event.kind_case()) {
    case Event::kRegistered:
      return DaysOf("", event.registered().use_by());
    case Event::kChanged:
      return DaysOf("", event.changed().content().use_by());
    case Event::kDispensed:
      return DaysOfUse(event.dispensed());
    case Event::kResultChanged:
      return DaysOfUse(event.result_changed().result());
    default:
      return {};
  }
}

// Only it tells it; whoever appended first, the second finds it told.
bool HasExpired(const State& state, absl::CivilDay today) {
  return IsOver(OpenUntil(state), today) && state.expired_told() != OpenUntil(state);
}

bool HasOpened(const State& state, absl::CivilDay today) {
  const auto from = national::ParseDay(state.open_from());
  return from.has_value() && *from <= today && state.opened_told() != state.open_from() &&
         !IsOver(OpenUntil(state), today);
}

using Ids = google::protobuf::RepeatedPtrField<std::string>;

void Put(Ids* (v1::Due::*list)(), absl::CivilDay day, const std::string& id,
         journal::States& states) {
  const std::string name = DueName(day, DueBucket(id));
  auto due = states.GetAs<v1::Due>(name);
  Ids& ids = *(due.*list)();
  if (ids.size() >= kMaxDue || std::find(ids.begin(), ids.end(), id) != ids.end()) return;
  *ids.Add() = id;
  states.PutMessage(name, due);
}

}  // namespace

std::string DueName(absl::CivilDay day, int bucket) {
  return absl::StrCat("due/", national::FormatDay(day), "/", bucket);
}

// FNV-1a: the same on every machine.
int DueBucket(absl::string_view prescription_id) {
  uint32_t hash = 2166136261u;
  for (const char c : prescription_id) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return static_cast<int>((hash ^ (hash >> 16)) % kDueBuckets);
}

std::vector<std::string> DueNames(const Event& event, absl::string_view prescription_id) {
  std::vector<std::string> names;
  const int bucket = DueBucket(prescription_id);
  for (const absl::CivilDay day : DaysOf(event)) names.push_back(DueName(day, bucket));
  return names;
}

void AddDue(const Event& event, const State& after, absl::CivilDay decided,
            journal::States& states) {
  const std::vector<absl::CivilDay> set = DaysOf(after.open_from(), OpenUntil(after));
  for (const absl::CivilDay day : DaysOf(event)) {
    if (day <= decided || std::find(set.begin(), set.end(), day) == set.end()) continue;
    PutDue(day, after.id(), states);
  }
}

void PutDue(absl::CivilDay day, const std::string& prescription_id, journal::States& states) {
  Put(&v1::Due::mutable_prescription_ids, day, prescription_id, states);
}

void PutGivenDue(absl::CivilDay day, const std::string& given_id, journal::States& states) {
  Put(&v1::Due::mutable_given_ids, day, given_id, states);
}

void ClearDue(absl::CivilDay day, journal::States& states) {
  for (int bucket = 0; bucket < kDueBuckets; ++bucket) states.Put(DueName(day, bucket), "");
}

std::optional<Event> WhatIsDue(const State& state, absl::CivilDay today) {
  if (state.id().empty() || state.status() != v1::STATUS_REGISTERED) return std::nullopt;
  Event event;
  if (HasExpired(state, today)) {
    event.mutable_expired()->set_until(OpenUntil(state));
    return event;
  }
  if (!HasOpened(state, today)) return std::nullopt;
  event.mutable_window_opened()->set_from(state.open_from());
  return event;
}

}  // namespace tsunagu::prescription
