// The sentences in Japanese that stand beside what a server or this program says in English.
#ifndef TOOLS_CLI_REASON_TEXT_H_
#define TOOLS_CLI_REASON_TEXT_H_

#include <string>

#include "absl/status/status.h"

namespace tsunagu::cli {

// By the error's reason, or by its code when it has none that is known. tools/check/reasons holds
// the table to every reason in the sources. Where the same call is right, it says so, and names
// --command-id if it was a command with that id.
std::string JapaneseText(const absl::Status& status, const std::string& command_id);

// The message in English: the error's own, or one that names options of this program where a server
// can only name its metadata.
std::string EnglishText(const absl::Status& status, const std::string& command_id);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_REASON_TEXT_H_
