#include "tools/cli/ltc_sending.h"

#include <map>
#include <span>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "services/ltc/careplan/file_name.h"
#include "services/platform/status/error.h"
#include "tools/cli/explain.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {
namespace {

using ltc::v1::SendPackageRequest;

std::string NamesOf(std::span<const SendPackageRequest> packages) {
  std::vector<std::string> names;
  for (const SendPackageRequest& package : packages) {
    for (const ltc::v1::File& file : package.files()) names.push_back(file.name());
  }
  return ListOf(names);
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

absl::Status ExplainSending(const absl::Status& error,
                            const std::vector<SendPackageRequest>& packages, size_t package) {
  const std::span all(packages);
  const SendPackageRequest& failed = packages[package];
  const size_t certain = IsRefusal(error) ? package : package + 1;
  std::map<std::string, std::string> metadata = {{"files", NamesOf(all.subspan(package, 1))},
                                                 {"packages_sent_before", absl::StrCat(package)},
                                                 {"files_sent", NamesOf(all.first(package))},
                                                 {"files_not_sent", NamesOf(all.subspan(certain))}};
  if (certain > package) metadata["files_unknown"] = metadata["files"];
  return Explain(error, metadata, [&failed](common::v1::Finding& finding) {
    finding.set_field(WithFileName(finding.field(), failed));
  });
}

}  // namespace tsunagu::cli
