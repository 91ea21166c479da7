// The ltc service: composition only.
#include <iostream>

#include "services/ltc/fold.h"
#include "services/ltc/service.h"
#include "services/platform/journal/folder.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::cerr << config.status().message() << "\n";
    return 2;
  }
  const tsunagu::ltc::PackageDomain domain;
  const tsunagu::journal::JournalFolder folder(domain);
  auto host = tsunagu::rpc::Host::Create(*config, {{"ltc.journal", &folder, ""}});
  if (!host.ok()) {
    std::cerr << host.status().message() << "\n";
    return 1;
  }
  tsunagu::ltc::LtcService service(**host);
  return (*host)->Run({&service});
}
