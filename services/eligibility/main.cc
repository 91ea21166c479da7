// The eligibility service: composition only.
#include <iostream>

#include "services/eligibility/fold.h"
#include "services/eligibility/service.h"
#include "services/platform/journal/folder.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::cerr << config.status().message() << "\n";
    return 2;
  }
  if (!config->has_care_context_signer()) {
    std::cerr << "care_context_signer must be set\n";
    return 2;
  }
  const tsunagu::eligibility::PersonDomain domain;
  const tsunagu::journal::JournalFolder folder(domain);
  auto host =
      tsunagu::rpc::Host::Create(*config, {{"eligibility.journal", &folder, "eligibility.events"}});
  if (!host.ok()) {
    std::cerr << host.status().message() << "\n";
    return 1;
  }
  tsunagu::eligibility::EligibilityService service(**host, *(*host)->context_signer());
  return (*host)->Run({&service});
}
