#include "services/gateway/server.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/gateway/admission.h"
#include "services/gateway/backends.h"
#include "services/gateway/credential.h"
#include "services/gateway/metrics.h"
#include "services/gateway/principal.h"
#include "services/platform/access/enrolment.h"
#include "services/platform/access/rate_limiter.h"
#include "services/platform/access/token.h"
#include "services/platform/async/periodic.h"
#include "services/platform/hpki/authorities.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"
#include "services/platform/hpki/path.h"
#include "services/platform/rpc/grpc_server.h"
#include "services/platform/rpc/log.h"
#include "services/platform/rpc/reload_log.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::gateway {
namespace {

using config::v1::GatewayConfig;

constexpr absl::Duration kCrlWarning = absl::Hours(48);
constexpr absl::Duration kBackendCheck = absl::Seconds(1);
// For what all clients together are sending and being sent.
constexpr size_t kReceiveBytes = size_t{256} << 20;

// gRPC's own check comes first and is coarse: it trusts the issuing CAs as they are, for it knows
// neither policies nor our revocation lists. CredentialChecker has the last word.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ServerTls(const GatewayConfig& config) {
  ASSIGN_OR_RETURN(std::string anchor, ReadFile(config.trust_anchor()));
  ASSIGN_OR_RETURN(std::string intermediates, ReadFile(config.intermediates()));
  ASSIGN_OR_RETURN(std::string key, ReadFile(config.private_key()));
  ASSIGN_OR_RETURN(std::string certificate, ReadFile(config.certificate()));
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = absl::StrCat(anchor, "\n", intermediates);
  options.pem_key_cert_pairs.push_back({std::move(key), std::move(certificate)});
  return grpc::SslServerCredentials(options);
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> BackendTls(const GatewayConfig& config) {
  grpc::SslCredentialsOptions options;
  ASSIGN_OR_RETURN(options.pem_root_certs, ReadFile(config.backend_ca()));
  ASSIGN_OR_RETURN(options.pem_private_key, ReadFile(config.backend_private_key()));
  ASSIGN_OR_RETURN(options.pem_cert_chain, ReadFile(config.backend_certificate()));
  return grpc::SslCredentials(options);
}

absl::StatusOr<std::unique_ptr<access::TokenVerifier>> MakeVerifier(const GatewayConfig& config) {
  access::TrustedKeys keys;
  for (const auto& key : config.care_context_keys()) {
    ASSIGN_OR_RETURN(std::string pem, ReadFile(key.file()));
    access::TrustedKeys::CareContext trusted{key.key_id(), std::move(pem), {}};
    for (const int source : key.sources()) {
      trusted.sources.push_back(static_cast<access::v1::ContextSource>(source));
    }
    keys.care_contexts.push_back(std::move(trusted));
  }
  return access::TokenVerifier::Create(keys);
}

absl::StatusOr<access::TokenSigner> MakeSigner(const GatewayConfig& config) {
  ASSIGN_OR_RETURN(const std::string pem, ReadFile(config.principal_key().file()));
  return access::TokenSigner::Create(config.principal_key().key_id(), pem);
}

// What is read from files, each with its own errors.
struct Materials {
  std::shared_ptr<grpc::ServerCredentials> server_tls;
  std::shared_ptr<grpc::ChannelCredentials> backend_tls;
  hpki::Certificate root;
  std::vector<hpki::Certificate> issuing;
  hpki::PathValidator validator;
  std::unique_ptr<hpki::CrlStore> crls;
  std::unique_ptr<access::EnrolmentStore> enrolment;
  std::unique_ptr<access::TokenVerifier> verifier;
  access::TokenSigner signer;
};

absl::StatusOr<Materials> ReadMaterials(const GatewayConfig& config) {
  ASSIGN_OR_RETURN(auto server_tls, ServerTls(config));
  ASSIGN_OR_RETURN(auto backend_tls, BackendTls(config));
  ASSIGN_OR_RETURN(const std::string root_pem, ReadFile(config.trust_anchor()));
  ASSIGN_OR_RETURN(auto root, hpki::Certificate::FromPem(root_pem));
  ASSIGN_OR_RETURN(const std::string issuing_pem, ReadFile(config.intermediates()));
  ASSIGN_OR_RETURN(auto issuing,
                   hpki::Certificate::ListFromPem(issuing_pem, hpki::kMaxConfiguredIntermediates));
  ASSIGN_OR_RETURN(auto validator, hpki::PathValidator::Create(root, issuing));
  ASSIGN_OR_RETURN(auto crls, hpki::CrlStore::Open(config.crls()));
  ASSIGN_OR_RETURN(auto enrolment, access::EnrolmentStore::Open(config.enrolment()));
  ASSIGN_OR_RETURN(auto verifier, MakeVerifier(config));
  ASSIGN_OR_RETURN(auto signer, MakeSigner(config));
  return Materials{std::move(server_tls), std::move(backend_tls), std::move(root),
                   std::move(issuing),    std::move(validator),   std::move(crls),
                   std::move(enrolment),  std::move(verifier),    std::move(signer)};
}

}  // namespace

