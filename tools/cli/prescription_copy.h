// The patient's copy (控え) of a prescription as a PDF: the subcommand, and what register writes.
#ifndef TOOLS_CLI_PRESCRIPTION_COPY_H_
#define TOOLS_CLI_PRESCRIPTION_COPY_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/prescription/copy/content.h"
#include "tools/cli/files.h"
#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddPrescriptionCopy(CLI::App* group, Program* program);

// Writes the copy of what has just been registered; an error says that it is registered all the
// same (CL-017).
absl::Status WriteCopy(const OutFile& out, absl::string_view document,
                       const prescription::copy::Registration& registration);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_COPY_H_
