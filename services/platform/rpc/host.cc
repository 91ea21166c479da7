#include "services/platform/rpc/host.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>

#include <csignal>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/journal/consumer.h"
#include "services/platform/journal/progress.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/grpc_server.h"
#include "services/platform/rpc/log.h"
#include "services/platform/rpc/metrics_page.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::rpc {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(5);
constexpr absl::Duration kReadinessInterval = absl::Milliseconds(100);
constexpr absl::Duration kProgressInterval = absl::Seconds(1);
// What may be missing: Runner::Missing.
constexpr const char* kFaults[] = {"kafka", "redis", "fold", "partition"};
// Of a service without a journal: it only follows what others decided, and no call waits for that.
constexpr absl::Duration kFollowerGather = absl::Milliseconds(20);

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials(
    const tsunagu::service::v1::Tls& tls) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  ASSIGN_OR_RETURN(options.pem_root_certs, ReadFile(tls.ca_file()));
  grpc::SslServerCredentialsOptions::PemKeyCertPair pair;
  ASSIGN_OR_RETURN(pair.private_key, ReadFile(tls.key_file()));
  ASSIGN_OR_RETURN(pair.cert_chain, ReadFile(tls.certificate_file()));
  options.pem_key_cert_pairs.push_back(std::move(pair));
  return grpc::SslServerCredentials(options);
}

// For a gauge; 0: never.
double UnixSeconds(absl::Time time) {
  return time == absl::InfinitePast() ? 0 : absl::ToDoubleSeconds(time - absl::UnixEpoch());
}

}  // namespace

absl::StatusOr<std::unique_ptr<Host>> Host::Create(tsunagu::service::v1::Service config,
                                                   std::vector<journal::FoldedTopic> folds) {
  std::unique_ptr<Host> host(new Host(std::move(config)));
  RETURN_IF_ERROR(host->Open(std::move(folds)));
  return host;
}

Host::~Host() {
  if (cpu_ != nullptr) cpu_->join();
}

absl::Status Host::OpenTokens() {
  access::TrustedKeys keys;
  for (const auto& key : config_.principal_keys()) {
    ASSIGN_OR_RETURN(std::string pem, ReadFile(key.public_key_file()));
    keys.principals.push_back({key.key_id(), std::move(pem)});
  }
  for (const auto& key : config_.care_context_keys()) {
    ASSIGN_OR_RETURN(std::string pem, ReadFile(key.public_key_file()));
    auto& added = keys.care_contexts.emplace_back();
    added.key_id = key.key_id();
    added.public_key_pem = std::move(pem);
    for (const int source : key.sources()) {
      added.sources.push_back(static_cast<tsunagu::access::v1::ContextSource>(source));
    }
  }
  ASSIGN_OR_RETURN(tokens_, access::TokenVerifier::Create(keys));
  if (!config_.has_care_context_signer()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string key,
                   ReadFile(config_.care_context_signer().private_key_file()));
  ASSIGN_OR_RETURN(access::TokenSigner signer,
                   access::TokenSigner::Create(config_.care_context_signer().key_id(), key));
  context_signer_ = std::make_unique<access::TokenSigner>(std::move(signer));
  return absl::OkStatus();
}

absl::Status Host::Open(std::vector<journal::FoldedTopic> folds) {
  ASSIGN_OR_RETURN(const std::string hex, ReadFile(config_.subject_key_file()));
  ASSIGN_OR_RETURN(
      national::SubjectKey subjects,
      national::SubjectKey::Create(absl::HexStringToBytes(absl::StripAsciiWhitespace(hex))));
  subjects_ = std::make_unique<national::SubjectKey>(std::move(subjects));
  RETURN_IF_ERROR(OpenTokens());
  cpu_ = std::make_unique<asio::thread_pool>(config_.cpu_threads());
  redis_ = std::make_unique<view::Redis>(loop_, config_.redis());
  subscriber_ = std::make_unique<view::Redis>(loop_, config_.redis());
  const std::string service = absl::StrCat(config_.prefix(), config_.name());
  reader_ =
      std::make_unique<view::Reader>(loop_, *redis_, *subscriber_, service, config_.partitions());
  gates_ = std::make_unique<view::Gates>(*redis_, service);
  const std::string own_topic = Topic(config_.name() + ".journal");
  const std::string audit_topic = Topic(audit::kTopic);
  std::vector<std::string> written = {audit_topic};
  absl::Duration gather = kFollowerGather;
  for (auto& fold : folds) {
    fold.topic = Topic(fold.topic);
    if (fold.topic == own_topic) {
      written.push_back(own_topic);
      gather = absl::ZeroDuration();
    }
    if (fold.publish_to.empty()) continue;
    fold.publish_to = Topic(fold.publish_to);
    written.push_back(fold.publish_to);
  }
  ASSIGN_OR_RETURN(producer_, journal::Producer::Create(loop_, config_.kafka(), written));
  journal_ = std::make_unique<journal::Journal>(
      loop_, *reader_, *producer_,
      journal::Journal::Options{own_topic, config_.max_commands_in_flight()});
  trail_ = std::make_unique<audit::Trail>(loop_, *producer_, audit_topic, config_.partitions());
  runner_ = std::make_unique<journal::Runner>(
      loop_, *reader_, *producer_,
      journal::Runner::Options{config_.kafka(), service, std::move(folds), gather,
                               config_.session_timeout_ms()});
  dispatcher_ = std::make_unique<Dispatcher>(
      loop_, *tokens_, *trail_, metrics_,
      Dispatcher::Options{config_.gateway_name(),
                          absl::Milliseconds(config_.default_deadline_ms())});
  return absl::OkStatus();
}

