// The composition root of a service process: configuration, Kafka, Redis, folds, gRPC, signals.
#ifndef SERVICES_PLATFORM_RPC_HOST_H_
#define SERVICES_PLATFORM_RPC_HOST_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "services/platform/access/token.h"
#include "services/platform/audit/trail.h"
#include "services/platform/journal/journal.h"
#include "services/platform/journal/producer.h"
#include "services/platform/journal/runner.h"
#include "services/platform/national/insured.h"
#include "services/platform/rpc/dispatcher.h"
#include "services/platform/rpc/metrics.h"
#include "services/platform/view/gates.h"
#include "services/platform/view/reader.h"
#include "services/platform/view/redis.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::rpc {

// Everything that handlers stand on. Make it, make the gRPC services with its parts, then Run.
class Host {
 public:
  // `folds`: the topics that this service folds, its own journal among them; their folders must
  // outlive the host.
  static absl::StatusOr<std::unique_ptr<Host>> Create(tsunagu::service::v1::Service config,
                                                      std::vector<journal::FoldedTopic> folds);
  ~Host();

  const tsunagu::service::v1::Service& config() const { return config_; }
  // How far the view of a topic is, in the partition of this pseudonym. The topic must be among the
  // folds. Loop thread only.
  const journal::Progress& ProgressOf(absl::string_view topic, absl::string_view pseudonym) const;
  // The full name of a topic, to read its view: views().Read(host.Topic("prescription.events"),
  // ...).
  std::string Topic(absl::string_view name) const;
  view::Reader& views() { return *reader_; }
  view::Gates& gates() { return *gates_; }
  journal::Journal& journal() { return *journal_; }  // of topic "<name>.journal"
  const national::SubjectKey& subjects() const { return *subjects_; }
  Dispatcher& dispatcher() { return *dispatcher_; }
  // The loop of handlers and folds, for what runs beside the calls.
  asio::io_context& loop() { return loop_; }
  // The partitions of a topic of the folds that this replica folds now. Loop thread only.
  std::vector<int> OwnedPartitions(absl::string_view topic) const;
  // For work that takes more than some tens of microseconds: signatures, parsing.
  asio::thread_pool& cpu() { return *cpu_; }
  // Signs care contexts; null unless the configuration names a key.
  const access::TokenSigner* context_signer() const { return context_signer_.get(); }

  // Serves until SIGTERM or SIGINT, then stops gracefully: not serving, calls under way end within
  // 5 seconds, folds stop. Health says SERVING from the moment when all views are caught up
  // (Runner::caught_up) until Kafka, Redis or the whole view of a topic is missing. Answers the
  // process's exit status.
  int Run(const std::vector<grpc::Service*>& services);

  // Makes Run return as a signal does. Thread safe.
  void Stop();

  // It serves no new calls and waits for those under way: what has no end should come to one.
  // Thread safe.
  bool stopping() const { return stopping_; }

  // As health says it. Thread safe.
  bool ready() const { return ready_; }

 private:
  explicit Host(tsunagu::service::v1::Service config) : config_(std::move(config)) {}
  absl::Status Open(std::vector<journal::FoldedTopic> folds);
  absl::Status OpenTokens();
  absl::StatusOr<std::unique_ptr<grpc::Server>> Listen(const std::vector<grpc::Service*>& services);
  void BeginStop();
  asio::awaitable<void> WatchReadiness(grpc::HealthCheckServiceInterface* health);
  asio::awaitable<void> ShowProgress();

  const tsunagu::service::v1::Service config_;
  asio::io_context loop_{1};
  std::atomic<bool> ready_ = false;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<grpc::Server> server_;
  std::thread stopper_;  // waits for calls under way, which need the loop
  std::unique_ptr<asio::thread_pool> cpu_;
  Metrics metrics_;
  std::unique_ptr<national::SubjectKey> subjects_;
  std::unique_ptr<access::TokenVerifier> tokens_;
  std::unique_ptr<access::TokenSigner> context_signer_;
  std::unique_ptr<view::Redis> redis_, subscriber_;
  std::unique_ptr<view::Reader> reader_;
  std::unique_ptr<view::Gates> gates_;
  std::unique_ptr<journal::Producer> producer_;
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<audit::Trail> trail_;
  std::unique_ptr<journal::Runner> runner_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_HOST_H_