// Everything in the order of its use; destroyed in reverse.
class GatewayServer::Parts {
 public:
  Parts(const GatewayConfig& config, Materials materials, Clock clock)
      : config_(config),
        clock_(clock),
        materials_(std::move(materials)),
        metrics_(*registry_),
        credentials_(materials_.validator, materials_.crls.get()),
        limiter_(config.calls_per_second(), config.burst()),
        issuer_(materials_.signer),
        admission_({.credentials = &credentials_,
                    .enrolment = materials_.enrolment.get(),
                    .limiter = &limiter_,
                    .issuer = &issuer_,
                    .verifier = materials_.verifier.get()}),
        backends_(config, materials_.backend_tls),
        proxy_({.admission = &admission_,
                .backends = &backends_,
                .metrics = &metrics_,
                .clock = std::move(clock),
                .max_message_bytes = static_cast<size_t>(config.max_message_bytes()),
                .default_deadline = absl::Milliseconds(config.default_deadline_ms()),
                .max_deadline = absl::Milliseconds(config.max_deadline_ms())}) {
    ReportCrls();
  }

  ~Parts() {
    if (server_ != nullptr) Stop(absl::ZeroDuration());
  }

  absl::Status Serve() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(config_.listen(), materials_.server_tls, &port_);
    builder.RegisterCallbackGenericService(&proxy_);
    // The proxy tells what is too large. gRPC's own limit would save nothing, for gRPC holds a
    // message whole before it looks at its length, and would say neither reason nor rule.
    builder.SetMaxReceiveMessageSize(-1);
    // Whoever sends what would fill more than this loses the connection or the call.
    grpc::ResourceQuota quota("gateway");
    quota.Resize(kReceiveBytes);
    builder.SetResourceQuota(quota);
    // A few bytes that unfold into gigabytes are refused as they are.
    for (const auto algorithm : {GRPC_COMPRESS_DEFLATE, GRPC_COMPRESS_GZIP}) {
      builder.SetCompressionAlgorithmSupportStatus(algorithm, false);
    }
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, config_.max_concurrent_streams());
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port_ == 0) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", config_.listen()));
    }
    ReportReadiness();
    watcher_.emplace(absl::Seconds(config_.crl_check_seconds()), [this] { ReloadFiles(); });
    backend_watcher_.emplace(kBackendCheck, [this] { backends_.Look(metrics_); });
    return absl::OkStatus();
  }

  void Stop(absl::Duration grace) {
    watcher_.reset();
    backend_watcher_.reset();
    server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(grace));
    server_.reset();
  }

  void ReloadFiles() {
    const auto crls = materials_.crls->Reload();
    metrics_.Fault("crls", !crls_log_.Tell(crls));
    ReportCrls();
    metrics_.Fault("enrolment", !materials_.enrolment->Refresh());
    ReportReadiness();
  }

  const GatewayConfig& config() const { return config_; }
  int port() const { return port_; }
  std::shared_ptr<prometheus::Registry> registry() const { return registry_; }

 private:
  // All else was read at the start, or there would be no server.
  void ReportReadiness() {
    const hpki::Authorities authorities = hpki::CheckAuthorities(
        materials_.root, materials_.issuing, materials_.crls->current().crls, clock_());
    const bool ready = authorities.open > 0;
    server_->GetHealthCheckService()->SetServingStatus(ready);
    metrics_.Ready(ready);
    metrics_.ClosedAuthorities(authorities.closed);
    metrics_.Fault("authorities", authorities.closed > 0);
    if (closed_.exchange(authorities.closed) != authorities.closed && authorities.closed > 0) {
      rpc::Log(rpc::Level::kError, "crls.closed",
               {{"authorities", absl::StrCat(authorities.closed)},
                {"first", std::string(authorities.fault.message())}});
    }
    if (ready_.exchange(ready) == ready) return;
    rpc::Log(ready ? rpc::Level::kInfo : rpc::Level::kError, ready ? "ready.gained" : "ready.lost",
             {});
  }

  // Once of each generation: a call may be the first to see new lists.
  void ReportCrls() {
    const auto lists = materials_.crls->current();
    if (reported_.exchange(lists.generation) == lists.generation) return;
    const absl::Time end = lists.crls.earliest_next_update();
    metrics_.CrlsExpireAt(end);
    const bool soon = end - clock_() < kCrlWarning;
    rpc::Log(soon ? rpc::Level::kWarning : rpc::Level::kInfo,
             soon ? "crls.expire_soon" : "crls.read",
             {{"generation", absl::StrCat(lists.generation)},
              {"expire", absl::FormatTime(end, absl::UTCTimeZone())}});
  }

  const GatewayConfig config_;
  const Clock clock_;
  const std::shared_ptr<prometheus::Registry> registry_ = std::make_shared<prometheus::Registry>();
  Materials materials_;
  Metrics metrics_;
  CredentialChecker credentials_;
  access::RateLimiter limiter_;
  PrincipalIssuer issuer_;
  Admission admission_;
  Backends backends_;
  Proxy proxy_;
  std::atomic<bool> ready_ = false;
  std::atomic<int> closed_ = 0;
  std::atomic<uint64_t> reported_ = 0;  // generation of the lists
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  rpc::ReloadLog crls_log_{"crls"};
  std::optional<Periodic> watcher_, backend_watcher_;
};

GatewayServer::GatewayServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
GatewayServer::~GatewayServer() = default;

absl::StatusOr<std::unique_ptr<GatewayServer>> GatewayServer::Start(const GatewayConfig& config,
                                                                    Clock clock) {
  ASSIGN_OR_RETURN(Materials materials, ReadMaterials(config));
  rpc::PrepareGrpcServer();
  auto parts = std::make_unique<Parts>(config, std::move(materials), std::move(clock));
  RETURN_IF_ERROR(parts->Serve());
  rpc::Log(rpc::Level::kInfo, "start.listening",
           {{"service", "gateway"}, {"port", absl::StrCat(parts->port())}});
  return std::unique_ptr<GatewayServer>(new GatewayServer(std::move(parts)));
}

int GatewayServer::port() const { return parts_->port(); }
void GatewayServer::ReloadFiles() { parts_->ReloadFiles(); }

void GatewayServer::Stop() { parts_->Stop(absl::Milliseconds(parts_->config().stop_grace_ms())); }

std::shared_ptr<prometheus::Registry> GatewayServer::metrics() const { return parts_->registry(); }

}  // namespace tsunagu::gateway
