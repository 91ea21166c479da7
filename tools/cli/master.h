// The drug master that a person at the terminal names.
#ifndef TOOLS_CLI_MASTER_H_
#define TOOLS_CLI_MASTER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/prescription/catalogue.h"

namespace tsunagu::cli {

// Null for an empty path. CL-013: INVALID_ARGUMENT for what is no whole master.
absl::StatusOr<std::unique_ptr<prescription::MasterCatalogue>> LoadMaster(const std::string& path);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_MASTER_H_
