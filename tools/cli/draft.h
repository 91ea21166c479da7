// Makes the dispensing result that a pharmacy's software would make when it dispenses exactly what
// was prescribed.
#ifndef TOOLS_CLI_DRAFT_H_
#define TOOLS_CLI_DRAFT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace tsunagu::cli {

struct DraftOptions {
  std::string pharmacy_code;  // 10 digits: prefecture, fee table 4, 7 digits
  std::string pharmacy_name;
  std::string pharmacist_name;
  absl::CivilDay day;             // of dispensing, in Japan
  std::optional<int> refill_use;  // which use of a refill this is; unset: the first
};

// An unsigned dispensing result around `prescription`, a prescription document as the service
// handed it out. INVALID_ARGUMENT when the prescription or the result breaks a rule; the findings
// are its details. Also for the use of a refill that is none.
absl::StatusOr<std::string> DraftDispensing(absl::string_view prescription,
                                            const DraftOptions& options);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_DRAFT_H_
