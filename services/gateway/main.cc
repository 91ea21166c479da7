// gateway CONFIG: serves until SIGTERM or SIGINT.
#include <signal.h>

#include <cstdlib>

#include "services/gateway/config.h"
#include "services/gateway/server.h"
#include "services/gateway/text_proto.h"
#include "services/platform/rpc/metrics_page.h"
#include "services/platform/status/macros.h"
#include "spdlog/spdlog.h"

namespace {

// Signals wait for sigwait in every thread that is started from now on.
sigset_t BlockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

absl::Status Run(const char* config_path) {
  const sigset_t signals = BlockStopSignals();
  ASSIGN_OR_RETURN(const std::string text, tsunagu::gateway::ReadFile(config_path));
  ASSIGN_OR_RETURN(const auto config, tsunagu::gateway::ParseConfig(text));
  ASSIGN_OR_RETURN(const auto server, tsunagu::gateway::GatewayServer::Start(config));
  ASSIGN_OR_RETURN(const auto page,
                   tsunagu::rpc::MetricsPage::Serve(config.metrics_listen(), server->metrics()));
  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping: signal {}", signal);
  server->Stop();
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    spdlog::error("usage: gateway CONFIG");
    return EXIT_FAILURE;
  }
  const absl::Status status = Run(argv[1]);
  if (status.ok()) return EXIT_SUCCESS;
  spdlog::error("{}", status.ToString());
  return EXIT_FAILURE;
}
