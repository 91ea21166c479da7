#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/medication/fold.h"
#include "services/medication/service.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace {

using tsunagu::drug_master::DrugMaster;

// The drug master of that file; null when no file is named.
absl::StatusOr<std::unique_ptr<DrugMaster>> LoadDrugs(const std::string& path) {
  if (path.empty()) return std::unique_ptr<DrugMaster>();
  ASSIGN_OR_RETURN(const std::string file, tsunagu::ReadFile(path));
  auto drugs = std::make_unique<DrugMaster>();
  drugs->Load(file);
  if (drugs->size() == 0) return absl::InvalidArgumentError(path + " holds no drug");
  return drugs;
}

}  // namespace

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::fprintf(stderr, "medication CONFIG: %s\n", config.status().ToString().c_str());
    return 2;
  }
  const auto drugs = LoadDrugs(config->drug_master_file());
  if (!drugs.ok()) {
    std::fprintf(stderr, "medication: %s\n", drugs.status().ToString().c_str());
    return 2;
  }
  const tsunagu::medication::MedicationDomain domain;
  const tsunagu::journal::JournalFolder receipts(domain);
  const tsunagu::medication::PrescriptionFolder prescriptions;
  auto host = tsunagu::rpc::Host::Create(
      *config, {{tsunagu::medication::kJournalTopic, &receipts, tsunagu::medication::kEventsTopic},
                {tsunagu::medication::kPrescriptionsTopic, &prescriptions, ""}});
  if (!host.ok()) {
    std::fprintf(stderr, "medication: %s\n", host.status().ToString().c_str());
    return 1;
  }
  tsunagu::medication::MedicationService service(**host, drugs->get());
  return (*host)->Run({&service});
}