std::string Host::Topic(absl::string_view name) const {
  return absl::StrCat(config_.prefix(), name);
}

absl::StatusOr<std::unique_ptr<grpc::Server>> Host::Listen(
    const std::vector<grpc::Service*>& services) {
  PrepareGrpcServer();
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  ASSIGN_OR_RETURN(auto credentials, Credentials(config_.tls()));
  builder.AddListeningPort(config_.listen(), credentials);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(config_.max_message_bytes());
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", config_.listen()));
  }
  server->GetHealthCheckService()->SetServingStatus(false);
  return server;
}

asio::awaitable<void> Host::WatchReadiness(grpc::HealthCheckServiceInterface* health) {
  for (;;) {
    // One lost partition does not send away the callers of the others; a new process waits for all.
    const absl::string_view missing = runner_->Missing();
    const bool ready = missing.empty() || (ready_ && missing == "partition");
    if (ready && !ready_) Log(Level::kInfo, "ready.gained", {});
    if (!ready && ready_) Log(Level::kWarning, "ready.lost", {{"missing", std::string(missing)}});
    ready_ = ready;
    health->SetServingStatus(ready);
    metrics_.Set("tsunagu_ready", ready ? 1 : 0);
    for (const char* fault : kFaults) {
      metrics_.Set("tsunagu_fault", fault == missing ? 1 : 0, {{"what", fault}});
    }
    metrics_.Set("tsunagu_commands_in_flight", journal_->in_flight());
    const journal::RunnerCounters& counters = runner_->counters();
    metrics_.Set("tsunagu_records_folded", static_cast<double>(counters.folded));
    metrics_.Set("tsunagu_records_void", static_cast<double>(counters.voided));
    metrics_.Set("tsunagu_records_undecodable", static_cast<double>(counters.undecodable));
    metrics_.Set("tsunagu_rebuilds", static_cast<double>(counters.rebuilds));
    metrics_.Set("tsunagu_folds_refused", static_cast<double>(counters.refused));
    co_await Sleep(kReadinessInterval);
  }
}

asio::awaitable<void> Host::ShowProgress() {
  for (;;) {
    for (const journal::TopicPartition& id : runner_->Partitions()) {
      const std::map<std::string, std::string> labels = {{"topic", id.first},
                                                         {"partition", absl::StrCat(id.second)}};
      const journal::Progress& progress = runner_->ProgressOf(id);
      metrics_.Set("tsunagu_view_behind_records", static_cast<double>(progress.behind), labels);
      metrics_.Set("tsunagu_view_advanced_seconds", UnixSeconds(progress.advanced), labels);
      metrics_.Set("tsunagu_view_complete_seconds", UnixSeconds(progress.complete), labels);
    }
    co_await Sleep(kProgressInterval);
  }
}

const journal::Progress& Host::ProgressOf(absl::string_view topic,
                                          absl::string_view pseudonym) const {
  return runner_->ProgressOf({Topic(topic), view::PartitionOf(pseudonym, config_.partitions())});
}

std::vector<int> Host::OwnedPartitions(absl::string_view topic) const {
  return runner_->Owned(Topic(topic));
}

void Host::Stop() {
  asio::post(loop_, [this] { BeginStop(); });
}

void Host::BeginStop() {
  if (stopper_.joinable()) return;
  stopping_ = true;
  server_->GetHealthCheckService()->SetServingStatus(false);
  stopper_ = std::thread([this] {
    server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(kGrace));
    loop_.stop();
  });
}

int Host::Run(const std::vector<grpc::Service*>& services) {
  const auto fail = [](const std::string& why) {
    Log(Level::kError, "start.failed", {{"why", why}});
    return 1;
  };
  auto server = Listen(services);
  if (!server.ok()) return fail(server.status().ToString());
  server_ = *std::move(server);
  const auto page = MetricsPage::Serve(config_.metrics(), metrics_.registry());
  if (!page.ok()) return fail(page.status().ToString());
  if (const absl::Status status = runner_->Start(); !status.ok()) return fail(status.ToString());
  asio::signal_set signals(loop_, SIGTERM, SIGINT);
  signals.async_wait([this](asio::error_code error, int) {
    if (!error) BeginStop();
  });
  asio::co_spawn(loop_, WatchReadiness(server_->GetHealthCheckService()), asio::detached);
  asio::co_spawn(loop_, ShowProgress(), asio::detached);
  Log(Level::kInfo, "start.listening",
      {{"service", config_.name()}, {"address", config_.listen()}});
  loop_.run();
  stopper_.join();
  runner_.reset();
  server_.reset();
  Log(Level::kInfo, "stop.done", {{"service", config_.name()}});
  return 0;
}

}  // namespace tsunagu::rpc
