#include "tools/cli/explain.h"

#include <span>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/rpc/details.pb.h"

namespace tsunagu::cli {
namespace {

// An error is for people to read.
constexpr size_t kMaxListed = 20;

template <typename Message>
std::string UrlOf() {
  return absl::StrCat("type.googleapis.com/", Message::descriptor()->full_name());
}

// Replaces that detail, or adds it.
template <typename Message>
void SetDetail(const Message& message, absl::Status* status) {
  status->SetPayload(UrlOf<Message>(), absl::Cord(message.SerializeAsString()));
}

// The default value when the error has no such detail.
template <typename Message>
Message DetailOf(const absl::Status& status) {
  Message message;
  const auto bytes = status.GetPayload(UrlOf<Message>());
  if (bytes.has_value()) message.ParseFromString(std::string(*bytes));
  return message;
}

}  // namespace

absl::Status Explain(const absl::Status& error, const std::map<std::string, std::string>& metadata,
                     absl::FunctionRef<void(common::v1::Finding&)> place) {
  absl::Status explained = error;
  auto info = DetailOf<google::rpc::ErrorInfo>(error);
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  SetDetail(info, &explained);
  auto findings = DetailOf<common::v1::Findings>(error);
  if (findings.record().empty()) return explained;
  for (auto& finding : *findings.mutable_record()) place(finding);
  SetDetail(findings, &explained);
  return explained;
}

absl::Status Explain(const absl::Status& error,
                     const std::map<std::string, std::string>& metadata) {
  return Explain(error, metadata, [](common::v1::Finding&) {});
}

bool IsRefusal(const absl::Status& error) {
  switch (error.code()) {
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kUnknown:
      return false;
    default:
      return true;
  }
}

std::string ListOf(const std::vector<std::string>& items) {
  if (items.size() <= kMaxListed) return absl::StrJoin(items, ", ");
  return absl::StrCat(absl::StrJoin(std::span(items).first(kMaxListed), ", "), ", ... (",
                      items.size(), " in all)");
}

}  // namespace tsunagu::cli
