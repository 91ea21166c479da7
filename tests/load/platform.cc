#include "tests/load/platform.h"

#include <cstdlib>
#include <functional>
#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "tests/load/driver.h"
#include "tests/load/replica.h"
#include "tests/load/round_trip.h"
#include "tests/support/cluster.h"

namespace tsunagu::load {
namespace {

constexpr absl::Duration kLook = absl::Milliseconds(5);
constexpr absl::Duration kLimit = absl::Minutes(3);

Backing BackingOf(const Plan& plan) { return {plan.kafka, plan.redis, plan.partitions}; }

// Waits; answers how long it took, or ends the program.
absl::Duration Until(const std::function<bool()>& reached) {
  const absl::Time start = absl::Now();
  while (!reached()) {
    if (absl::Now() - start > kLimit) {
      std::cerr << "load: the fold does not get on\n";
      std::exit(EXIT_FAILURE);
    }
    absl::SleepFor(kLook);
  }
  return absl::Now() - start;
}

Figures RateOf(size_t records, absl::Duration took) {
  return {.calls = records, .seconds = absl::ToDoubleSeconds(took)};
}

}  // namespace

int MeasureJournal(const Plan& plan, double per_second, size_t bytes) {
  Replica replica(BackingOf(plan), tests::UniqueName("load-journal"));
  RoundTrip log(plan.kafka, plan.partitions);
  replica.StartFolding();
  Until([&] { return replica.CaughtUp(); });
  const Issue commands = replica.Commands(bytes), trips = log.Calls();
  RunClosed(commands, plan.in_flight, {.time = plan.WarmUp()});
  RunOpen(trips, per_second, {.time = plan.WarmUp()});
  std::vector<Figures> bare, paced, full;
  for (int round = 0; round < plan.rounds; ++round) {
    bare.push_back(RunOpen(trips, per_second, {.time = plan.Run()}));
    paced.push_back(RunOpen(commands, per_second, {.time = plan.Run()}));
    full.push_back(RunClosed(commands, plan.in_flight, {.time = plan.Run()}));
  }
  const std::string rate = absl::StrFormat("%.0f/s", per_second);
  const double ratio = MedianOf(paced).p99_ms / MedianOf(bare).p99_ms;
  std::cout << TableHead() << "\n"
            << TableLine("round trip through the log, bare", rate, MedianOf(bare), "") << "\n"
            << TableLine("command of the platform alone", rate, MedianOf(paced),
                         absl::StrFormat("p99 is %.1f of the round trip's", ratio))
            << "\n"
            << TableLine("command of the platform alone",
                         absl::StrCat(plan.in_flight, " in flight"), MedianOf(full), "")
            << "\n";
  return MedianOf(full).errors + MedianOf(paced).errors == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int MeasureRebuild(const Plan& plan, const Rebuild& rebuild) {
  Replica replica(BackingOf(plan), tests::UniqueName("load-rebuild"));
  replica.FillJournal(rebuild.records, rebuild.per_subject, rebuild.bytes);
  const auto records = static_cast<int64_t>(rebuild.records);
  replica.StartFolding();
  const absl::Duration first = Until([&] { return replica.Folded() >= records; });
  Until([&] { return replica.CaughtUp(); });
  std::cout << TableHead() << "\n"
            << TableLine("first fold, with publications", "", RateOf(rebuild.records, first), "")
            << "\n";
  for (int round = 1; round <= plan.rounds; ++round) {
    const int64_t before = replica.Folded();
    replica.EmptyView();
    const absl::Duration took =
        Until([&] { return replica.Folded() >= before + records && replica.CaughtUp(); });
    std::cout << TableLine("rebuild of an emptied view", "", RateOf(rebuild.records, took),
                           absl::StrFormat("%d records of %d bytes in %.1f s", rebuild.records,
                                           rebuild.bytes, absl::ToDoubleSeconds(took)))
              << "\n";
  }
  return EXIT_SUCCESS;
}

}  // namespace tsunagu::load
