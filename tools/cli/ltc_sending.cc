#include "tools/cli/ltc_sending.h"

#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "services/ltc/careplan/file_name.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {
namespace {

using common::v1::Findings;
using ltc::v1::SendPackageRequest;

struct Sentence {
  const char* reason;
  const char* text_ja;
};

// The English is the server's.
constexpr Sentence kSentences[] = {
    {"FINDINGS", "ファイルに誤りがあるため送信していません。下に示す箇所を直してください"},
    {"NOT_THE_SENDER", "ファイル名の送信元が自分の事業所ではないため送信していません"},
    {"DESTINATION_UNKNOWN",
     "送信先の事業所が登録されておらず受け取れないため送信していません。送信先の事業所番号を"
     "確かめてください"},
    {"TIMESTAMP_TAKEN",
     "同じファイル名で内容の異なるデータを送信済みです。新しい日時のファイル名で作り直して"
     "ください"},
    {"MAILBOX_FULL", "送信先に受領されていないデータが多すぎるため送信していません"},
    {"PACKAGE_TOO_LARGE",
     "ファイルが合計2MiBを超えるため送信していません。利用者を分けて送信してください"},
};

std::string InJapanese(const std::string& reason) {
  for (const Sentence& sentence : kSentences) {
    if (reason == sentence.reason) return sentence.text_ja;
  }
  return "送信できませんでした";
}

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

std::string Rewritten(absl::Cord bytes, const SendPackageRequest& package) {
  Findings findings;
  const std::string text(bytes);
  if (!findings.ParseFromString(text)) return text;
  for (auto& finding : *findings.mutable_record()) {
    finding.set_field(WithFileName(finding.field(), package));
  }
  return findings.SerializeAsString();
}

}  // namespace

absl::StatusOr<std::vector<SendPackageRequest>> MakePackages(std::vector<ltc::v1::File> files) {
  std::map<std::string, SendPackageRequest> packages;
  ErrorBuilder error(absl::StatusCode::kInvalidArgument, "FILE_NAME",
                     "ファイル名を読めないため何も送信していません / nothing was sent: a file name "
                     "cannot be read");
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
  std::string message = absl::StrCat(InJapanese(ReasonOf(error)), " / ", error.message(),
                                     ". ファイル files: ", NamesOf(package));
  if (sent_before > 0) {
    absl::StrAppend(&message, ". この前の", sent_before, "組は送信済み / ", sent_before,
                    " packages before it were sent");
  }
  const std::string findings_url =
      absl::StrCat("type.googleapis.com/", Findings::descriptor()->full_name());
  absl::Status explained(error.code(), message);
  error.ForEachPayload([&](absl::string_view url, const absl::Cord& bytes) {
    const bool findings = url == findings_url;
    explained.SetPayload(url, findings ? absl::Cord(Rewritten(bytes, package)) : bytes);
  });
  return explained;
}

}  // namespace tsunagu::cli
