// gateway CONFIG: serves until SIGTERM or SIGINT.
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "services/gateway/config.h"
#include "services/gateway/server.h"
#include "services/platform/rpc/log.h"
#include "services/platform/rpc/metrics_page.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace {

using tsunagu::rpc::Level;
using tsunagu::rpc::Log;

constexpr std::chrono::seconds kForcedStop(2);

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
  ASSIGN_OR_RETURN(const std::string text, tsunagu::ReadFile(config_path));
  ASSIGN_OR_RETURN(const auto config, tsunagu::gateway::ParseConfig(text));
  ASSIGN_OR_RETURN(const auto server, tsunagu::gateway::GatewayServer::Start(config));
  ASSIGN_OR_RETURN(const auto page,
                   tsunagu::rpc::MetricsPage::Serve(config.metrics_listen(), server->metrics()));
  int signal = 0;
  sigwait(&signals, &signal);
  // gRPC waits without end for a peer that neither reads nor goes.
  const int grace_ms = config.stop_grace_ms();
  std::thread([grace_ms] {
    std::this_thread::sleep_for(std::chrono::milliseconds(grace_ms) + kForcedStop);
    Log(Level::kWarning, "stop.forced", {{"service", "gateway"}});
    std::_Exit(EXIT_SUCCESS);
  }).detach();
  server->Stop();
  Log(Level::kInfo, "stop.done", {{"service", "gateway"}});
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: gateway CONFIG\n";
    return EXIT_FAILURE;
  }
  const absl::Status status = Run(argv[1]);
  if (status.ok()) return EXIT_SUCCESS;
  Log(Level::kError, "start.failed", {{"why", status.ToString()}});
  return EXIT_FAILURE;
}
