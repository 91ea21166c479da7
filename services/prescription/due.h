// The index of what comes next: when a day has come, which prescriptions have to tell something.
// Nobody ever looks through all prescriptions. Pure.
//
//   due/<yyyymmdd>/<bucket>   v1::Due
//   swept                     v1::Swept (inside the journal's Stored)
//
// An event that sets days puts the prescription under each of them that lies ahead of the moment of
// its decision. It never takes one away: no event but those knows the day. Whoever looks after the
// day reads the prescription and finds what has moved on. What is over at the moment of a decision
// already needs no index: the fold publishes what it then is.
#ifndef SERVICES_PRESCRIPTION_DUE_H_
#define SERVICES_PRESCRIPTION_DUE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/journal/folder.h"
#include "services/prescription/prescription.h"
#include "tsunagu/prescription/v1/clock.pb.h"

namespace tsunagu::prescription {

// Japan writes some 2.2 million prescriptions a day: with 16 partitions some 140 in a bucket.
inline constexpr int kDueBuckets = 1024;
// Bounds a bucket. What comes beyond it expires without being told, which no decision misses, or is
// kept for longer than it has to be.
inline constexpr int kMaxDue = 4096;

// Name of the aggregate of each partition that says up to which day it has been told.
inline constexpr char kSweptName[] = "swept";

std::string DueName(absl::CivilDay day, int bucket);
int DueBucket(absl::string_view prescription_id);

// The states that AddDue may read for this event.
std::vector<std::string> DueNames(const Event& event, absl::string_view prescription_id);

// Puts the prescription under the days that the event has set, those after `decided`.
void AddDue(const Event& event, const State& after, absl::CivilDay decided,
            journal::States& states);

// Puts the prescription, or drugs given without one, under that day, once.
void PutDue(absl::CivilDay day, const std::string& prescription_id, journal::States& states);
void PutGivenDue(absl::CivilDay day, const std::string& given_id, journal::States& states);

// Removes all that was due on that day.
void ClearDue(absl::CivilDay day, journal::States& states);

// What the prescription has to tell now that `today` has come; nothing when it has moved on or told
// it already.
std::optional<Event> WhatIsDue(const State& state, absl::CivilDay today);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_DUE_H_
