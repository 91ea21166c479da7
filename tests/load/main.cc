// load WHAT: measures one thing and prints a table. docs/performance.md says how to run all of it.
#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/load/commands.h"
#include "tests/load/platform.h"
#include "tests/load/reads.h"
#include "tests/load/round_trip.h"
#include "tests/load/yardstick.h"

namespace tsunagu::load {
namespace {

int MeasureYardstick(const Plan& plan, double per_second) {
  Yardstick yardstick(plan.pki, plan.connections);
  const Issue echo = yardstick.Calls();
  RunClosed(echo, plan.in_flight, {.time = plan.WarmUp()});
  std::vector<Figures> closed, open;
  for (int round = 0; round < plan.rounds; ++round) {
    closed.push_back(RunClosed(echo, plan.in_flight, {.time = plan.Run()}));
    open.push_back(RunOpen(echo, per_second, {.time = plan.Run()}));
  }
  std::cout << TableHead() << "\n"
            << TableLine("bare echo, two hops", "closed loop", MedianOf(closed), "") << "\n"
            << TableLine("bare echo, two hops", "open loop", MedianOf(open), "") << "\n";
  return MedianOf(closed).errors == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int MeasureRoundTrip(const Plan& plan, double per_second) {
  RoundTrip log(plan.kafka, plan.partitions);
  const Issue trips = log.Calls();
  RunOpen(trips, per_second, {.time = plan.WarmUp()});
  std::vector<Figures> open;
  for (int round = 0; round < plan.rounds; ++round) {
    open.push_back(RunOpen(trips, per_second, {.time = plan.Run()}));
  }
  std::cout << TableHead() << "\n"
            << TableLine("round trip through the log, bare", "open loop", MedianOf(open), "")
            << "\n";
  return EXIT_SUCCESS;
}

void AddOptions(CLI::App& app, Plan& plan) {
  app.add_option("--connections", plan.connections, "of each caller")->capture_default_str();
  app.add_option("--in-flight", plan.in_flight, "calls of a closed loop")->capture_default_str();
  app.add_option("--rounds", plan.rounds, "the median of which counts")->capture_default_str();
  app.add_option("--seconds", plan.seconds, "of one run")->capture_default_str();
  app.add_option("--warm-up", plan.warm_up, "seconds, of each kind of call")->capture_default_str();
}

void AddPki(CLI::App& app, Plan& plan) {
  app.add_option("--pki", plan.pki, "folder of tools/pki/make")->required();
}
void AddGateway(CLI::App& app, Plan& plan) {
  app.add_option("--gateway", plan.gateway, "host:port")->required();
}
void AddKafka(CLI::App& app, Plan& plan) {
  app.add_option("--kafka", plan.kafka, "host:port")->required();
  app.add_option("--partitions", plan.partitions, "of topics made here")->capture_default_str();
}
void AddRedis(CLI::App& app, Plan& plan) {
  app.add_option("--redis", plan.redis, "host:port")->required();
}

int Main(int argc, char** argv) {
  CLI::App app("Measures Tsunagu against the least that the same work can cost.");
  app.require_subcommand(1);
  app.fallthrough();
  Plan plan;
  Rebuild rebuild_plan;
  double per_second = 0;
  std::string backend, which = "all";
  size_t bytes = 300;
  AddOptions(app, plan);
  const auto add = [&](const char* name, const char* text, double rate) {
    CLI::App* sub = app.add_subcommand(name, text);
    sub->callback([&per_second, rate] {
      if (per_second == 0) per_second = rate;
    });
    if (rate > 0) sub->add_option("--rate", per_second, "calls a second of open loops");
    return sub;
  };
  CLI::App* yardstick = add("yardstick", "a bare gRPC echo behind a bare proxy", 2000);
  AddPki(*yardstick, plan);
  CLI::App* round_trip = add("round-trip", "a bare record through Kafka", 400);
  AddKafka(*round_trip, plan);
  CLI::App* reads = add("reads", "audited reads through the gateway", 2000);
  AddPki(*reads, plan);
  AddGateway(*reads, plan);
  reads->add_option("--which", which, "check, status, draft or all");
  CLI::App* commands = add("commands", "prescriptions through the gateway", 400);
  AddPki(*commands, plan);
  AddGateway(*commands, plan);
  AddKafka(*commands, plan);
  AddRedis(*commands, plan);
  commands->add_option("--process", plan.processes, "NAME=PID whose processor time is counted");
  CLI::App* journal = add("journal", "commands of the platform alone", 400);
  AddKafka(*journal, plan);
  AddRedis(*journal, plan);
  journal->add_option("--bytes", bytes, "of an event")->capture_default_str();
  CLI::App* rebuild = add("rebuild", "folding a journal into an emptied view", 0);
  AddKafka(*rebuild, plan);
  AddRedis(*rebuild, plan);
  rebuild->add_option("--records", rebuild_plan.records)->capture_default_str();
  rebuild->add_option("--bytes", rebuild_plan.bytes, "of an event")->capture_default_str();
  CLI::App* echo = add("echo", "(part of the yardstick) the server", 0);
  AddPki(*echo, plan);
  CLI::App* proxy = add("proxy", "(part of the yardstick) the proxy", 0);
  AddPki(*proxy, plan);
  proxy->add_option("--backend", backend, "host:port")->required();
  CLI11_PARSE(app, argc, argv);
  if (yardstick->parsed()) return MeasureYardstick(plan, per_second);
  if (round_trip->parsed()) return MeasureRoundTrip(plan, per_second);
  if (reads->parsed()) return MeasureReads(plan, per_second, which);
  if (commands->parsed()) return MeasureCommands(plan, per_second);
  if (journal->parsed()) return MeasureJournal(plan, per_second, bytes);
  if (rebuild->parsed()) return MeasureRebuild(plan, rebuild_plan);
  if (echo->parsed()) return RunEchoServer(plan.pki);
  return RunEchoProxy(plan.pki, backend);
}

}  // namespace
}  // namespace tsunagu::load

int main(int argc, char** argv) { return tsunagu::load::Main(argc, argv); }
