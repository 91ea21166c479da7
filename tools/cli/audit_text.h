// What an access history says to who reads it at a terminal.
#ifndef TOOLS_CLI_AUDIT_TEXT_H_
#define TOOLS_CLI_AUDIT_TEXT_H_

#include <google/protobuf/repeated_field.h>

#include <string>

#include "absl/strings/string_view.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::cli {

using AuditRecords = google::protobuf::RepeatedPtrField<audit::v1::Record>;

// The action of an audit record in words; one that this program does not know, as it is.
std::string ActionWord(absl::string_view action);

// One row per access, be it to several identities of the person; how to go on when `next_page` is
// not empty.
std::string RecordsText(const AuditRecords& records, const std::string& next_page);

// The same under what it cannot tell: whether anybody has the number that was asked for (AU-015).
std::string DisclosureText(const AuditRecords& records, const std::string& next_page);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_AUDIT_TEXT_H_
