#include "tools/cli/master.h"

#include <utility>

#include "services/platform/drug_master/file.h"
#include "services/platform/status/error.h"

namespace tsunagu::cli {

absl::StatusOr<std::unique_ptr<prescription::MasterCatalogue>> LoadMaster(const std::string& path) {
  if (path.empty()) return nullptr;
  auto master = drug_master::OpenMaster(path);
  if (master.ok()) return std::make_unique<prescription::MasterCatalogue>(*std::move(master));
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "NOT_A_DRUG_MASTER",
                      master.status().message())
      .Rule("CL-013")
      .Field("--master", "y.csv, as it is published, with all drugs");
}

}  // namespace tsunagu::cli
