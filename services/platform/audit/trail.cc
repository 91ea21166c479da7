#include "services/platform/audit/trail.h"

#include <openssl/rand.h>

#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/status/error.h"
#include "services/platform/view/reader.h"

namespace tsunagu::audit {
namespace {

using tsunagu::audit::v1::Record;

constexpr size_t kIdBytes = 16;

std::string RandomId() {
  unsigned char bytes[kIdBytes];
  RAND_bytes(bytes, sizeof bytes);
  return absl::BytesToHexString({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

absl::Status Unavailable() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "AUDIT_UNAVAILABLE",
                      "the access could not be recorded, so nothing is disclosed")
      .Rule("AU-001")
      .RetryAfter(absl::Seconds(1));
}

struct Progress {
  explicit Progress(asio::any_io_executor executor) : done(std::move(executor)) {}
  size_t left = 0;
  bool failed = false;
  OneShot<bool> done;
};

}  // namespace

Record MakeRecord(const tsunagu::access::v1::Rule& rule,
                  const tsunagu::access::v1::Principal& principal,
                  const tsunagu::access::v1::CareContext* context, absl::Time time) {
  constexpr int64_t kNanosPerSecond = 1'000'000'000;
  Record record;
  const int64_t nanos = absl::ToUnixNanos(time);
  record.mutable_time()->set_seconds(nanos / kNanosPerSecond);
  record.mutable_time()->set_nanos(static_cast<int32_t>(nanos % kNanosPerSecond));
  record.set_action(rule.audit());
  record.set_purpose(rule.purpose());
  record.set_actor(principal.actor());
  *record.mutable_roles() = principal.roles();
  record.set_facility(principal.facility());
  record.set_facility_kind(principal.facility_kind());
  record.set_local_user(principal.local_user());
  if (context != nullptr) {
    record.set_care_context(context->id());
    record.set_context_source(context->source());
  }
  return record;
}

asio::awaitable<absl::Status> Trail::Write(std::vector<Record> records, absl::Time deadline) {
  if (records.empty()) co_return absl::OkStatus();
  auto progress = std::make_shared<Progress>(loop_.get_executor());
  progress->left = records.size();
  for (Record& record : records) {
    record.set_id(RandomId());
    const int partition = view::PartitionOf(record.subject(), partitions_);
    asio::co_spawn(
        loop_,
        producer_.Append(topic_, partition, record.subject(), record.SerializeAsString(), deadline),
        [progress](std::exception_ptr, const absl::StatusOr<int64_t>& offset) {
          progress->failed = progress->failed || !offset.ok();
          if (--progress->left == 0) progress->done.Set(true);
        });
  }
  co_await progress->done.Wait();
  co_return progress->failed ? Unavailable() : absl::OkStatus();
}

}  // namespace tsunagu::audit
