// Drugs given without a prescription that is registered here: in house (院内処方), or of paper
// without a number.
#ifndef TOOLS_TERMINAL_GIVEN_CALLS_H_
#define TOOLS_TERMINAL_GIVEN_CALLS_H_

#include "absl/status/status.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/prescription_calls.h"

namespace tsunagu::terminal {

absl::Status RegisterGiven(const Asked& asked, prescription::envelope::Answer& answer);
// 307 without PrescriptionId (CL-044).
absl::Status DispensePaper(const Asked& asked, prescription::envelope::Answer& answer);
absl::Status ChangeGiven(const Asked& asked, prescription::envelope::Answer& answer);
absl::Status CancelGiven(const Asked& asked, prescription::envelope::Answer& answer);

// What this facility registered of a person, a row each.
absl::Status SearchGiven(const Asked& asked, prescription::envelope::Answer& answer);
// One, with its document.
absl::Status GetGiven(const Asked& asked, prescription::envelope::Answer& answer);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_GIVEN_CALLS_H_
