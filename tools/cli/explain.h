// What this program knows of a call that failed, put into the error that the server gave.
#ifndef TOOLS_CLI_EXPLAIN_H_
#define TOOLS_CLI_EXPLAIN_H_

#include <map>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {

// The error with that metadata beside its own, and with each finding of the record as `place` makes
// it. An error of the connection, which has no reason, gets its metadata too.
absl::Status Explain(const absl::Status& error, const std::map<std::string, std::string>& metadata,
                     absl::FunctionRef<void(common::v1::Finding&)> place);
absl::Status Explain(const absl::Status& error, const std::map<std::string, std::string>& metadata);

// Whether it is certain that nothing was done; otherwise the answer may be what was lost.
bool IsRefusal(const absl::Status& error);

// The first of them, joined by commas, and how many there are when these are not all.
std::string ListOf(const std::vector<std::string>& items);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_EXPLAIN_H_
