// The part of `tsunagu check` for the messages of 電子処方箋管理サービス (XmlMsg): the envelope by
// its table, and the documents within.
#ifndef TOOLS_CLI_CHECK_MESSAGE_H_
#define TOOLS_CLI_CHECK_MESSAGE_H_

#include "tools/cli/check_report.h"

namespace tsunagu::cli {

// Fills in summary and findings of a request or an answer. All documents that can be decoded are
// checked, whatever is wrong with the rest.
void CheckMessage(const CheckInput& file, const CheckContext& context, CheckReport* report);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_CHECK_MESSAGE_H_
