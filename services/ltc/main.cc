// The ltc service: composition only.
#include <iostream>

#include "absl/time/time.h"
#include "services/ltc/fold.h"
#include "services/ltc/service.h"
#include "services/platform/access/enrolment.h"
#include "services/platform/journal/folder.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"

// How often the enrolment file is looked at, as often as the gateway does.
constexpr absl::Duration kEnrolmentInterval = absl::Seconds(5);

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::cerr << config.status().message() << "\n";
    return 2;
  }
  const auto enrolment =
      tsunagu::access::EnrolmentStore::Open(config->enrolment_file(), kEnrolmentInterval);
  if (!enrolment.ok()) {
    std::cerr << "enrolment_file: " << enrolment.status().message() << "\n";
    return 2;
  }
  const tsunagu::ltc::PackageDomain domain;
  const tsunagu::journal::JournalFolder folder(domain);
  auto host = tsunagu::rpc::Host::Create(*config, {{"ltc.journal", &folder, ""}});
  if (!host.ok()) {
    std::cerr << host.status().message() << "\n";
    return 1;
  }
  tsunagu::ltc::LtcService service(**host, **enrolment);
  return (*host)->Run({&service});
}
