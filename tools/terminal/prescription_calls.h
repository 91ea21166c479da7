// The requests of 電子処方箋管理サービス as calls, and what came of them as answers.
#ifndef TOOLS_TERMINAL_PRESCRIPTION_CALLS_H_
#define TOOLS_TERMINAL_PRESCRIPTION_CALLS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/prescription/envelope/interfaces.h"
#include "services/prescription/envelope/xmlmsg.h"

namespace tsunagu::terminal {

class Gateway;

struct Asked {
  const prescription::envelope::Interface& interface;
  const prescription::envelope::Request& request;
  const std::string& command_id;
  Gateway& gateway;
};

// Calls, and fills the answer when that went well.
absl::Status CallAndFill(const Asked& asked, prescription::envelope::Answer& answer);

// Makes it the answer to a call that was refused: result code and message, and the findings in
// their three lists (TM-022).
void Refuse(const prescription::envelope::Interface& interface, const absl::Status& status,
            prescription::envelope::Answer& answer);

// TM-023: no call of ours answers this interface.
absl::Status NotServed();
// TM-024: the message has a header, and faults behind it.
absl::Status MessageRefused();

// The answer's XML; without its texts for people when they cannot be written.
absl::StatusOr<std::string> WriteWhatCanBe(const prescription::envelope::Interface& interface,
                                           const prescription::envelope::Answer& answer);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_PRESCRIPTION_CALLS_H_
