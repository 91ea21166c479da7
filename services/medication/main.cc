#include <cstdio>

#include "services/medication/fold.h"
#include "services/medication/person_fold.h"
#include "services/medication/service.h"
#include "services/platform/drug_master/file.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::fprintf(stderr, "medication CONFIG: %s\n", config.status().ToString().c_str());
    return 2;
  }
  const auto drugs = tsunagu::drug_master::OpenMaster(config->drug_master_file());
  if (!drugs.ok()) {
    std::fprintf(stderr, "medication: %s\n", drugs.status().ToString().c_str());
    return 2;
  }
  const tsunagu::medication::MedicationDomain domain;
  const tsunagu::journal::JournalFolder receipts(domain);
  const tsunagu::medication::PrescriptionFolder prescriptions;
  const tsunagu::medication::PersonFolder persons;
  auto host = tsunagu::rpc::Host::Create(
      *config, {{tsunagu::medication::kJournalTopic, &receipts, tsunagu::medication::kEventsTopic},
                {tsunagu::medication::kPrescriptionsTopic, &prescriptions, ""},
                {tsunagu::medication::kPersonsTopic, &persons, ""}});
  if (!host.ok()) {
    std::fprintf(stderr, "medication: %s\n", host.status().ToString().c_str());
    return 1;
  }
  tsunagu::medication::MedicationService service(**host, drugs->get());
  return (*host)->Run({&service});
}
