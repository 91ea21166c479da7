#include "services/gateway/server_test_support.h"

#include <grpcpp/create_channel.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "absl/synchronization/notification.h"
#include "services/gateway/config.h"
#include "services/platform/access/metadata.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/access/token.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/status/error.h"
#include "tests/support/bytes.h"

namespace tsunagu::gateway {
namespace {

using hpki::TestPki;

// $0 folder of the hierarchy, $1 lists, $2 enrolment, $3 the backend's port, $4 extra fields.
// LongTermCare is routed to a port where nobody listens, Audit is not routed.
constexpr char kConfig[] = R"(
  listen: "127.0.0.1:0"
  certificate: "$0/internal/gateway/cert.pem"
  private_key: "$0/internal/gateway/key.pem"
  trust_anchor: "$0/trust/hpki-root.pem"
  intermediates: "$0/trust/intermediates.pem"
  crls: "$1"
  enrolment: "$2"
  crl_check_seconds: 3600
  principal_key { key_id: "gateway" file: "$0/internal/gateway-principal.key.pem" }
  care_context_keys {
    key_id: "eligibility" file: "$0/internal/eligibility-context.pub.pem"
    sources: [ CONTEXT_SOURCE_CARD_READER, CONTEXT_SOURCE_ORAL ]
  }
  care_context_keys {
    key_id: "emergency" file: "$0/internal/emergency-context.pub.pem"
    sources: CONTEXT_SOURCE_EMERGENCY
  }
  routes { service: "tsunagu.prescription.v1.Prescriptions" address: "127.0.0.1:$3" }
  routes { service: "tsunagu.eligibility.v1.Eligibility" address: "127.0.0.1:$3" }
  routes { service: "tsunagu.medication.v1.Medication" address: "127.0.0.1:$3" }
  routes { service: "tsunagu.emergency.v1.Emergency" address: "127.0.0.1:$3"
           tls_name: "prescription" }
  routes { service: "tsunagu.ltc.v1.LongTermCare" address: "127.0.0.1:1" }
  backend_ca: "$0/internal/ca.pem"
  backend_certificate: "$0/internal/gateway-client/cert.pem"
  backend_private_key: "$0/internal/gateway-client/key.pem"
  $4
)";

// A call that ends without ever sending a message.
class EmptyCall : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  EmptyCall(grpc::GenericStub& stub, const std::string& path) {
    stub.PrepareBidiStreamingCall(&context_, path, grpc::StubOptions(), this);
    StartWritesDone();
    StartCall();
  }

  void OnDone(const grpc::Status& status) override {
    answer_.status = status;
    done_.Notify();
  }

  Answer Wait() {
    done_.WaitForNotification();
    return answer_;
  }

 private:
  grpc::ClientContext context_;
  Answer answer_;
  absl::Notification done_;
};

}  // namespace

std::string Temporary(const std::string& name) {
  return absl::StrCat(std::getenv("TEST_TMPDIR"), "/", name);
}

void Write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

absl::Status Answer::details() const { return FromGrpcStatus(status); }

Client::Client(int port, const std::string& identity) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = TestPki::Read("internal/ca.pem");
  options.pem_private_key = TestPki::Read(absl::StrCat("identities/", identity, "/key.pem"));
  options.pem_cert_chain = TestPki::Read(absl::StrCat("identities/", identity, "/cert.pem")) +
                           TestPki::Read(absl::StrCat("identities/", identity, "/chain.pem"));
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  stub_ = std::make_unique<grpc::GenericStub>(grpc::CreateCustomChannel(
      absl::StrCat("127.0.0.1:", port), grpc::SslCredentials(options), arguments));
}

Answer Client::Call(const std::string& path, const Metadata& metadata, const std::string& request,
                    absl::Duration timeout, grpc_compression_algorithm compression) {
  grpc::ClientContext context;
  context.set_compression_algorithm(compression);
  for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
  if (timeout != absl::InfiniteDuration()) {
    context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(timeout));
  }
  const grpc::ByteBuffer message = tests::BufferOf(request);
  grpc::ByteBuffer bytes;
  Answer answer;
  absl::Notification done;
  stub_->UnaryCall(&context, path, grpc::StubOptions(), &message, &bytes, [&](grpc::Status status) {
    answer.status = std::move(status);
    done.Notify();
  });
  done.WaitForNotification();
  if (answer.status.ok()) answer.bytes = tests::BytesOf(bytes);
  return answer;
}

Answer Client::CallWithoutMessage(const std::string& path) {
  return EmptyCall(*stub_, path).Wait();
}

void ExpectOk(const Answer& answer) {
  EXPECT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.bytes, "hello");
}

