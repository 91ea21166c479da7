// Which of the national formats a file holds. It decides by content where formats can be told by
// it, and by name for care plans, whose content does not say what it is.
#ifndef TOOLS_CLI_RECOGNISE_H_
#define TOOLS_CLI_RECOGNISE_H_

#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tsunagu::cli {

enum class Format {
  kUnknown,
  kReceipt,              // UKE, CYO
  kRecord,               // SJ1, CJ1, JAHIS
  kPrescription,         // e-prescription XML, /Document/Prescription
  kDispensing,           // dispensing result XML, /Document/Dispensing
  kPrescriptionRequest,  // XmlMsg to 電子処方箋管理サービス
  kPrescriptionAnswer,   // and from it
  kEligibilityRequest,   // OQSsiquc01req
  kEligibilityAnswer,    // OQSsiquc01res
  kCarePlan,             // one CSV of a care-plan package
  kInsurerFile,          // insured persons
  kDrugMaster,           // y.csv
};

// `name` is the file's name without folders.
Format Recognise(absl::string_view name, absl::string_view bytes);

// A short word for programs: "receipt", "record", "prescription", "dispensing",
// "prescription_request", "prescription_answer", "eligibility_request", "eligibility_answer",
// "care_plan", "insurer_file", "drug_master", "unknown".
const char* FormatName(Format format);

// The name of a format for people.
struct FormatWords {
  absl::string_view ja;
  absl::string_view en;
};
FormatWords WordsOf(Format format);

// A national format that is known but not read here; both empty when it is not known.
FormatWords ForeignFormat(absl::string_view bytes);

// CL-019: OK when the file is of one of those formats; else INVALID_ARGUMENT, in words.
absl::Status CheckFormat(const std::string& path, absl::string_view bytes,
                         std::span<const Format> wanted);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_RECOGNISE_H_
