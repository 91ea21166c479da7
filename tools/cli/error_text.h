// What went wrong, in words.
#ifndef TOOLS_CLI_ERROR_TEXT_H_
#define TOOLS_CLI_ERROR_TEXT_H_

#include <string>

#include "absl/status/status.h"

namespace tsunagu::cli {

// Several lines: code and message in Japanese and English, then reason and rule, wrong fields,
// findings with their texts in both, and when to come again, as far as the error tells. Ends in
// '\n'.
std::string ErrorText(const absl::Status& status);

// {"error": {code, message_ja, message, reason, rule, metadata, retry_after_ms, fields, findings}},
// members only as far as the error tells. Ends in '\n'.
std::string ErrorJson(const absl::Status& status);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_ERROR_TEXT_H_
