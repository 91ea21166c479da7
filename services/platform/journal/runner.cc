#include "services/platform/journal/runner.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/async/gather.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/status/macros.h"
#include "services/platform/view/section.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::journal {
namespace {

constexpr size_t kBatchRecords = 512;
constexpr size_t kBatchBytes = 4 << 20;
// A partition's queue is filled up to here, then its consumption pauses until half is folded.
constexpr size_t kQueueBytes = 16 << 20;
constexpr size_t kQueueRecords = 20'000;
constexpr absl::Duration kWatchInterval = absl::Milliseconds(200);
constexpr absl::Duration kAskInterval = absl::Seconds(1);
constexpr absl::Duration kAskLimit = absl::Seconds(2);
constexpr absl::Duration kRetryDelay = absl::Milliseconds(50);
constexpr absl::Duration kPublishLimit = absl::Seconds(30);

}  // namespace

Runner::Runner(asio::io_context& loop, view::Reader& reader, Producer& producer, Options options)
    : loop_(loop), reader_(reader), producer_(producer), options_(std::move(options)) {
  for (const FoldedTopic& topic : options_.topics) {
    for (int i = 0; i < reader_.partitions(); ++i) {
      Partition& partition = partitions_[{topic.topic, i}];
      partition.id = {topic.topic, i};
      partition.topic = &topic;
    }
  }
}

Runner::~Runner() {
  blocking_.join();  // its work asks the consumer
  consumer_.reset();
}

absl::Status Runner::Start() {
  if (options_.topics.empty()) return absl::OkStatus();  // a service without views
  Consumer::Options options;
  options.brokers = options_.brokers;
  options.group = absl::StrCat("tsunagu.", options_.service);
  options.gather = options_.gather;
  options.session_timeout_ms = options_.session_timeout_ms;
  for (const FoldedTopic& topic : options_.topics) options.topics.push_back(topic.topic);
  ASSIGN_OR_RETURN(consumer_, Consumer::Start(loop_, std::move(options), *this));
  asio::co_spawn(loop_, Watch(), asio::detached);
  asio::co_spawn(loop_, AskEnds(), asio::detached);
  return absl::OkStatus();
}

view::SectionId Runner::Section(const Partition& partition) const {
  return reader_.Section(partition.id.first, partition.id.second);
}

asio::awaitable<int64_t> Runner::OnAssigned(TopicPartition id, int64_t end) {
  Partition& partition = partitions_.at(id);
  partition.owned = true;
  partition.locating = true;
  while (!(co_await Locate(partition, end)).ok()) co_await Sleep(kRetryDelay);
  partition.locating = false;
  co_return partition.stored.applied;
}

void Runner::OnRevoked(TopicPartition id) {
  Partition& partition = partitions_.at(id);
  partition.owned = false;
  DropQueue(partition);
}

void Runner::DropQueue(Partition& partition) {
  partition.queue.clear();
  partition.queued_bytes = 0;
  if (!partition.paused) return;
  partition.paused = false;
  consumer_->Resume(partition.id);
}

void Runner::OnRecords(TopicPartition id, std::vector<Record> records) {
  Partition& partition = partitions_.at(id);
  if (!partition.owned) return;
  for (Record& record : records) {
    const int64_t next =
        partition.queue.empty() ? partition.stored.applied : partition.queue.back().offset + 1;
    // Records read before a seek took effect. While a batch is being folded `stored` lags, but then
    // its records still head the queue.
    if (record.offset != next) continue;
    partition.queued_bytes += record.value.size();
    partition.queue.push_back(std::move(record));
  }
  if (!partition.paused &&
      (partition.queued_bytes > kQueueBytes || partition.queue.size() > kQueueRecords)) {
    partition.paused = true;
    consumer_->Pause(id);
  }
  if (!partition.folding && !partition.queue.empty()) {
    partition.folding = true;
    asio::co_spawn(loop_, Fold(partition), asio::detached);
  }
}

std::vector<Record> Runner::TakeBatch(Partition& partition) {
  std::vector<Record> batch;
  size_t bytes = 0;
  for (const Record& record : partition.queue) {
    bytes += record.value.size();
    if (!batch.empty() && (batch.size() == kBatchRecords || bytes > kBatchBytes)) break;
    batch.push_back(record);
  }
  return batch;
}

