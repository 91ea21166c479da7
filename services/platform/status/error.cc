#include "services/platform/status/error.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace tsunagu {
namespace {

constexpr char kDomain[] = "tsunagu";
constexpr char kRuleKey[] = "rule";
constexpr char kTypePrefix[] = "type.googleapis.com/";

std::string TypeUrl(const google::protobuf::Message& message) {
  return absl::StrCat(kTypePrefix, message.GetDescriptor()->full_name());
}

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  const auto payload = status.GetPayload(TypeUrl(info));
  if (payload.has_value()) info.ParseFromString(std::string(*payload));
  return info;
}

}  // namespace

ErrorBuilder::ErrorBuilder(absl::StatusCode code, absl::string_view reason,
                           absl::string_view message)
    : code_(code), message_(message) {
  info_.set_reason(std::string(reason));
  info_.set_domain(kDomain);
}

ErrorBuilder& ErrorBuilder::Rule(absl::string_view rule) { return Metadata(kRuleKey, rule); }

ErrorBuilder& ErrorBuilder::Metadata(absl::string_view key, absl::string_view value) {
  (*info_.mutable_metadata())[std::string(key)] = std::string(value);
  return *this;
}

ErrorBuilder& ErrorBuilder::Fields(const std::vector<WrongField>& wrong) {
  for (const WrongField& field : wrong) Field(field.path, field.description);
  return *this;
}

ErrorBuilder& ErrorBuilder::Field(absl::string_view path, absl::string_view description) {
  auto* violation = bad_request_.add_field_violations();
  violation->set_field(std::string(path));
  violation->set_description(std::string(description));
  return *this;
}

ErrorBuilder& ErrorBuilder::RetryAfter(absl::Duration delay) {
  const int64_t nanos = absl::ToInt64Nanoseconds(delay);
  constexpr int64_t kNanosPerSecond = 1'000'000'000;
  retry_.emplace().mutable_retry_delay()->set_seconds(nanos / kNanosPerSecond);
  retry_->mutable_retry_delay()->set_nanos(static_cast<int32_t>(nanos % kNanosPerSecond));
  return *this;
}

ErrorBuilder& ErrorBuilder::Detail(const google::protobuf::Message& detail) {
  details_.emplace_back().PackFrom(detail);
  return *this;
}

ErrorBuilder::operator absl::Status() const {
  absl::Status status(code_, message_);
  const auto add = [&status](const google::protobuf::Message& message) {
    status.SetPayload(TypeUrl(message), absl::Cord(message.SerializeAsString()));
  };
  add(info_);
  if (bad_request_.field_violations_size() > 0) add(bad_request_);
  if (retry_.has_value()) add(*retry_);
  for (const auto& detail : details_)
    status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  return status;
}

std::string ReasonOf(const absl::Status& status) { return InfoOf(status).reason(); }

std::string RuleOf(const absl::Status& status) {
  const google::rpc::ErrorInfo info = InfoOf(status);
  const auto rule = info.metadata().find(kRuleKey);
  return rule == info.metadata().end() ? "" : rule->second;
}

std::map<std::string, std::string> MetadataOf(const absl::Status& status) {
  const google::rpc::ErrorInfo info = InfoOf(status);
  std::map<std::string, std::string> metadata(info.metadata().begin(), info.metadata().end());
  metadata.erase(kRuleKey);
  return metadata;
}

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(std::string(status.message()));
  status.ForEachPayload([&wire](absl::string_view type_url, const absl::Cord& payload) {
    auto* detail = wire.add_details();
    detail->set_type_url(std::string(type_url));
    detail->set_value(std::string(payload));
  });
  return wire;
}

absl::Status FromRpcStatus(const google::rpc::Status& wire) {
  absl::Status status(static_cast<absl::StatusCode>(wire.code()), wire.message());
  for (const auto& detail : wire.details()) {
    status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return status;
}

}  // namespace tsunagu
