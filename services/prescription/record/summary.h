// One look at a record file for the command line: what it is and what is wrong with it, without any
// personal data.
#ifndef SERVICES_PRESCRIPTION_RECORD_SUMMARY_H_
#define SERVICES_PRESCRIPTION_RECORD_SUMMARY_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/national/finding.h"
#include "services/prescription/record/check.h"

namespace tsunagu::prescription::record {

struct Summary {
  std::string format;                       // "JAHIS", "SJ1", "CJ1"; empty when the head is unknown
  std::string version;                      // "10" of JAHIS10; "1" of SJ1 and CJ1
  std::optional<absl::CivilDay> issue_day;  // CJ1: the day of dispensing
  int rp_count = 0;
  int drug_count = 0;
  bool refill = false;
  bool split = false;
};

struct CheckedSummary {
  national::Findings findings;
  Summary summary;  // filled as far as the file can be read, also when there are errors
};

// Thread safe. A null catalogue means that drugs are not looked up.
CheckedSummary CheckFile(absl::string_view bytes, const DrugCatalogue* catalogue);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_SUMMARY_H_
