#include <cstdio>

#include "services/emergency/fold.h"
#include "services/emergency/service.h"
#include "services/platform/drug_master/file.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::fprintf(stderr, "emergency CONFIG: %s\n", config.status().ToString().c_str());
    return 2;
  }
  const auto drugs = tsunagu::drug_master::OpenMaster(config->drug_master_file());
  if (!drugs.ok()) {
    std::fprintf(stderr, "emergency: %s\n", drugs.status().ToString().c_str());
    return 2;
  }
  const tsunagu::emergency::PersonFolder persons;
  const tsunagu::emergency::ReceiptFolder receipts;
  const tsunagu::emergency::PrescriptionFolder prescriptions;
  auto host = tsunagu::rpc::Host::Create(
      *config, {{tsunagu::emergency::kPersonsTopic, &persons, ""},
                {tsunagu::emergency::kReceiptsTopic, &receipts, ""},
                {tsunagu::emergency::kPrescriptionsTopic, &prescriptions, ""}});
  if (!host.ok()) {
    std::fprintf(stderr, "emergency: %s\n", host.status().ToString().c_str());
    return 1;
  }
  tsunagu::emergency::EmergencyService service(**host, drugs->get());
  return (*host)->Run({&service});
}
