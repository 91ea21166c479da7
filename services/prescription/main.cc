// The prescription service: see README.md.
#include <iostream>

#include "services/platform/journal/folder.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/duplication/in_house_fold.h"
#include "services/prescription/duplication_service.h"
#include "services/prescription/fold.h"
#include "services/prescription/insured_fold.h"
#include "services/prescription/service.h"

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::cerr << config.status() << "\n";
    return 2;
  }
  const tsunagu::prescription::PrescriptionDomain domain;
  const tsunagu::journal::JournalFolder folder(domain);
  const tsunagu::prescription::InsuredFolder insured;
  const tsunagu::prescription::duplication::InHouseFolder in_house;
  auto host = tsunagu::rpc::Host::Create(
      *config, {{"prescription.journal", &folder, "prescription.events"},
                {tsunagu::prescription::kInsuredTopic, &insured, ""},
                {tsunagu::prescription::duplication::kReceiptsTopic, &in_house, ""}});
  if (!host.ok()) {
    std::cerr << host.status() << "\n";
    return 1;
  }
  auto service = tsunagu::prescription::PrescriptionService::Create(**host);
  if (!service.ok()) {
    std::cerr << service.status() << "\n";
    return 1;
  }
  auto duplication = tsunagu::prescription::DuplicationService::Create(**host);
  if (!duplication.ok()) {
    std::cerr << duplication.status() << "\n";
    return 1;
  }
  auto services = (*service)->services();
  services.push_back(duplication->get());
  return (*host)->Run(services);
}
