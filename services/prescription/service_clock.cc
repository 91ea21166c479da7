#include "services/prescription/service_clock.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/journal/folder.h"
#include "services/platform/journal/journal.h"
#include "services/platform/national/insured.h"
#include "services/platform/national/jst.h"
#include "services/platform/rpc/log.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "services/prescription/due.h"
#include "services/prescription/fold.h"
#include "tsunagu/journal/v1/journal.pb.h"
#include "tsunagu/prescription/v1/clock.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

// A day is told so long after it began: what another replica decided before midnight, by a clock
// that is a little late, is in the log by then.
constexpr absl::Duration kAfterMidnight = absl::Minutes(10);
// Where nothing was ever told, it begins so many days ago: longer than what is open waits.
constexpr int kFirstDays = 31;
// States read, and facts appended, at once: calls go on between.
constexpr size_t kAtOnce = 256;
constexpr absl::Duration kStepLimit = absl::Seconds(30);

// A name that leads to the partition.
std::string KeyOf(int partition) {
  return national::MakeId(static_cast<uint16_t>(partition), kSweptName);
}

template <typename Message>
Message StoredAs(const std::string& bytes) {
  tsunagu::journal::v1::Stored stored;
  stored.ParseFromString(bytes);
  Message message;
  message.ParseFromString(stored.state());
  return message;
}

uint64_t VersionOf(const std::string& bytes) {
  tsunagu::journal::v1::Stored stored;
  stored.ParseFromString(bytes);
  return stored.version();
}

}  // namespace

Clockwork::Clockwork(rpc::Host& host, Clock clock)
    : host_(host),
      clock_(std::move(clock)),
      topic_(host.Topic("prescription.journal")),
      eraser_(host) {}

asio::awaitable<void> Clockwork::Run() {
  const auto interval =
      absl::Milliseconds(host_.config().prescription_limits().clock_interval_ms());
  for (;;) {
    co_await Sleep(interval);
    const absl::CivilDay today = national::JstDay(clock_() - kAfterMidnight);
    for (const int partition : host_.OwnedPartitions("prescription.journal")) {
      const absl::Status status = co_await Sweep(partition, today);
      // The next round goes on where this one ended.
      if (!status.ok()) {
        rpc::Log(rpc::Level::kWarning, "clock.late",
                 {{"partition", absl::StrCat(partition)}, {"reason", ReasonOf(status)}});
      }
    }
  }
}

asio::awaitable<absl::StatusOr<absl::CivilDay>> Clockwork::FirstUntold(std::string key,
                                                                       absl::CivilDay today) {
  std::vector<std::string> names(1, kSweptName);
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await host_.views().Read(topic_, std::move(key), std::move(names),
                                                  absl::Now() + kStepLimit));
  const auto told = national::ParseDay(StoredAs<v1::Swept>(values[0]).day());
  co_return told.has_value() ? *told + 1 : today - kFirstDays;
}

asio::awaitable<absl::Status> Clockwork::Sweep(int partition, absl::CivilDay today) {
  const std::string key = KeyOf(partition);
  CO_ASSIGN_OR_RETURN(absl::CivilDay day, co_await FirstUntold(key, today));
  for (; day <= today; ++day) {
    CO_ASSIGN_OR_RETURN(const Told told, co_await TellDay(key, day, today));
    v1::Event event;
    event.mutable_day_swept()->set_day(national::FormatDay(day));
    std::vector<journal::Fact> facts(1, journal::Fact{key, kSweptName, journal::Serialize(event)});
    CO_RETURN_IF_ERROR(co_await host_.journal().Append(std::move(facts), absl::Now() + kStepLimit));
    if (told.expired + told.opened + told.erased == 0) continue;
    rpc::Log(rpc::Level::kInfo, "clock.told",
             {{"partition", absl::StrCat(partition)},
              {"day", national::FormatDay(day)},
              {"expired", absl::StrCat(told.expired)},
              {"opened", absl::StrCat(told.opened)},
              {"erased", absl::StrCat(told.erased)}});
  }
  co_return absl::OkStatus();
}

asio::awaitable<absl::StatusOr<Clockwork::Told>> Clockwork::TellDay(std::string key,
                                                                    absl::CivilDay day,
                                                                    absl::CivilDay today) {
  std::vector<std::string> names;
  for (int bucket = 0; bucket < kDueBuckets; ++bucket) names.push_back(DueName(day, bucket));
  CO_ASSIGN_OR_RETURN(const auto buckets, co_await host_.views().Read(topic_, key, std::move(names),
                                                                      absl::Now() + kStepLimit));
  std::vector<std::string> ids, given;
  for (const std::string& bucket : buckets) {
    v1::Due due;
    due.ParseFromString(bucket);
    ids.insert(ids.end(), due.prescription_ids().begin(), due.prescription_ids().end());
    given.insert(given.end(), due.given_ids().begin(), due.given_ids().end());
  }
  Told all;
  for (size_t at = 0; at < ids.size(); at += kAtOnce) {
    const auto first = ids.begin() + static_cast<std::ptrdiff_t>(at);
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(kAtOnce, ids.size() - at));
    std::vector<std::string> some(first, last);
    CO_ASSIGN_OR_RETURN(const Told told, co_await Tell(key, std::move(some), today));
    all.expired += told.expired;
    all.opened += told.opened;
    all.erased += told.erased;
  }
  CO_ASSIGN_OR_RETURN(const int erased, co_await eraser_.LookAtGiven(key, std::move(given), today));
  all.erased += erased;
  co_return all;
}

asio::awaitable<absl::StatusOr<Clockwork::Told>> Clockwork::Tell(std::string key,
                                                                 std::vector<std::string> ids,
                                                                 absl::CivilDay today) {
  std::vector<std::string> names;
  for (const std::string& id : ids) names.push_back(AggregateName(id));
  CO_ASSIGN_OR_RETURN(const auto states, co_await host_.views().Read(topic_, key, std::move(names),
                                                                     absl::Now() + kStepLimit));
  Told told;
  std::vector<journal::Fact> facts;
  std::vector<Eraser::Candidate> candidates;
  for (size_t i = 0; i < states.size(); ++i) {
    const auto state = StoredAs<v1::Prescription>(states[i]);
    auto candidate = eraser_.Consider(state, VersionOf(states[i]), today);
    if (candidate.has_value()) {
      candidates.push_back(*std::move(candidate));
      continue;
    }
    const auto event = WhatIsDue(state, today);
    if (!event.has_value()) continue;
    ++(event->has_expired() ? told.expired : told.opened);
    facts.push_back({state.subject(), AggregateName(ids[i]), journal::Serialize(*event)});
  }
  CO_ASSIGN_OR_RETURN(told.erased, co_await eraser_.Settle(key, std::move(candidates), today));
  if (facts.empty()) co_return told;
  CO_RETURN_IF_ERROR(co_await host_.journal().Append(std::move(facts), absl::Now() + kStepLimit));
  co_return told;
}

}  // namespace tsunagu::prescription
