// 重複投薬等チェック.
#ifndef TOOLS_TERMINAL_CHECK_CALLS_H_
#define TOOLS_TERMINAL_CHECK_CALLS_H_

#include <string>

#include "absl/status/status.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/prescription_calls.h"

namespace tsunagu::terminal {

absl::Status Prepare(const Asked& asked, prescription::envelope::Answer& answer);
absl::Status CheckDraft(const Asked& asked, prescription::envelope::Answer& answer);
absl::Status CheckDraftResult(const Asked& asked, prescription::envelope::Answer& answer);

// Beside an acceptance; without the result of a check when that fails: it stops nothing (RX-422).
void CheckAccepted(const Asked& asked, const std::string& prescription_id,
                   prescription::envelope::Answer& answer);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_CHECK_CALLS_H_
