#include "tools/cli/recognise.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/ltc/careplan/file_name.h"
#include "services/medication/uke/layout.h"
#include "services/platform/status/error.h"
#include "services/prescription/envelope/message_kind.h"
#include "tools/cli/files.h"

namespace tsunagu::cli {
namespace {

using medication::uke::RecordType;

constexpr char kUtf8Mark[] = "\xef\xbb\xbf";

// Answers about a person's medication, treatments and so on are messages of the same frame.
bool IsHealthInformation(absl::string_view xml) { return absl::StrContains(xml, "<QuaInf>"); }

// CL-040
Format OfMessage(absl::string_view name, absl::string_view xml) {
  namespace envelope = prescription::envelope;
  if (IsHealthInformation(xml)) return Format::kUnknown;
  auto kind = envelope::KindByName(name);
  if (!kind.has_value()) {
    // Of eligibility only an answer says when it was made.
    if (absl::StrContains(xml, "ProcessExecutionTime")) return Format::kEligibilityAnswer;
    if (absl::StrContains(xml, "<QualificationConfirm")) return Format::kEligibilityRequest;
    kind = envelope::KindByContent(xml);
  }
  if (!kind.has_value()) return Format::kEligibilityRequest;
  return kind->is_answer ? Format::kPrescriptionAnswer : Format::kPrescriptionRequest;
}

Format OfXml(absl::string_view name, absl::string_view xml) {
  if (absl::StrContains(xml, "<XmlMsg")) return OfMessage(name, xml);
  if (!absl::StrContains(xml, "<Document")) return Format::kUnknown;
  // A dispensing result holds its prescription, never the other way round.
  if (absl::StrContains(xml, "<Dispensing")) return Format::kDispensing;
  return absl::StrContains(xml, "<Prescription") ? Format::kPrescription : Format::kUnknown;
}

bool IsCarePlanName(absl::string_view name) {
  if (ltc::careplan::ParseFileName(name).ok()) return true;
  // A name that almost fits: its check says what is wrong with it.
  return absl::EndsWithIgnoreCase(name, ".csv") &&
         (absl::StartsWith(name, "UP") || absl::StartsWith(name, "DLT"));
}

bool IsReceipt(absl::string_view name, absl::string_view bytes) {
  const RecordType first = medication::uke::TypeOf(bytes.substr(0, bytes.find('\n')));
  return first == RecordType::kIR || first == RecordType::kUK || first == RecordType::kYK ||
         first == RecordType::kRE || absl::EndsWithIgnoreCase(name, ".uke") ||
         absl::EndsWithIgnoreCase(name, ".cyo");
}

bool IsRecord(absl::string_view bytes) {
  for (const char* head : {"SJ", "CJ", "JAHIS"}) {
    if (absl::StartsWith(bytes, head)) return true;
  }
  return false;
}

absl::string_view WithoutQuote(absl::string_view text) { return absl::StripPrefix(text, "\""); }

// 変更区分, マスター種別 Y and a code of drugs (MH-081 to MH-083), each with or without quotes.
bool IsDrugMaster(absl::string_view bytes) {
  const std::vector<absl::string_view> columns =
      absl::StrSplit(bytes.substr(0, bytes.find('\n')), absl::MaxSplits(',', 3));
  return columns.size() == 4 && absl::StartsWith(WithoutQuote(columns[1]), "Y") &&
         WithoutQuote(columns[0]).find_first_of("01359") == 0 &&
         absl::StartsWith(WithoutQuote(columns[2]), "6");
}

}  // namespace

Format Recognise(absl::string_view name, absl::string_view bytes) {
  if (IsCarePlanName(name)) return Format::kCarePlan;
  const absl::string_view text = absl::StripPrefix(bytes, kUtf8Mark);
  const size_t start = text.find_first_not_of(" \t\r\n");
  if (start != absl::string_view::npos && text[start] == '<') return OfXml(name, text);
  if (IsReceipt(name, text)) return Format::kReceipt;
  if (IsRecord(text)) return Format::kRecord;
  if (IsDrugMaster(text)) return Format::kDrugMaster;
  const absl::string_view header = text.substr(0, text.find('\n'));
  return absl::StrContains(header, "InsurerNumber") ? Format::kInsurerFile : Format::kUnknown;
}

const char* FormatName(Format format) {
  switch (format) {
    case Format::kUnknown:
      return "unknown";
    case Format::kReceipt:
      return "receipt";
    case Format::kRecord:
      return "record";
    case Format::kPrescription:
      return "prescription";
    case Format::kDispensing:
      return "dispensing";
    case Format::kPrescriptionRequest:
      return "prescription_request";
    case Format::kPrescriptionAnswer:
      return "prescription_answer";
    case Format::kEligibilityRequest:
      return "eligibility_request";
    case Format::kEligibilityAnswer:
      return "eligibility_answer";
    case Format::kCarePlan:
      return "care_plan";
    case Format::kInsurerFile:
      return "insurer_file";
    case Format::kDrugMaster:
      return "drug_master";
  }
  return "unknown";
}

FormatWords WordsOf(Format format) {
  switch (format) {
    case Format::kUnknown:
      return {"対応する形式のどれでもないファイル", "a file of no format that is known here"};
    case Format::kReceipt:
      return {"レセプト", "a receipt file"};
    case Format::kRecord:
      return {"処方・調剤の記録 (SJ1、CJ1、JAHIS)", "a record (SJ1, CJ1 or JAHIS)"};
    case Format::kPrescription:
      return {"処方箋 XML", "a prescription XML"};
    case Format::kDispensing:
      return {"調剤結果 XML", "a dispensing result XML"};
    case Format::kPrescriptionRequest:
      return {"電子処方箋の要求電文 (XmlMsg)", "an e-prescription request (XmlMsg)"};
    case Format::kPrescriptionAnswer:
      return {"電子処方箋の応答電文 (XmlMsg)", "an e-prescription answer (XmlMsg)"};
    case Format::kEligibilityRequest:
      return {"資格確認の照会 (OQSsiquc01req)", "an eligibility request (OQSsiquc01req)"};
    case Format::kEligibilityAnswer:
      return {"資格確認の回答 (OQSsiquc01res)", "an eligibility answer (OQSsiquc01res)"};
    case Format::kCarePlan:
      return {"ケアプラン", "a care plan"};
    case Format::kInsurerFile:
      return {"被保険者ファイル", "an insurer's file"};
    case Format::kDrugMaster:
      return {"医薬品マスター", "a drug master"};
  }
  return {};
}

FormatWords ForeignFormat(absl::string_view bytes) {
  const absl::string_view text = absl::StripPrefix(bytes, kUtf8Mark);
  if (absl::StrContains(text, "<XmlMsg") && IsHealthInformation(text)) {
    return {"薬剤情報・診療情報の回答", "answer with medication or treatments"};
  }
  if (absl::StrContains(text, "<ClinicalDocument")) {
    return {"HL7 CDA（特定健診など）", "HL7 CDA, such as health checkups"};
  }
  if (absl::StartsWith(text, "FORM_") || absl::StartsWith(text, "SERVICE_USER_INFO")) {
    return {"LIFE", "LIFE"};
  }
  if (absl::StartsWith(text, "PK\x03\x04")) return {"ZIP", "ZIP"};
  return {};
}

absl::Status CheckFormat(const std::string& path, absl::string_view bytes,
                         std::span<const Format> wanted) {
  const Format format = Recognise(BaseName(path), bytes);
  if (std::ranges::find(wanted, format) != wanted.end()) return absl::OkStatus();
  FormatWords is = ForeignFormat(bytes);
  if (is.en.empty()) is = WordsOf(format);
  if (bytes.empty()) is = {"空のファイル", "an empty file"};
  std::vector<absl::string_view> ja, en;
  for (const Format other : wanted) {
    ja.push_back(WordsOf(other).ja);
    en.push_back(WordsOf(other).en);
  }
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OTHER_KIND_OF_FILE",
                      absl::StrCat("it is ", is.en, "; wanted is ", absl::StrJoin(en, " or ")))
      .Rule("CL-019")
      .Field(path, absl::StrCat("このファイルは「", is.ja, "」です。必要なのは「",
                                absl::StrJoin(ja, "」か「"), "」です"));
}

}  // namespace tsunagu::cli
