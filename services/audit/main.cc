#include <cstdio>

#include "services/audit/fold.h"
#include "services/audit/service.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/host.h"

int main(int argc, char** argv) {
  const auto config = tsunagu::rpc::LoadConfig(argc == 2 ? argv[1] : "");
  if (!config.ok()) {
    std::fprintf(stderr, "audit CONFIG: %s\n", config.status().ToString().c_str());
    return 2;
  }
  const tsunagu::audit::AccessFolder folder;
  auto host = tsunagu::rpc::Host::Create(*config, {{tsunagu::audit::kRecordsTopic, &folder, ""}});
  if (!host.ok()) {
    std::fprintf(stderr, "audit: %s\n", host.status().ToString().c_str());
    return 1;
  }
  tsunagu::audit::AuditService service(**host);
  return (*host)->Run({&service});
}
