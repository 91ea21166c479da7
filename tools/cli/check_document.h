// The part of `tsunagu check` for signed documents: the signature, and the record inside.
#ifndef TOOLS_CLI_CHECK_DOCUMENT_H_
#define TOOLS_CLI_CHECK_DOCUMENT_H_

#include <string>

#include "tools/cli/check_report.h"

namespace tsunagu::cli {

// Fills in summary and findings of a prescription or dispensing document: its form and signatures,
// what the certificates are worth, and the record inside, whatever the signatures are worth.
void CheckDocument(const std::string& bytes, const CheckContext& context, CheckReport* report);

// The same for a record file by itself.
void CheckRecord(const std::string& bytes, const CheckContext& context, CheckReport* report);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_CHECK_DOCUMENT_H_
