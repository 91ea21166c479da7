#include "services/prescription/catalogue.h"

#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::prescription {

absl::StatusOr<std::unique_ptr<MasterCatalogue>> MasterCatalogue::Load(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  drug_master::DrugMaster master;
  master.Load(bytes);  // rows in error are skipped, as the master's contract says
  if (master.size() == 0) return absl::InvalidArgumentError("no drug in " + path);
  return std::unique_ptr<MasterCatalogue>(new MasterCatalogue(std::move(master)));
}

bool MasterCatalogue::Holds(record::DrugCodeKind kind) const {
  return kind == record::DrugCodeKind::kReceipt;
}

std::optional<record::CatalogueDrug> MasterCatalogue::Find(record::DrugCodeKind kind,
                                                           absl::string_view code,
                                                           absl::CivilDay day) const {
  if (!Holds(kind)) return std::nullopt;
  const std::optional<drug_master::Drug> drug = master_.Find(code, day);
  if (!drug.has_value() || !drug->in_use) return std::nullopt;
  return record::CatalogueDrug{std::string(drug->name), std::string(drug->unit)};
}

}  // namespace tsunagu::prescription
