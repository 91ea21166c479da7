#include "tools/terminal/answer_fields.h"

#include <algorithm>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Answer;
using prescription::envelope::Field;
using prescription::envelope::Fields;
using prescription::envelope::Form;
using prescription::envelope::Interface;
namespace v1 = prescription::v1;

constexpr char kRepeated[] = "REPEATED";
constexpr char kCut[] = "…";
constexpr size_t kMaxText = 256;  // RX-523

// Control characters become spaces; cut between characters.
std::string OneLine(absl::string_view text, size_t max) {
  std::string line(text);
  std::ranges::replace_if(
      line, [](char c) { return absl::ascii_iscntrl(c); }, ' ');
  line = std::string(absl::StripAsciiWhitespace(line));
  if (line.size() <= max) return line;
  size_t size = max - (sizeof(kCut) - 1);
  while (size > 0 && (static_cast<unsigned char>(line[size]) & 0xC0) == 0x80) --size;
  return absl::StrCat(absl::StripTrailingAsciiWhitespace(line.substr(0, size)), kCut);
}

void SetIn(std::span<const Field> known, const char* name, const std::string& value,
           Fields& fields) {
  const auto field = std::ranges::find_if(
      known, [name](const Field& one) { return std::string(one.name) == name; });
  if (field == known.end()) return;
  std::string text = value;
  if (field->form == Form::kText) text = OneLine(value, kMaxText);
  if (field->form == Form::kLongText) text = OneLine(value, prescription::envelope::kMaxLongText);
  if (!text.empty()) fields[name] = std::move(text);
}

national::Finding FromProto(const common::v1::Finding& finding) {
  const auto line = [](absl::string_view text) {
    return std::string(absl::StripAsciiWhitespace(text));
  };
  return {line(finding.rule()),
          finding.severity() == common::v1::SEVERITY_WARNING ? national::Severity::kWarning
                                                             : national::Severity::kError,
          std::max(finding.record(), 0),
          line(finding.field()),
          line(finding.text_ja()),
          line(finding.text_en())};
}

// The numbers of the records that they stand in.
constexpr char kMessage[] = "411";
constexpr char kRemark[] = "501";
constexpr char kInquiry[] = "511";

void AddNote(const Interface& interface, const v1::ResultNotes& notes, const char* record,
             const std::string& kind, const std::string& text, Answer& answer) {
  Fields row;
  SetInRow(interface, "DispensingResultId", notes.result_id(), row);
  SetInRow(interface, "DispensingCount", notes.use() > 0 ? absl::StrCat(notes.use()) : "", row);
  SetInRow(interface, "DispensingDate", notes.dispensed_on(), row);
  SetInRow(interface, "PharmacyCode", notes.pharmacy(), row);
  SetInRow(interface, "RecordNumber", record, row);
  SetInRow(interface, "MessageKind", kind, row);
  SetInRow(interface, "MessageText", text, row);
  AddRow(std::move(row), answer);
}

}  // namespace

std::string Text(const Asked& asked, const char* name) {
  const auto found = asked.request.fields.find(name);
  return found == asked.request.fields.end() ? "" : found->second;
}

void FillInsured(const Asked& asked, common::v1::InsuredIdentity* identity) {
  identity->set_insurer(Text(asked, "InsurerNumber"));
  identity->set_symbol(Text(asked, "InsuredCardSymbol"));
  identity->set_number(Text(asked, "InsuredIdentificationNumber"));
  identity->set_branch(Text(asked, "InsuredBranchNumber"));
}

void Set(const Interface& interface, const char* name, const std::string& value, Answer& answer) {
  SetIn(interface.response, name, value, answer.fields);
}

void SetInRow(const Interface& interface, const char* name, const std::string& value, Fields& row) {
  SetIn(interface.rows.fields, name, value, row);
}

void AddRow(Fields row, Answer& answer) {
  if (answer.rows.size() < prescription::envelope::kMaxRows) answer.rows.push_back(std::move(row));
}

void AddNotes(const Interface& interface, const v1::ResultNotes& notes, Answer& answer) {
  for (const std::string& text : notes.inquiries()) {
    AddNote(interface, notes, kInquiry, "", text, answer);
  }
  for (const auto& message : notes.messages()) {
    AddNote(interface, notes, kMessage, absl::StrCat(message.kind()), message.text(), answer);
  }
  for (const std::string& text : notes.remarks()) {
    AddNote(interface, notes, kRemark, "", text, answer);
  }
}

void Append(const FindingList& findings, national::Findings& list) {
  for (const common::v1::Finding& finding : findings) {
    if (list.size() >= prescription::envelope::kMaxFindingsPerList) return;
    list.push_back(FromProto(finding));
  }
}

void MarkRepeated(Answer& answer) {
  answer.result_code = kRepeated;
  answer.result_message = "この要求は処理済みです。前回の結果を返します。";
}

std::string StatusText(v1::Status status) {
  switch (status) {
    case v1::STATUS_REGISTERED:
      return "薬局未受付";
    case v1::STATUS_IN_DISPENSING:
      return "調剤中";
    case v1::STATUS_DISPENSED:
      return "調剤済み";
    case v1::STATUS_CANCELLED:
      return "取消";
    case v1::STATUS_COLLECTED:
      return "回収";
    case v1::STATUS_EXPIRED:
      return "期限切れ";
    default:
      return "";
  }
}

std::string IssueTypeText(v1::IssueType type) { return type == v1::ISSUE_TYPE_PAPER ? "2" : "1"; }

std::string FlagText(bool is) { return is ? "2" : "1"; }

}  // namespace tsunagu::terminal
