// What went wrong, in words.
#ifndef TOOLS_CLI_ERROR_TEXT_H_
#define TOOLS_CLI_ERROR_TEXT_H_

#include <string>

#include "absl/status/status.h"

namespace tsunagu::cli {

// Several lines: code and message in Japanese and English, then reason and rule, command id, wrong
// fields, findings with their texts in both, and when to come again, as far as the error tells.
// `command_id`: of the command that failed; empty: it was none. Ends in '\n'.
std::string ErrorText(const absl::Status& status, const std::string& command_id = "");

// {"error": {code, message_ja, message, reason, rule, command_id, metadata, retry_after_ms, fields,
// findings}}, members only as far as the error tells. `command_id` as above. Ends in '\n'.
std::string ErrorJson(const absl::Status& status, const std::string& command_id = "");

// Whether the same call is right to be made again: what came of it is not known, or it could not be
// done now (CL-015), or its answer is not kept (CL-017).
bool IsToBeRepeated(const absl::Status& status);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_ERROR_TEXT_H_
