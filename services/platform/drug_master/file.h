// The drug master of a service's configuration.
#ifndef SERVICES_PLATFORM_DRUG_MASTER_FILE_H_
#define SERVICES_PLATFORM_DRUG_MASTER_FILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/platform/drug_master/master.h"

namespace tsunagu::drug_master {

// The master in that file; null for an empty path. An error when the file cannot be read,
// holds no drug or is a difference file (MH-089); single rows in error are skipped.
absl::StatusOr<std::unique_ptr<DrugMaster>> OpenMaster(const std::string& path);

}  // namespace tsunagu::drug_master

#endif  // SERVICES_PLATFORM_DRUG_MASTER_FILE_H_
