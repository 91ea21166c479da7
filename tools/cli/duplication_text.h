// 重複投薬等チェック in words: what a prescriber or pharmacist must see at a glance stands first.
#ifndef TOOLS_CLI_DUPLICATION_TEXT_H_
#define TOOLS_CLI_DUPLICATION_TEXT_H_

#include <google/protobuf/repeated_field.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tsunagu/prescription/v1/alert.pb.h"
#include "tsunagu/prescription/v1/duplication.pb.h"

namespace tsunagu::cli {

// All of a page, group by group.
std::string ReportText(const prescription::v1::CheckReport& report);

// `with_context`: of all identities of the person.
std::string PreparedText(const prescription::v1::PrepareResponse& response, bool with_context);

// The prescriber's reasons, a line each; empty when there are none.
std::string AcceptedText(
    const google::protobuf::RepeatedPtrField<prescription::v1::AcceptedAlert>& alerts);

// Reads "KEY=text" of --reason: the key of a duplicate is its ingredient, that of a contraindicated
// pair is "ingredient/other", or "ingredient/" where the other was not told (CL-023).
absl::Status ReadReasons(const std::vector<std::string>& reasons,
                         google::protobuf::RepeatedPtrField<prescription::v1::AcceptedAlert>* to);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_DUPLICATION_TEXT_H_