asio::awaitable<void> Runner::Fold(Partition& partition) {
  while (partition.owned && !partition.queue.empty()) {
    std::vector<Record> batch = TakeBatch(partition);
    const size_t records = batch.size();
    const int64_t first = batch.front().offset;
    const absl::Status status = co_await FoldBatch(partition, std::move(batch));
    if (!partition.owned) break;
    if (!status.ok()) {
      if (absl::IsAborted(status)) {
        ++counters_.refused;
      } else {
        co_await Sleep(kRetryDelay);
      }
      co_await Relocate(partition);
      continue;
    }
    for (size_t i = 0; i < records && !partition.queue.empty(); ++i) {
      if (partition.queue.front().offset != first + static_cast<int64_t>(i)) break;
      partition.queued_bytes -= partition.queue.front().value.size();
      partition.queue.pop_front();
    }
    if (partition.paused && partition.queued_bytes < kQueueBytes / 2 &&
        partition.queue.size() < kQueueRecords / 2) {
      partition.paused = false;
      consumer_->Resume(partition.id);
    }
  }
  partition.folding = false;
}

asio::awaitable<absl::Status> Runner::FoldBatch(Partition& partition, std::vector<Record> batch) {
  const Folder& folder = *partition.topic->folder;
  std::set<std::string> unique;
  for (const Record& record : batch) {
    for (std::string& name : folder.Touches(record)) unique.insert(std::move(name));
  }
  std::vector<std::string> names(unique.begin(), unique.end());
  CO_ASSIGN_OR_RETURN(view::Snapshot snapshot,
                      co_await reader_.sections().Read(Section(partition), names));
  const view::Position from = partition.stored;
  if (snapshot.position != from || batch.front().offset != from.applied) {
    co_return absl::AbortedError("the section stands elsewhere");
  }
  States states;
  for (size_t i = 0; i < names.size(); ++i) {
    states.Load(std::move(names[i]), std::move(snapshot.values[i]));
  }
  Publications publications;
  for (const Record& record : batch) {
    const Verdict verdict = folder.Apply(record, states, publications);
    ++counters_.folded;
    if (verdict == Verdict::kVoid) ++counters_.voided;
    if (verdict == Verdict::kUndecodable) {
      ++counters_.undecodable;
      states.Put(absl::StrCat("undecodable/", record.offset), record.value);
    }
  }
  CO_RETURN_IF_ERROR(co_await Publish(partition, std::move(publications)));
  view::Position to = from;
  to.applied = batch.back().offset + 1;
  CO_RETURN_IF_ERROR(
      co_await reader_.sections().Store(Section(partition), from, to, states.Changes()));
  partition.stored = to;
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Runner::Publish(const Partition& partition,
                                              Publications publications) {
  const std::string& topic = partition.topic->publish_to;
  std::vector<asio::awaitable<absl::StatusOr<int64_t>>> appends;
  for (const auto& publication : publications) {
    if (topic.empty() || publication.source_offset() < partition.published_to) continue;
    appends.push_back(producer_.Append(
        topic, view::PartitionOf(publication.subject(), reader_.partitions()),
        publication.subject(), Serialize(publication), absl::Now() + kPublishLimit));
  }
  absl::Status status;
  for (const auto& offset : co_await Gather(loop_, std::move(appends))) {
    status.Update(offset.status());
  }
  co_return status;
}

asio::awaitable<absl::Status> Runner::Locate(Partition& partition, int64_t end) {
  view::Sections& sections = reader_.sections();
  CO_ASSIGN_OR_RETURN(view::Snapshot snapshot, co_await sections.Read(Section(partition), {}));
  // Ahead of the log: the log was wiped and this is a view of another one.
  if (snapshot.position.has_value() && snapshot.position->applied > end) {
    CO_RETURN_IF_ERROR(co_await sections.Drop(Section(partition)));
    snapshot.position.reset();
  }
  if (snapshot.position.has_value()) {
    partition.stored = *snapshot.position;
    partition.published_to = 0;
    if (!partition.stored.Readable()) CO_RETURN_IF_ERROR(co_await FindPublished(partition));
    co_return absl::OkStatus();
  }
  ++counters_.rebuilds;
  CO_RETURN_IF_ERROR(co_await FindPublished(partition));
  const view::Position start = {.applied = 0, .target = end};
  CO_RETURN_IF_ERROR(co_await sections.Store(Section(partition), std::nullopt, start, {}));
  partition.stored = start;
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Runner::FindPublished(Partition& partition) {
  partition.published_to = 0;
  const std::string& topic = partition.topic->publish_to;
  if (topic.empty()) co_return absl::OkStatus();
  const int number = partition.id.second;
  const auto tail = co_await asio::co_spawn(
      blocking_,
      [&]() -> asio::awaitable<absl::StatusOr<std::optional<Record>>> {
        co_return ReadTail(options_.brokers, topic, number);
      },
      asio::use_awaitable);
  if (!tail.ok()) co_return tail.status();
  tsunagu::journal::v1::Published published;
  if (tail->has_value() && published.ParseFromString((*tail)->value)) {
    partition.published_to = published.source_offset() + 1;
  }
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Runner::LocateNow(Partition& partition) {
  // Not the end as last heard of: a view that is readable before the true end could forget what was
  // acknowledged.
  const auto end = co_await asio::co_spawn(
      blocking_,
      [this, &partition]() -> asio::awaitable<absl::StatusOr<int64_t>> {
        co_return consumer_->QueryEnd(partition.id);
      },
      asio::use_awaitable);
  if (!end.ok()) co_return end.status();
  co_return co_await Locate(partition, *end);
}

asio::awaitable<void> Runner::Relocate(Partition& partition) {
  DropQueue(partition);
  for (;;) {
    const absl::Status located = co_await LocateNow(partition);
    if (!partition.owned) co_return;
    if (located.ok()) break;
    co_await Sleep(kRetryDelay);
  }
  DropQueue(partition);  // records that came while we looked
  consumer_->Seek(partition.id, partition.stored.applied);
}

asio::awaitable<void> Runner::AskEnds() {
  const std::vector<TopicPartition> all = Partitions();
  for (;;) {
    const absl::Time asked = absl::Now();
    const auto ends = co_await asio::co_spawn(
        blocking_,
        [&]() -> asio::awaitable<std::map<TopicPartition, int64_t>> {
          co_return consumer_->QueryEnds(all, kAskLimit);
        },
        asio::use_awaitable);
    for (const auto& [id, end] : ends) {
      partitions_.at(id).end = {end, asked};
    }
    co_await Sleep(ends.size() == all.size() ? kAskInterval : kRetryDelay);
  }
}

asio::awaitable<void> Runner::Watch() {
  for (;;) {
    redis_answers_ = co_await LookAtAll();
    looked_ = absl::Now();
    co_await Sleep(kWatchInterval);
  }
}

asio::awaitable<bool> Runner::LookAtAll() {
  for (auto& [id, partition] : partitions_) {
    const LogEnd end = partition.end;
    const int64_t stored = partition.stored.applied;
    const auto snapshot = co_await reader_.sections().Read(Section(partition), {});
    if (!snapshot.ok()) co_return false;
    Advance(partition.progress, snapshot->position, end, absl::Now());
    // Redis lost it, or came back with an older one, while nothing was written: nobody else would
    // notice.
    const auto& position = snapshot->position;
    const bool lost = !position.has_value() || position->applied < stored;
    if (lost && partition.owned && !partition.folding && !partition.locating) {
      partition.folding = true;
      co_await Relocate(partition);
      partition.folding = false;
    }
  }
  co_return true;
}

std::vector<TopicPartition> Runner::Partitions() const {
  std::vector<TopicPartition> all;
  for (const auto& [id, partition] : partitions_) all.push_back(id);
  return all;
}

std::vector<int> Runner::Owned(const std::string& topic) const {
  std::vector<int> numbers;
  for (const auto& [id, partition] : partitions_) {
    if (id.first == topic && partition.owned) numbers.push_back(id.second);
  }
  return numbers;
}

absl::string_view Runner::Missing() const {
  if (partitions_.empty()) return "";
  const absl::Time now = absl::Now();
  const absl::Time limit = now - kMaxViewAge;
  bool broker_answers = false;
  std::map<const FoldedTopic*, int> caught_up;  // partitions
  for (const auto& [id, partition] : partitions_) {
    broker_answers |= partition.end.asked > limit;
    caught_up[partition.topic] += partition.progress.IsCaughtUp(now) ? 1 : 0;
  }
  if (!broker_answers) return "kafka";
  if (!redis_answers_ || looked_ <= limit) return "redis";
  const int least =
      std::min_element(caught_up.begin(), caught_up.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;
      })->second;
  if (least == 0) return "fold";
  return least < reader_.partitions() ? "partition" : "";
}

}  // namespace tsunagu::journal
