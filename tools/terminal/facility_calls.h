// What a facility reads of its prescriptions: the patient's copy, lists, results.
#ifndef TOOLS_TERMINAL_FACILITY_CALLS_H_
#define TOOLS_TERMINAL_FACILITY_CALLS_H_

#include "absl/status/status.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/prescription_calls.h"

namespace tsunagu::terminal {

absl::Status GetCopy(const Asked& asked, prescription::envelope::Answer& answer);

// A page of the days asked for.
absl::Status ListIssued(const Asked& asked, prescription::envelope::Answer& answer);
absl::Status ListDispensed(const Asked& asked, prescription::envelope::Answer& answer);

// This pharmacy's results of one prescription, looked for in all pages of the days (TM-027).
absl::Status FindResult(const Asked& asked, prescription::envelope::Answer& answer);

absl::Status GetResult(const Asked& asked, prescription::envelope::Answer& answer);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_FACILITY_CALLS_H_
