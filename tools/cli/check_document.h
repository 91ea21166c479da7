// The part of `tsunagu check` for signed documents: the signature, and the record inside.
#ifndef TOOLS_CLI_CHECK_DOCUMENT_H_
#define TOOLS_CLI_CHECK_DOCUMENT_H_

#include <string>

#include "services/prescription/record/catalogue.h"
#include "tools/cli/check_report.h"

namespace tsunagu::cli {

// Fills in summary and findings of a prescription or dispensing document. Who signed is not
// checked: that needs the trust anchors of the service. A null catalogue: drugs are not looked up.
void CheckDocument(const std::string& bytes, const prescription::record::DrugCatalogue* catalogue,
                   CheckReport* report);

// The same for a record file by itself.
void CheckRecord(const std::string& bytes, const prescription::record::DrugCatalogue* catalogue,
                 CheckReport* report);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_CHECK_DOCUMENT_H_
