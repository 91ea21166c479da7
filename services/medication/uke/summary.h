// Reads, checks and sums up a receipt file in one call: `tsunagu check`.
#ifndef SERVICES_MEDICATION_UKE_SUMMARY_H_
#define SERVICES_MEDICATION_UKE_SUMMARY_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/medication/uke/check.h"
#include "services/medication/uke/layout.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication::uke {

struct FileSummary {
  std::string name;            // as given
  Kind kind = Kind::kUnknown;  // of the first header, or else receipt
  Encoding encoding = Encoding::kCp932;
  int lines = 0;
  Totals found;
  std::optional<int64_t> stated_count;   // GO.総件数; nothing when there is no readable GO
  std::optional<int64_t> stated_points;  // GO.総合計点数
  int drug_lines = 0;
  int unread_drug_lines = 0;   // see Dispensing::unread_lines
  int uncertain_receipts = 0;  // whose identity is not certain
  int errors = 0;
  int warnings = 0;
};

struct FileReport {
  FileSummary summary;
  national::Findings findings;  // by line; findings of the whole file last
};

// Checks the bytes of one file. Reads nothing else; thread safe.
FileReport CheckFile(absl::string_view name, absl::string_view bytes);

// One JSON object with the members of FileSummary and an array "findings".
std::string ToJson(const FileReport& report);

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_SUMMARY_H_
