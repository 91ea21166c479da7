#include "services/platform/drug_master/file.h"

#include "absl/status/status.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::drug_master {

absl::StatusOr<std::unique_ptr<DrugMaster>> OpenMaster(const std::string& path) {
  if (path.empty()) return std::unique_ptr<DrugMaster>();
  ASSIGN_OR_RETURN(const std::string file, ReadFile(path));
  auto master = std::make_unique<DrugMaster>();
  master->Load(file);
  if (master->IsDifference()) {
    return absl::InvalidArgumentError(path +
                                      " is a difference file (差分): it tells changes only, the "
                                      "master is the file of all drugs (全件)");
  }
  if (master->size() == 0) return absl::InvalidArgumentError(path + " holds no drug");
  return master;
}

}  // namespace tsunagu::drug_master
