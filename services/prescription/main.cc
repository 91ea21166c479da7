// The prescription service: see README.md.
#include <iostream>

#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/process.h"

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::cerr << config.status() << "\n";
    return 2;
  }
  const tsunagu::prescription::Folds folds;
  auto host = tsunagu::rpc::Host::Create(*config, folds.topics());
  if (!host.ok()) {
    std::cerr << host.status() << "\n";
    return 1;
  }
  auto services = tsunagu::prescription::Services::Create(**host);
  if (!services.ok()) {
    std::cerr << services.status() << "\n";
    return 1;
  }
  return (*host)->Run((*services)->all());
}
