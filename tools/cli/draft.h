// Makes the dispensing result that a pharmacy's software would make when it dispenses exactly what
// was prescribed.
#ifndef TOOLS_CLI_DRAFT_H_
#define TOOLS_CLI_DRAFT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace tsunagu::cli {

// A file that somebody named, and what stands in it.
struct NamedDocument {
  std::string file;
  std::string bytes;
};

struct DraftOptions {
  std::string pharmacy_code;  // 10 digits: prefecture, fee table 4, 7 digits
  std::string pharmacy_name;
  std::string pharmacist_name;
  absl::CivilDay day;                  // of dispensing, in Japan
  std::optional<int> refill_use;       // which use of a refill this is; unset: the first
  std::optional<absl::CivilDay> next;  // of a refill: the day of the next use; unset: see below
  bool last = false;                   // of a refill: it ends with this use, whichever that is
  std::optional<int> part;             // which part of a divided dispensing; unset: the first
  std::vector<std::string> inquiries;  // 疑義照会: what the issuer answered (record 511)
  std::vector<std::string> messages;   // to the issuer (record 411, kind "other")
  std::vector<NamedDocument> with;     // dispensed together with it: their drugs stand too
};

// An unsigned dispensing result around `prescription`, a prescription document as the service
// handed it out. INVALID_ARGUMENT when the prescription or the result breaks a rule; the findings
// are its details. Also for the use of a refill that is none, a part that there is none, and
// documents of different patients (CL-050).
//
// The next use of a refill is due when the longest course of oral drugs is over; of other drugs no
// figure tells for how many days they are, so without an oral one `next` has to say it (CL-049).
//
// An earlier part of a divided dispensing goes without the prescription. Of the days, a part has
// what the prescription says of the first one; the last has what is left.
absl::StatusOr<std::string> DraftDispensing(absl::string_view prescription,
                                            const DraftOptions& options);

// The same around `record`, the CJ1 record of what was really dispensed, which stands in it byte
// for byte. INVALID_ARGUMENT also where it is of another patient (CL-050) or prescription (CL-051).
absl::StatusOr<std::string> EmbedRecord(absl::string_view prescription,
                                        const NamedDocument& record);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_DRAFT_H_
