#include "tools/cli/recognise.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "services/ltc/careplan/file_name.h"
#include "services/medication/uke/layout.h"

namespace tsunagu::cli {
namespace {

using medication::uke::RecordType;

constexpr char kUtf8Mark[] = "\xef\xbb\xbf";

Format OfXml(absl::string_view xml) {
  if (absl::StrContains(xml, "<XmlMsg")) {
    // Only an answer says when it was made.
    return absl::StrContains(xml, "ProcessExecutionTime") ? Format::kEligibilityAnswer
                                                          : Format::kEligibilityRequest;
  }
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
  return first == RecordType::kIR || first == RecordType::kYK ||
         absl::EndsWithIgnoreCase(name, ".uke") || absl::EndsWithIgnoreCase(name, ".cyo");
}

bool IsRecord(absl::string_view bytes) {
  for (const char* head : {"SJ", "CJ", "JAHIS"}) {
    if (absl::StartsWith(bytes, head)) return true;
  }
  return false;
}

}  // namespace

Format Recognise(absl::string_view name, absl::string_view bytes) {
  if (IsCarePlanName(name)) return Format::kCarePlan;
  const absl::string_view text = absl::StripPrefix(bytes, kUtf8Mark);
  const size_t start = text.find_first_not_of(" \t\r\n");
  if (start != absl::string_view::npos && text[start] == '<') return OfXml(text);
  if (IsReceipt(name, text)) return Format::kReceipt;
  if (IsRecord(text)) return Format::kRecord;
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
    case Format::kEligibilityRequest:
      return "eligibility_request";
    case Format::kEligibilityAnswer:
      return "eligibility_answer";
    case Format::kCarePlan:
      return "care_plan";
    case Format::kInsurerFile:
      return "insurer_file";
  }
  return "unknown";
}

}  // namespace tsunagu::cli
