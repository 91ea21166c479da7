#include "services/platform/audit/trail.h"

#include <google/protobuf/util/time_util.h>
#include <openssl/rand.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "services/platform/async/gather.h"
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

}  // namespace

Record MakeRecord(const tsunagu::access::v1::Rule& rule,
                  const tsunagu::access::v1::Principal& principal,
                  const tsunagu::access::v1::CareContext* context, absl::Time time) {
  Record record;
  *record.mutable_time() =
      google::protobuf::util::TimeUtil::NanosecondsToTimestamp(absl::ToUnixNanos(time));
  record.set_action(rule.audit());
  record.set_purpose(rule.purpose());
  record.set_actor(principal.actor());
  *record.mutable_roles() = principal.roles();
  record.set_facility(principal.facility());
  record.set_facility_kind(principal.facility_kind());
  record.set_facility_name(principal.facility_name());
  record.set_local_user(principal.local_user());
  if (context != nullptr) {
    record.set_care_context(context->id());
    record.set_context_source(context->source());
  }
  return record;
}

asio::awaitable<absl::Status> Trail::Write(std::vector<Record> records, absl::Time deadline) {
  std::vector<asio::awaitable<absl::StatusOr<int64_t>>> appends;
  appends.reserve(records.size());
  for (Record& record : records) {
    record.set_id(RandomId());
    const int partition = view::PartitionOf(record.subject(), partitions_);
    appends.push_back(producer_.Append(topic_, partition, record.subject(),
                                       record.SerializeAsString(), deadline));
  }
  for (const auto& offset : co_await Gather(loop_, std::move(appends))) {
    if (!offset.ok()) co_return Unavailable();
  }
  co_return absl::OkStatus();
}

}  // namespace tsunagu::audit
