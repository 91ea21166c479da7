// Reads one care-plan file and holds it to the layout of its kind and to its own name.
#ifndef SERVICES_LTC_CAREPLAN_CHECK_H_
#define SERVICES_LTC_CAREPLAN_CHECK_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/ltc/careplan/file_name.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/finding.h"

namespace tsunagu::ltc::careplan {

inline constexpr size_t kMaxFileBytes = 16 * 1024 * 1024;

struct CheckedFile {
  FileName name;
  // UTF-8; every row has the layout's columns when there are no errors.
  std::vector<national::CsvRow> rows;
  national::Findings findings;
};

// All findings at once, at most kMaxFindings. Pure, thread safe.
CheckedFile CheckFile(const FileName& name, absl::string_view bytes);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_CHECK_H_
