#include "tests/load/replica.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/platform/national/insured.h"
#include "tests/support/cluster.h"

namespace tsunagu::load {
namespace {

constexpr absl::Duration kCommandLimit = absl::Seconds(20);
// Facts appended at a time.
constexpr size_t kFillAtOnce = 20'000;
constexpr int kMaxInFlight = 100'000;

[[noreturn]] void Die(const absl::Status& status) {
  std::cerr << "load: " << status << "\n";
  std::exit(EXIT_FAILURE);
}

std::string WithTopics(const Backing& backing, const std::string& service) {
  const std::vector<std::string> topics = {service + ".journal", service + ".events"};
  const tests::Cluster cluster = {.kafka = backing.kafka, .redis_host = "", .redis_port = 0};
  const absl::Status status = tests::CreateTopics(cluster, topics, backing.partitions);
  if (!status.ok()) Die(status);
  return service;
}

std::unique_ptr<journal::Producer> MakeProducer(asio::io_context& loop, const std::string& brokers,
                                                std::vector<std::string> topics) {
  auto producer = journal::Producer::Create(loop, brokers, std::move(topics));
  if (!producer.ok()) Die(producer.status());
  return *std::move(producer);
}

}  // namespace

std::string SubjectOf(size_t number) {
  // Neighbours fall on different partitions, as the hashes of pseudonyms do.
  const auto scattered = static_cast<uint64_t>(number) * 0x9e3779b97f4a7c15u;
  return absl::StrFormat("%016x%016x", scattered, number);
}

Replica::Replica(const Backing& backing, const std::string& service)
    : backing_(backing),
      service_(WithTopics(backing, service)),
      redis_(loop_, backing.redis),
      subscriber_(loop_, backing.redis),
      reader_(loop_, redis_, subscriber_, service, backing.partitions),
      producer_(MakeProducer(loop_, backing.kafka, {service + ".journal", service + ".events"})),
      journal_(loop_, reader_, *producer_, {service + ".journal", kMaxInFlight}),
      thread_([this] { loop_.run(); }) {}

Replica::~Replica() {
  loop_.stop();
  thread_.join();
  runner_.reset();
}

void Replica::StartFolding() {
  const auto start = [this]() -> asio::awaitable<absl::Status> {
    runner_ = std::make_unique<journal::Runner>(
        loop_, reader_, *producer_,
        journal::Runner::Options{
            backing_.kafka, service_, {{service_ + ".journal", &folder_, service_ + ".events"}}});
    co_return runner_->Start();
  };
  const absl::Status status = Get(start());
  if (!status.ok()) Die(status);
}

void Replica::FillJournal(size_t records, size_t per_subject, size_t bytes) {
  const std::string event(bytes, 'e');
  const auto append = [&](size_t from, size_t to) -> asio::awaitable<absl::Status> {
    absl::Status result;
    size_t left = to - from;
    OneShot<bool> done(loop_.get_executor());
    for (size_t i = from; i < to; ++i) {
      journal::v1::Entry entry;
      const std::string subject = SubjectOf(i / per_subject);
      entry.set_subject(subject);
      entry.set_aggregate("a/" + subject);
      entry.set_event(event);
      asio::co_spawn(
          loop_,
          producer_->Append(service_ + ".journal", view::PartitionOf(subject, backing_.partitions),
                            subject, entry.SerializeAsString(), absl::Now() + kCommandLimit),
          [&](std::exception_ptr, const absl::StatusOr<int64_t>& offset) {
            result.Update(offset.status());
            if (--left == 0) done.Set(true);
          });
    }
    co_await done.Wait();
    co_return result;
  };
  for (size_t i = 0; i < records; i += kFillAtOnce) {
    const absl::Status status = Get(append(i, std::min(records, i + kFillAtOnce)));
    if (!status.ok()) Die(status);
  }
}

int64_t Replica::Folded() {
  const auto read = [this]() -> asio::awaitable<int64_t> { co_return runner_->counters().folded; };
  return Get(read());
}

bool Replica::CaughtUp() {
  const auto read = [this]() -> asio::awaitable<bool> { co_return runner_->caught_up(); };
  return Get(read());
}

asio::awaitable<void> Replica::EmptyAll() {
  for (int i = 0; i < backing_.partitions; ++i) {
    (void)co_await reader_.sections().Drop(reader_.Section(service_ + ".journal", i));
  }
}

void Replica::EmptyView() { Get(EmptyAll()); }

Issue Replica::Commands(size_t bytes) {
  return [this, event = std::string(bytes, 'e')](size_t index, Done done) {
    const std::string subject = SubjectOf(index);
    journal::Command command = {
        subject, "c/" + subject + absl::StrCat("/", absl::ToUnixNanos(absl::Now())),
        absl::StrCat("command-", index), journal::Digest(event), absl::Now() + kCommandLimit};
    const auto decide = [event](absl::string_view) -> absl::StatusOr<journal::Decision> {
      return journal::Decision{event, "done"};
    };
    asio::co_spawn(loop_, journal_.Transact(std::move(command), decide),
                   [done = std::move(done)](std::exception_ptr,
                                            const absl::StatusOr<journal::Outcome>& outcome) {
                     if (!outcome.ok()) std::cerr << "load: " << outcome.status() << "\n";
                     done(outcome.ok());
                   });
  };
}

}  // namespace tsunagu::load
