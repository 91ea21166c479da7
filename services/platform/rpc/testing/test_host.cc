#include "services/platform/rpc/testing/test_host.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/access/metadata.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/rpc/config.h"
#include "services/platform/rpc/grpc_status.h"

namespace tsunagu::rpc {
namespace {

using hpki::TestPki;
using tsunagu::access::v1::CareContext;
using tsunagu::access::v1::Principal;

constexpr absl::Duration kStartLimit = absl::Seconds(30);
// A full load takes seconds, and many on a busy machine or under a sanitizer.
constexpr absl::Duration kCallLimit = absl::Seconds(120);
constexpr char kGatewayKey[] = "gateway";
constexpr char kEligibilityKey[] = "eligibility";
constexpr char kEmergencyKey[] = "emergency";

// A port that was free a moment ago.
int FreePort() {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(descriptor, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  close(descriptor);
  return ntohs(address.sin_port);
}

void SetLifetime(absl::Duration lifetime, auto& token) {
  const int64_t now = absl::ToUnixSeconds(absl::Now());
  token.mutable_issued_at()->set_seconds(now);
  token.mutable_expires_at()->set_seconds(now + absl::ToInt64Seconds(lifetime));
}

access::TokenSigner Signer(const std::string& id, const std::string& file) {
  auto signer = access::TokenSigner::Create(id, TestPki::Read(file));
  if (!signer.ok()) std::abort();
  return *std::move(signer);
}

}  // namespace

Principal Practitioner(tsunagu::access::v1::Role role, tsunagu::access::v1::FacilityKind kind,
                       const std::string& facility) {
  Principal principal;
  principal.set_credential(tsunagu::access::v1::CREDENTIAL_PRACTITIONER);
  principal.set_actor(absl::StrCat("test-actor-", role));
  principal.add_roles(role);
  principal.set_facility(facility);
  principal.set_facility_kind(kind);
  SetLifetime(absl::Minutes(1), principal);
  return principal;
}

Principal Organisation(tsunagu::access::v1::FacilityKind kind, const std::string& facility) {
  Principal principal;
  principal.set_credential(tsunagu::access::v1::CREDENTIAL_ORGANISATION);
  principal.set_actor(absl::StrCat("test-terminal-", facility));
  principal.set_facility(facility);
  principal.set_facility_kind(kind);
  principal.set_local_user("operator-1");
  SetLifetime(absl::Minutes(1), principal);
  return principal;
}

CareContext ContextFor(const std::string& facility, const std::vector<std::string>& subjects,
                       const std::vector<tsunagu::access::v1::Scope>& scopes) {
  CareContext context;
  context.set_id("test-context");
  for (const std::string& subject : subjects) context.add_subjects(subject);
  context.set_facility(facility);
  for (const auto scope : scopes) context.add_scopes(scope);
  context.set_source(tsunagu::access::v1::CONTEXT_SOURCE_CARD_READER);
  SetLifetime(absl::Hours(24), context);
  return context;
}

absl::Status StatusOf(const grpc::Status& status) { return FromGrpcStatus(status); }

void ServiceTest::SetUp() {
  ClusterTest::SetUp();
  prefix_ = tests::UniqueName("svc") + ".";
}

void ServiceTest::TearDown() {
  for (auto it = running_.rbegin(); it != running_.rend(); ++it) {
    it->host->Stop();
    it->thread.join();
  }
}

void ServiceTest::CreateTopics(const std::vector<std::string>& names) {
  std::vector<std::string> topics;
  for (const std::string& name : names) topics.push_back(prefix_ + name);
  const absl::Status status = tests::CreateTopics(cluster(), topics, kPartitions);
  ASSERT_TRUE(status.ok()) << status;
}

tsunagu::service::v1::Service ServiceTest::Config(const std::string& name) {
  tsunagu::service::v1::Service config;
  config.set_name(name);
  config.set_prefix(prefix_);
  config.set_listen(absl::StrCat("127.0.0.1:", FreePort()));
  config.mutable_tls()->set_ca_file(TestPki::PathOf("internal/ca.pem"));
  config.mutable_tls()->set_certificate_file(TestPki::PathOf("internal/" + name + "/cert.pem"));
  config.mutable_tls()->set_key_file(TestPki::PathOf("internal/" + name + "/key.pem"));
  config.set_kafka(cluster().kafka);
  config.set_redis(absl::StrCat(cluster().redis_host, ":", cluster().redis_port));
  config.set_partitions(kPartitions);
  config.set_default_deadline_ms(absl::ToInt64Milliseconds(kCallLimit));
  config.set_subject_key_file(TestPki::PathOf("internal/subject.key"));
  auto* gateway = config.add_principal_keys();
  gateway->set_key_id(kGatewayKey);
  gateway->set_public_key_file(TestPki::PathOf("internal/gateway-principal.pub.pem"));
  auto* eligibility = config.add_care_context_keys();
  eligibility->set_key_id(kEligibilityKey);
  eligibility->set_public_key_file(TestPki::PathOf("internal/eligibility-context.pub.pem"));
  eligibility->add_sources(tsunagu::access::v1::CONTEXT_SOURCE_CARD_READER);
  eligibility->add_sources(tsunagu::access::v1::CONTEXT_SOURCE_ORAL);
  auto* emergency = config.add_care_context_keys();
  emergency->set_key_id(kEmergencyKey);
  emergency->set_public_key_file(TestPki::PathOf("internal/emergency-context.pub.pem"));
  emergency->add_sources(tsunagu::access::v1::CONTEXT_SOURCE_EMERGENCY);
  if (name == kEligibilityKey || name == kEmergencyKey) {
    config.mutable_care_context_signer()->set_key_id(name);
    config.mutable_care_context_signer()->set_private_key_file(
        TestPki::PathOf("internal/" + name + "-context.key.pem"));
  }
  return *CheckConfig(config);
}

void ServiceTest::Serve(Host& host, const std::vector<grpc::Service*>& services) {
  running_.push_back({&host, std::thread([&host, services] { host.Run(services); })});
  const absl::Time limit = absl::Now() + kStartLimit;
  while (!host.ready() && absl::Now() < limit) absl::SleepFor(absl::Milliseconds(10));
  ASSERT_TRUE(host.ready()) << "the service's views did not catch up";
}

std::shared_ptr<grpc::Channel> ServiceTest::Channel(const tsunagu::service::v1::Service& config) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = TestPki::Read("internal/ca.pem");
  options.pem_private_key = TestPki::Read("internal/gateway-client/key.pem");
  options.pem_cert_chain = TestPki::Read("internal/gateway-client/cert.pem");
  return grpc::CreateChannel(config.listen(), grpc::SslCredentials(options));
}

void ServiceTest::As(grpc::ClientContext& context, const Principal& principal) {
  static const access::TokenSigner* const signer =
      new access::TokenSigner(Signer(kGatewayKey, "internal/gateway-principal.key.pem"));
  context.AddMetadata(access::kPrincipalKey, signer->Sign(principal));
  context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(kCallLimit));
}

void ServiceTest::With(grpc::ClientContext& context, const CareContext& care_context) {
  static const access::TokenSigner* const signer =
      new access::TokenSigner(Signer(kEligibilityKey, "internal/eligibility-context.key.pem"));
  context.AddMetadata(access::kCareContextKey, signer->Sign(care_context));
}

}  // namespace tsunagu::rpc
