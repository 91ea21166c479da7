#include "services/platform/view/reader.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "services/platform/national/insured.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "services/platform/view/redis.h"

namespace tsunagu::view {
namespace {

// How often Redis is asked while somebody waits, in case a published message was lost.
constexpr absl::Duration kRefreshInterval = absl::Milliseconds(100);
// How often a section under rebuild is looked at again.
constexpr absl::Duration kRebuildPoll = absl::Milliseconds(10);

absl::Status Rebuilding() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "VIEW_REBUILDING",
                      "this part of the view is being rebuilt from the log")
      .Rule("JR-014")
      .RetryAfter(absl::Seconds(1));
}

absl::Status Unreachable() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "VIEW_UNREACHABLE",
                      "the store of the views does not answer")
      .Rule("JR-015")
      .RetryAfter(absl::Seconds(1));
}

}  // namespace

int PartitionOf(absl::string_view pseudonym, int partitions) {
  return national::RoutingHash(pseudonym) % partitions;
}

Reader::Reader(asio::io_context& loop, Redis& commands, Redis& subscriber, std::string service,
               int partitions)
    : loop_(loop), sections_(commands), service_(std::move(service)), partitions_(partitions) {
  subscriber.Subscribe(
      ChannelPattern(service_),
      [this](const std::string& channel, const std::string& message) {
        int64_t applied = 0;
        if (absl::SimpleAtoi(message, &applied)) Advance(progress_[channel], applied);
      },
      [this] { CatchUp(); });
  asio::co_spawn(loop_, RefreshRegularly(), asio::detached);
}

SectionId Reader::Section(absl::string_view topic, int partition) const {
  return {service_, std::string(topic), partition};
}

asio::awaitable<absl::StatusOr<std::vector<std::string>>> Reader::Read(
    std::string topic, std::string pseudonym, std::vector<std::string> names, absl::Time deadline) {
  CO_ASSIGN_OR_RETURN(
      Snapshot snapshot,
      co_await ReadSnapshot(std::move(topic), std::move(pseudonym), std::move(names), deadline));
  co_return std::move(snapshot.values);
}

asio::awaitable<absl::StatusOr<Snapshot>> Reader::ReadSnapshot(std::string topic,
                                                               std::string pseudonym,
                                                               std::vector<std::string> names,
                                                               absl::Time deadline) {
  const SectionId section = Section(topic, PartitionOf(pseudonym, partitions_));
  for (;;) {
    auto snapshot = co_await sections_.Read(section, names);
    if (snapshot.ok() && snapshot->position.has_value() && snapshot->position->Readable()) {
      co_return snapshot;
    }
    if (absl::Now() + kRebuildPoll >= deadline) {
      co_return snapshot.ok() ? Rebuilding() : Unreachable();
    }
    co_await Sleep(kRebuildPoll);
  }
}

asio::awaitable<absl::Status> Reader::WaitFor(SectionId section, int64_t offset,
                                              absl::Time deadline) {
  Progress& progress = progress_[section.Channel()];
  progress.section = std::move(section);
  if (progress.applied > offset) co_return absl::OkStatus();
  auto folded = std::make_shared<OneShot<bool>>(loop_.get_executor());
  const auto entry = progress.waiting.emplace(offset, folded);
  const auto done = co_await folded->WaitUntil(deadline);
  if (done.has_value()) co_return absl::OkStatus();
  progress.waiting.erase(entry);
  co_return absl::DeadlineExceededError("the record is not folded yet");
}

asio::awaitable<bool> Reader::WaitForAny(std::vector<Point> points, absl::Time deadline) {
  const auto advanced = std::make_shared<OneShot<bool>>(loop_.get_executor());
  std::vector<Progress*> entered;
  for (const Point& point : points) {
    SectionId section = Section(point.topic, PartitionOf(point.pseudonym, partitions_));
    Progress& progress = progress_[section.Channel()];
    progress.section = std::move(section);
    if (progress.applied > point.applied) advanced->Set(true);
    progress.waiting.emplace(point.applied, advanced);
    entered.push_back(&progress);
  }
  const bool done = (co_await advanced->WaitUntil(deadline)).has_value();
  for (Progress* progress : entered) {
    std::erase_if(progress->waiting, [&](const auto& one) { return one.second == advanced; });
  }
  co_return done;
}

void Reader::Advance(Progress& progress, int64_t applied) {
  // Not the maximum: a rebuild starts from the beginning, and what was folded before it is gone.
  progress.applied = applied;
  const auto end = progress.waiting.lower_bound(applied);
  for (auto it = progress.waiting.begin(); it != end; it = progress.waiting.erase(it)) {
    it->second->Set(true);
  }
}

void Reader::CatchUp() {
  for (const auto& [channel, progress] : progress_) {
    if (!progress.waiting.empty()) asio::co_spawn(loop_, Refresh(channel), asio::detached);
  }
}

asio::awaitable<void> Reader::Refresh(std::string channel) {
  const auto snapshot = co_await sections_.Read(progress_[channel].section, {});
  if (snapshot.ok() && snapshot->position.has_value()) {
    Advance(progress_[channel], snapshot->position->applied);
  }
}

asio::awaitable<void> Reader::RefreshRegularly() {
  for (;;) {
    co_await Sleep(kRefreshInterval);
    CatchUp();
  }
}

}  // namespace tsunagu::view
