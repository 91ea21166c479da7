#include "tools/cli/ltc_sending.h"

#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "google/rpc/details.pb.h"
#include "services/ltc/careplan/file_name.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {
namespace {

using common::v1::Findings;
using ltc::v1::SendPackageRequest;

std::string NamesOf(const SendPackageRequest& package) {
  return absl::StrJoin(package.files(), ", ", [](std::string* out, const ltc::v1::File& file) {
    absl::StrAppend(out, file.name());
  });
}

// "file[2]" or "UP1KYO.care_level" with the name of the file that it lies in.
std::string WithFileName(const std::string& field, const SendPackageRequest& package) {
  absl::string_view number = field;
  int index = 0;
  if (absl::ConsumePrefix(&number, "file[") && absl::ConsumeSuffix(&number, "]") &&
      absl::SimpleAtoi(number, &index) && index >= 1 && index <= package.files_size()) {
    return package.files(index - 1).name();
  }
  const std::string kind = field.substr(0, field.find('.'));
  for (const ltc::v1::File& file : package.files()) {
    if (!kind.empty() && absl::StartsWith(file.name(), kind + "_")) {
      return absl::StrCat(file.name(), ": ", field);
    }
  }
  return field;
}

std::string UrlOf(const google::protobuf::Message& message) {
  return absl::StrCat("type.googleapis.com/", message.GetDescriptor()->full_name());
}

std::string WithFileNames(const std::string& bytes, const SendPackageRequest& package) {
  Findings findings;
  if (!findings.ParseFromString(bytes)) return bytes;
  for (auto& finding : *findings.mutable_record()) {
    finding.set_field(WithFileName(finding.field(), package));
  }
  return findings.SerializeAsString();
}

std::string WithMetadata(const std::string& bytes, const SendPackageRequest& package,
                         size_t sent_before) {
  google::rpc::ErrorInfo info;
  if (!info.ParseFromString(bytes)) return bytes;
  (*info.mutable_metadata())["files"] = NamesOf(package);
  (*info.mutable_metadata())["packages_sent_before"] = absl::StrCat(sent_before);
  return info.SerializeAsString();
}

}  // namespace

absl::StatusOr<std::vector<SendPackageRequest>> MakePackages(std::vector<ltc::v1::File> files) {
  std::map<std::string, SendPackageRequest> packages;
  ErrorBuilder error(absl::StatusCode::kInvalidArgument, "FILE_NAME",
                     "nothing was sent: a file name cannot be read");
  bool failed = false;
  bool prevention = false;
  for (ltc::v1::File& file : files) {
    const auto name = ltc::careplan::ParseFileName(file.name());
    if (!name.ok()) {
      failed = true;
      prevention = prevention || ltc::careplan::IsPreventionPlan(file.name());
      error.Field(file.name(), name.status().message());
      continue;
    }
    const std::string key =
        absl::StrJoin({name->timestamp, name->destination.number, name->destination.kind,
                       name->source.number, name->source.kind},
                      "/");
    *packages[key].add_files() = std::move(file);
  }
  if (failed) return error.Rule(prevention ? "LTC-107" : "LTC-100");
  std::vector<SendPackageRequest> result;
  for (auto& package : packages) result.push_back(std::move(package.second));
  return result;
}

absl::Status ExplainSending(const absl::Status& error, const SendPackageRequest& package,
                            size_t sent_before) {
  absl::Status explained(error.code(), error.message());
  error.ForEachPayload([&](absl::string_view url, const absl::Cord& bytes) {
    std::string detail(bytes);
    if (url == UrlOf(Findings())) detail = WithFileNames(detail, package);
    if (url == UrlOf(google::rpc::ErrorInfo())) detail = WithMetadata(detail, package, sent_before);
    explained.SetPayload(url, absl::Cord(detail));
  });
  if (!ReasonOf(error).empty()) return explained;
  // The connection's own error has no details to put it into.
  return absl::Status(error.code(), absl::StrCat(error.message(), " (files: ", NamesOf(package),
                                                 "; packages sent before: ", sent_before, ")"));
}

}  // namespace tsunagu::cli