void ExpectRefused(const Answer& answer, grpc::StatusCode code, const char* reason,
                   const char* rule) {
  EXPECT_EQ(answer.status.error_code(), code) << answer.status.error_message();
  EXPECT_EQ(ReasonOf(answer.details()), reason);
  EXPECT_EQ(RuleOf(answer.details()), rule);
}

void ExpectNoConnection(const Answer& answer) {
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(answer.status.error_details(), "");
}

void GatewayTest::SetUpTestSuite() {
  backend_ = new TestBackend(TestPki::Read("internal/ca.pem"),
                             TestPki::Read("internal/prescription/cert.pem"),
                             TestPki::Read("internal/prescription/key.pem"));
  const std::string enrol =
      absl::StrCat("tools/pki/enrol '", TestPki::PathOf(""), "' > ", Temporary("enrolment.txtpb"));
  ASSERT_EQ(std::system(enrol.c_str()), 0);
}

void GatewayTest::SetUp() {
  seconds_later_ = 0;
  Write(crls_, TestPki::Read("trust/crls.pem"));
  backend_->TakeSeen();
  Start("");
}

void GatewayTest::Start(const std::string& extra) {
  server_.reset();
  const auto config = ParseConfig(absl::Substitute(
      kConfig, TestPki::PathOf(""), crls_, Temporary("enrolment.txtpb"), backend_->port(), extra));
  ASSERT_TRUE(config.ok()) << config.status();
  auto server = GatewayServer::Start(
      *config, [] { return TestPki::Now() + absl::Seconds(seconds_later_.load()); });
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
}

access::v1::CareContext GatewayTest::Context(const std::string& facility) {
  const absl::Time now = TestPki::Now();
  access::v1::CareContext context;
  context.set_id("context-1");
  context.add_subjects("00112233445566778899aabbccddeeff");
  context.set_facility(facility);
  context.add_scopes(access::v1::SCOPE_MEDICATION);
  context.set_source(access::v1::CONTEXT_SOURCE_ORAL);
  *context.mutable_issued_at() = access::ToTimestamp(now);
  *context.mutable_expires_at() = access::ToTimestamp(now + absl::Hours(1));
  return context;
}

std::string GatewayTest::Sign(const access::v1::CareContext& context, const std::string& key_id,
                              const std::string& key_file) {
  return access::TokenSigner::Create(key_id, TestPki::Read("internal/" + key_file))->Sign(context);
}

Metadata GatewayTest::Presenting(const access::v1::CareContext& context) {
  return {{access::kCareContextKey, Sign(context, "eligibility", "eligibility-context.key.pem")}};
}

access::v1::Principal GatewayTest::SeenPrincipal() {
  const auto seen = backend_->TakeSeen();
  EXPECT_EQ(seen.size(), 1u);
  if (seen.size() != 1) return {};
  EXPECT_EQ(seen[0].metadata.count(access::kPrincipalKey), 1u);
  const auto verifier = access::TokenVerifier::Create(
      {.principals = {{"gateway", TestPki::Read("internal/gateway-principal.pub.pem")}},
       .care_contexts = {}});
  const auto principal = (*verifier)->VerifyPrincipal(
      seen[0].metadata.find(access::kPrincipalKey)->second, TestPki::Now());
  EXPECT_TRUE(principal.ok()) << principal.status();
  return principal.ok() ? **principal : access::v1::Principal();
}

double GatewayTest::ReadyGauge() {
  for (const auto& family : server_->metrics()->Collect()) {
    if (family.name == "tsunagu_ready") return family.metric.at(0).gauge.value;
  }
  return -1;
}

bool GatewayTest::HasFault(const std::string& what) {
  for (const auto& family : server_->metrics()->Collect()) {
    if (family.name != "tsunagu_fault") continue;
    for (const auto& metric : family.metric) {
      if (metric.label[0].value == what) return metric.gauge.value == 1;
    }
  }
  return false;
}

void GatewayTest::Revoke(const std::string& identity) {
  const std::string copy = Temporary("revoking");
  std::filesystem::remove_all(copy);
  std::filesystem::copy(TestPki::PathOf(""), copy, std::filesystem::copy_options::recursive);
  const std::string make = absl::StrCat("tools/pki/make '", copy, "' --seed-date ",
                                        "2026-06-01T00:30:00Z --revoke ", identity);
  ASSERT_EQ(std::system(make.c_str()), 0);
  std::filesystem::copy_file(copy + "/trust/crls.pem", crls_,
                             std::filesystem::copy_options::overwrite_existing);
}

Client GatewayTest::Connect(const std::string& identity) {
  return Client(server_->port(), identity);
}

TestBackend* GatewayTest::backend_ = nullptr;
std::atomic<int64_t> GatewayTest::seconds_later_;

}  // namespace tsunagu::gateway
