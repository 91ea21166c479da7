#include "tools/cli/error_text.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "google/rpc/details.pb.h"
#include "services/platform/national/finding_text.h"
#include "services/platform/status/error.h"
#include "tools/cli/reason_text.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::ordered_json;
using common::v1::Finding;
using common::v1::Findings;
using google::protobuf::util::TimeUtil;

// A detail of that type; unset when the error has none or it cannot be read.
template <typename Message>
std::optional<Message> Detail(const absl::Status& status) {
  const auto bytes =
      status.GetPayload(absl::StrCat("type.googleapis.com/", Message::descriptor()->full_name()));
  Message message;
  if (!bytes.has_value() || !message.ParseFromString(std::string(*bytes))) return std::nullopt;
  return message;
}

std::string FindingLine(const Finding& finding) {
  const char* severity =
      finding.severity() == common::v1::SEVERITY_WARNING ? "警告 warning" : "エラー error";
  const std::string code =
      national::FindingCode(finding.rule(), finding.severity() != common::v1::SEVERITY_WARNING);
  std::string line =
      absl::StrCat("  ", severity, " ", Printable(code), " ", Printable(finding.rule()));
  if (finding.record() > 0) absl::StrAppend(&line, " ", finding.record(), " 行目 line");
  const int record = national::RecordNumberOf(finding.field());
  if (record > 0) absl::StrAppend(&line, " ", record, " レコード record");
  if (!finding.field().empty()) absl::StrAppend(&line, " ", Printable(finding.field()));
  return absl::StrCat(line, "\n    ", Printable(finding.text_ja()), "\n    ",
                      Printable(finding.text_en()), "\n");
}

template <typename List>
void AppendFindings(const char* part, const List& findings, std::string* text) {
  if (findings.empty()) return;
  absl::StrAppend(text, part, ":\n");
  for (const Finding& finding : findings) absl::StrAppend(text, FindingLine(finding));
}

template <typename List>
void AppendFindings(const char* part, const List& findings, Json* array) {
  for (const Finding& finding : findings) {
    const bool is_error = finding.severity() != common::v1::SEVERITY_WARNING;
    array->push_back({{"part", part},
                      {"code", national::FindingCode(finding.rule(), is_error)},
                      {"rule", finding.rule()},
                      {"severity", is_error ? "error" : "warning"},
                      {"line", finding.record()},
                      {"record", national::RecordNumberOf(finding.field())},
                      {"field", finding.field()},
                      {"text_ja", finding.text_ja()},
                      {"text_en", finding.text_en()}});
  }
}

// The state of a prescription in words, anything else as it is.
std::string InWords(const std::string& key, const std::string& value) {
  prescription::v1::Status status;
  if (key != "status" || !prescription::v1::Status_Parse(value, &status)) return value;
  return Word(status);
}

// CL-060: rounded up, so that who waits so long is not too early.
std::string WaitText(int64_t milliseconds) {
  struct Unit {
    int64_t milliseconds;
    int64_t up_to;  // of them
    const char* ja;
    const char* en;
  };
  static constexpr Unit kUnits[] = {{1000, 90, "秒", "second"},
                                    {60 * 1000, 90, "分", "minute"},
                                    {60 * 60 * 1000, INT64_MAX, "時間", "hour"}};
  for (const Unit& unit : kUnits) {
    const int64_t count =
        std::max<int64_t>(1, (milliseconds + unit.milliseconds - 1) / unit.milliseconds);
    if (count > unit.up_to) continue;
    return absl::StrCat("約 ", count, " ", unit.ja, " (about ", count, " ", unit.en,
                        count == 1 ? "" : "s", ")");
  }
  return "";
}

Json FieldsJson(const google::rpc::BadRequest& request) {
  Json fields = Json::array();
  for (const auto& violation : request.field_violations()) {
    fields.push_back({{"field", violation.field()}, {"description", violation.description()}});
  }
  return fields;
}

Json FindingsJson(const Findings& findings) {
  Json array = Json::array();
  AppendFindings("envelope", findings.envelope(), &array);
  AppendFindings("record", findings.record(), &array);
  AppendFindings("signature", findings.signature(), &array);
  return array;
}

}  // namespace

std::string ErrorText(const absl::Status& status, const std::string& command_id) {
  std::string text = absl::StrCat("エラー error: ", absl::StatusCodeToString(status.code()), ": ",
                                  JapaneseText(status, command_id), "\n  ",
                                  Printable(EnglishText(status, command_id)), "\n");
  const std::string reason = ReasonOf(status);
  if (!reason.empty()) absl::StrAppend(&text, "理由 reason: ", Printable(reason), "\n");
  const std::string rule = RuleOf(status);
  if (!rule.empty()) {
    absl::StrAppend(&text, "規則 rule: ", Printable(rule), " (docs/requirements)\n");
  }
  if (!command_id.empty()) {
    absl::StrAppend(&text, "操作番号 command id: ", Printable(command_id), "\n");
  }
  for (const auto& [key, value] : MetadataOf(status)) {
    absl::StrAppend(&text, "付加情報 ", Printable(key), ": ", Printable(InWords(key, value)), "\n");
  }
  if (const auto request = Detail<google::rpc::BadRequest>(status)) {
    for (const auto& violation : request->field_violations()) {
      absl::StrAppend(&text, "項目 field ", Printable(violation.field()), ": ",
                      Printable(violation.description()), "\n");
    }
  }
  if (const auto findings = Detail<Findings>(status)) {
    AppendFindings("電文 envelope", findings->envelope(), &text);
    AppendFindings("記録 record", findings->record(), &text);
    AppendFindings("署名 signature", findings->signature(), &text);
  }
  if (const auto retry = Detail<google::rpc::RetryInfo>(status)) {
    absl::StrAppend(&text, "再試行まで retry after: ",
                    WaitText(TimeUtil::DurationToMilliseconds(retry->retry_delay())), "\n");
  }
  return text;
}

std::string ErrorJson(const absl::Status& status, const std::string& command_id) {
  Json error = {{"code", absl::StatusCodeToString(status.code())},
                {"message_ja", JapaneseText(status, command_id)},
                {"message", EnglishText(status, command_id)}};
  const std::string reason = ReasonOf(status);
  if (!reason.empty()) error["reason"] = reason;
  const std::string rule = RuleOf(status);
  if (!rule.empty()) error["rule"] = rule;
  if (!command_id.empty()) error["command_id"] = command_id;
  for (const auto& [key, value] : MetadataOf(status)) error["metadata"][key] = value;
  if (const auto retry = Detail<google::rpc::RetryInfo>(status)) {
    error["retry_after_ms"] = TimeUtil::DurationToMilliseconds(retry->retry_delay());
  }
  if (const auto request = Detail<google::rpc::BadRequest>(status)) {
    error["fields"] = FieldsJson(*request);
  }
  if (const auto findings = Detail<Findings>(status)) error["findings"] = FindingsJson(*findings);
  return Json({{"error", error}}).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool IsToBeRepeated(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsAborted(status) || RuleOf(status) == "CL-017" ||
         Detail<google::rpc::RetryInfo>(status).has_value();
}

}  // namespace tsunagu::cli
