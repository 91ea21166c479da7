// The gateway as clients meet it: real TLS, the certificates of tools/pki, a service behind it.
#include "services/gateway/server.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "absl/synchronization/notification.h"
#include "google/protobuf/descriptor.h"
#include "services/gateway/config.h"
#include "services/gateway/test_backend.h"
#include "services/gateway/text_proto.h"
#include "services/platform/access/metadata.h"
#include "services/platform/access/rule.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/status/error.h"

namespace tsunagu::gateway {
namespace {

using hpki::TestPki;

constexpr char kRegister[] = "/tsunagu.prescription.v1.Prescriptions/Register";
constexpr char kAccept[] = "/tsunagu.prescription.v1.Prescriptions/Accept";
constexpr char kCheck[] = "/tsunagu.eligibility.v1.Eligibility/Check";
constexpr char kLoad[] = "/tsunagu.eligibility.v1.Eligibility/LoadInsured";
constexpr char kHistory[] = "/tsunagu.medication.v1.Medication/GetHistory";
constexpr char kSummary[] = "/tsunagu.emergency.v1.Emergency/GetSummary";
constexpr char kClinic[] = "1311111111";
constexpr char kPharmacy[] = "1349999996";

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

std::string Temporary(const std::string& name) {
  return absl::StrCat(std::getenv("TEST_TMPDIR"), "/", name);
}

void Write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

struct Answer {
  grpc::Status status;
  std::string bytes;

  absl::Status details() const {
    google::rpc::Status wire;
    wire.ParseFromString(status.error_details());
    return FromRpcStatus(wire);
  }
};

using Metadata = std::vector<std::pair<std::string, std::string>>;

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

// One client with one connection.
class Client {
 public:
  Client(int port, const std::string& identity) {
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

  Answer Call(const std::string& path, const Metadata& metadata = {},
              const std::string& request = "hello",
              absl::Duration timeout = absl::InfiniteDuration()) {
    grpc::ClientContext context;
    for (const auto& [key, value] : metadata) context.AddMetadata(key, value);
    if (timeout != absl::InfiniteDuration()) {
      context.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(timeout));
    }
    const grpc::ByteBuffer message = BufferOf(request);
    grpc::ByteBuffer bytes;
    Answer answer;
    absl::Notification done;
    stub_->UnaryCall(&context, path, grpc::StubOptions(), &message, &bytes,
                     [&](grpc::Status status) {
                       answer.status = std::move(status);
                       done.Notify();
                     });
    done.WaitForNotification();
    if (answer.status.ok()) answer.bytes = BytesOf(bytes);
    return answer;
  }

  Answer CallWithoutMessage(const std::string& path) { return EmptyCall(*stub_, path).Wait(); }

 private:
  std::unique_ptr<grpc::GenericStub> stub_;
};

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

// TLS refused the certificate: there is no call that could be told why.
void ExpectNoConnection(const Answer& answer) {
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(answer.status.error_details(), "");
}

class GatewayTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    backend_ = new TestBackend(TestPki::Read("internal/ca.pem"),
                               TestPki::Read("internal/prescription/cert.pem"),
                               TestPki::Read("internal/prescription/key.pem"));
    const std::string enrol = absl::StrCat("tools/pki/enrol '", TestPki::PathOf(""), "' > ",
                                           Temporary("enrolment.txtpb"));
    ASSERT_EQ(std::system(enrol.c_str()), 0);
  }

  void SetUp() override {
    seconds_later_ = 0;
    Write(crls_, TestPki::Read("trust/crls.pem"));
    backend_->TakeSeen();
    Start("");
  }

  void Start(const std::string& extra) {
    server_.reset();
    const auto config =
        ParseConfig(absl::Substitute(kConfig, TestPki::PathOf(""), crls_,
                                     Temporary("enrolment.txtpb"), backend_->port(), extra));
    ASSERT_TRUE(config.ok()) << config.status();
    auto server = GatewayServer::Start(
        *config, [] { return TestPki::Now() + absl::Seconds(seconds_later_.load()); });
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  Client Connect(const std::string& identity) { return Client(server_->port(), identity); }

  // A care context of `facility`, issued now for an hour, with the medication scope.
  access::v1::CareContext Context(const std::string& facility) const {
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

  static std::string Sign(const access::v1::CareContext& context, const std::string& key_id,
                          const std::string& key_file) {
    return access::TokenSigner::Create(key_id, TestPki::Read("internal/" + key_file))
        ->Sign(context);
  }

  Metadata Presenting(const access::v1::CareContext& context) const {
    return {{access::kCareContextKey, Sign(context, "eligibility", "eligibility-context.key.pem")}};
  }

  // The principal of the only call that the backend has seen.
  access::v1::Principal SeenPrincipal() {
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

  // Revokes an identity in a copy of the hierarchy and puts its lists in force.
  void Revoke(const std::string& identity) {
    const std::string copy = Temporary("revoking");
    std::filesystem::remove_all(copy);
    std::filesystem::copy(TestPki::PathOf(""), copy, std::filesystem::copy_options::recursive);
    const std::string make = absl::StrCat("tools/pki/make '", copy, "' --seed-date ",
                                          "2026-06-01T00:30:00Z --revoke ", identity);
    ASSERT_EQ(std::system(make.c_str()), 0);
    std::filesystem::copy_file(copy + "/trust/crls.pem", crls_,
                               std::filesystem::copy_options::overwrite_existing);
    server_->ReloadFiles();
  }

  static TestBackend* backend_;
  static std::atomic<int64_t> seconds_later_;
  const std::string crls_ = Temporary("crls.pem");
  std::unique_ptr<GatewayServer> server_;
};

TestBackend* GatewayTest::backend_ = nullptr;
std::atomic<int64_t> GatewayTest::seconds_later_;

TEST_F(GatewayTest, ADoctorPrescribes) {
  ExpectOk(Connect("clinic-1-doctor").Call(kRegister));
  const auto principal = SeenPrincipal();
  EXPECT_EQ(principal.credential(), access::v1::CREDENTIAL_PRACTITIONER);
  EXPECT_EQ(principal.actor(), TestPki::Leaf("clinic-1-doctor").fingerprint());
  EXPECT_EQ(principal.roles_size(), 1);
  EXPECT_EQ(principal.roles(0), access::v1::ROLE_MEDICAL_DOCTOR);
  EXPECT_EQ(principal.facility(), kClinic);
  EXPECT_EQ(principal.facility_kind(), access::v1::FACILITY_KIND_CLINIC);
  EXPECT_EQ(principal.local_user(), "");
}

TEST_F(GatewayTest, ADentistWithoutExtendedKeyUsagePrescribes) {
  ExpectOk(Connect("clinic-1-dentist").Call(kRegister));
}

TEST_F(GatewayTest, APharmacistAcceptsAndDoesNotPrescribe) {
  Client pharmacist = Connect("pharmacy-1-pharmacist");
  ExpectOk(pharmacist.Call(kAccept));
  ExpectRefused(pharmacist.Call(kRegister), grpc::StatusCode::PERMISSION_DENIED, "ROLE_NOT_ALLOWED",
                "AC-002");
}

TEST_F(GatewayTest, AnOrganisationActsForItsLocalUser) {
  ExpectOk(Connect("insurer-1").Call(kLoad, {{access::kLocalUserKey, "batch-1"}}));
  const auto principal = SeenPrincipal();
  EXPECT_EQ(principal.credential(), access::v1::CREDENTIAL_ORGANISATION);
  EXPECT_EQ(principal.facility_kind(), access::v1::FACILITY_KIND_INSURER);
  EXPECT_EQ(principal.local_user(), "batch-1");
  EXPECT_EQ(principal.roles_size(), 0);
}

TEST_F(GatewayTest, AC005AnOrganisationWithoutLocalUserIsRefused) {
  ExpectRefused(Connect("insurer-1").Call(kLoad), grpc::StatusCode::PERMISSION_DENIED,
                "LOCAL_USER_MISSING", "AC-005");
}

TEST_F(GatewayTest, GW010ALocalUserHasItsForm) {
  Client insurer = Connect("insurer-1");
  for (const char* user : {"two words", "", "<script>"}) {
    ExpectRefused(insurer.Call(kLoad, {{access::kLocalUserKey, user}}),
                  grpc::StatusCode::INVALID_ARGUMENT, "METADATA_INVALID", "GW-010");
  }
  ExpectRefused(insurer.Call(kLoad, {{access::kLocalUserKey, "a"}, {access::kLocalUserKey, "b"}}),
                grpc::StatusCode::INVALID_ARGUMENT, "METADATA_INVALID", "GW-010");
}

TEST_F(GatewayTest, APractitionerActsForHimself) {
  ExpectOk(Connect("clinic-1-doctor").Call(kRegister, {{access::kLocalUserKey, "other"}}));
  EXPECT_EQ(SeenPrincipal().local_user(), "");
}

TEST_F(GatewayTest, AC004AFacilitysCertificateCannotPrescribe) {
  ExpectRefused(Connect("clinic-1-terminal").Call(kRegister, {{access::kLocalUserKey, "desk"}}),
                grpc::StatusCode::PERMISSION_DENIED, "ORGANISATION_NOT_ALLOWED", "AC-004");
}

TEST_F(GatewayTest, GW003ATestCardIsRefused) {
  ExpectRefused(Connect("doctor-test-policy").Call(kRegister), grpc::StatusCode::UNAUTHENTICATED,
                "POLICY_MISSING", "GW-003");
}

TEST_F(GatewayTest, GW003ARevokedCertificateIsRefused) {
  ExpectRefused(Connect("doctor-revoked").Call(kRegister), grpc::StatusCode::UNAUTHENTICATED,
                "CERTIFICATE_REVOKED", "GW-003");
}

TEST_F(GatewayTest, TlsItselfRefusesWhatIsNotOfThisTree) {
  for (const char* identity : {"doctor-foreign-root", "doctor-expired", "doctor-signing-as-tls"}) {
    ExpectNoConnection(Connect(identity).Call(kRegister));
  }
}

TEST_F(GatewayTest, GW006NoHcRoleUnknownRoleAndManagersHaveNoLicence) {
  for (const char* identity : {"no-hcrole", "role-unknown", "clinic-1-director"}) {
    ExpectRefused(Connect(identity).Call(kRegister), grpc::StatusCode::PERMISSION_DENIED,
                  "NO_LICENCE", "GW-006");
  }
}

TEST_F(GatewayTest, GW007ACertificateThatNoFacilityKnowsIsRefused) {
  ExpectRefused(Connect("doctor-not-enrolled").Call(kRegister), grpc::StatusCode::PERMISSION_DENIED,
                "NOT_ENROLLED", "GW-007");
}

TEST_F(GatewayTest, GW009SeveralFacilitiesNeedAChoice) {
  Client both = Connect("doctor-two-roles");
  ExpectRefused(both.Call(kRegister), grpc::StatusCode::FAILED_PRECONDITION, "FACILITY_AMBIGUOUS",
                "GW-009");
  ExpectOk(both.Call(kRegister, {{access::kFacilityKey, kClinic}}));
  EXPECT_EQ(SeenPrincipal().roles_size(), 2);
  ExpectOk(both.Call(kAccept, {{access::kFacilityKey, kPharmacy}}));
  ExpectRefused(both.Call(kRegister, {{access::kFacilityKey, kPharmacy}}),
                grpc::StatusCode::PERMISSION_DENIED, "FACILITY_KIND_NOT_ALLOWED", "AC-003");
}

TEST_F(GatewayTest, GW008TheChoiceIsAmongTheEnrolled) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {{access::kFacilityKey, kPharmacy}}),
                grpc::StatusCode::PERMISSION_DENIED, "FACILITY_NOT_ENROLLED", "GW-008");
  ExpectOk(Connect("clinic-1-doctor").Call(kRegister, {{access::kFacilityKey, kClinic}}));
}

TEST_F(GatewayTest, GW004StaleRevocationListsCloseTheDoorOnAnOpenConnection) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister));
  seconds_later_ = 97 * 3600;
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::UNAVAILABLE, "CRL_EXPIRED", "GW-004");
}

TEST_F(GatewayTest, GW004AMissingListClosesTheDoor) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister));
  Write(crls_, TestPki::Read("ca/org/crl.pem") + TestPki::Read("ca/root/sarl.pem") +
                   TestPki::Read("ca/root/rarl.pem"));
  server_->ReloadFiles();
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::UNAVAILABLE, "CRL_MISSING", "GW-004");
  ExpectOk(Connect("insurer-1").Call(kLoad, {{access::kLocalUserKey, "batch-1"}}));
}

TEST_F(GatewayTest, AnUnreadableListLeavesThePresentOnesInForce) {
  Client doctor = Connect("clinic-1-doctor");
  Write(crls_, "nonsense");
  server_->ReloadFiles();
  ExpectOk(doctor.Call(kRegister));
}

TEST_F(GatewayTest, ARevocationReachesAnOpenConnectionAtTheNextCall) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister));
  Revoke("clinic-1-doctor");
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::UNAUTHENTICATED, "CERTIFICATE_REVOKED",
                "GW-003");
  ExpectOk(Connect("pharmacy-1-pharmacist").Call(kAccept));
}

TEST_F(GatewayTest, ACareContextOpensWhatItHolds) {
  const Metadata metadata = Presenting(Context(kClinic));
  ExpectOk(Connect("clinic-1-doctor").Call(kHistory, metadata));
  const auto seen = backend_->TakeSeen();
  ASSERT_EQ(seen.size(), 1u);
  ASSERT_EQ(seen[0].metadata.count(access::kCareContextKey), 1u);
  EXPECT_EQ(seen[0].metadata.find(access::kCareContextKey)->second, metadata[0].second);
}

TEST_F(GatewayTest, AC008WithoutCareContextNothingIsRead) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kHistory), grpc::StatusCode::PERMISSION_DENIED,
                "CARE_CONTEXT_MISSING", "AC-008");
}

TEST_F(GatewayTest, AC009ACareContextOfAnotherFacilityIsRefused) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kHistory, Presenting(Context(kPharmacy))),
                grpc::StatusCode::PERMISSION_DENIED, "CARE_CONTEXT_OTHER_FACILITY", "AC-009");
}

TEST_F(GatewayTest, AC010AnExpiredCareContextIsRefused) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kHistory, Presenting(Context(kClinic))));
  seconds_later_ = 3600;
  ExpectRefused(doctor.Call(kHistory, Presenting(Context(kClinic))),
                grpc::StatusCode::PERMISSION_DENIED, "CARE_CONTEXT_EXPIRED", "AC-010");
}

TEST_F(GatewayTest, AC011TheScopeMustBeThere) {
  auto context = Context(kClinic);
  context.clear_scopes();
  context.add_scopes(access::v1::SCOPE_CHECKUP);
  ExpectRefused(Connect("clinic-1-doctor").Call(kHistory, Presenting(context)),
                grpc::StatusCode::PERMISSION_DENIED, "SCOPE_MISSING", "AC-011");
}

TEST_F(GatewayTest, ACareContextOfAForeignKeyIsRefused) {
  Client doctor = Connect("clinic-1-doctor");
  const std::string forged = Sign(Context(kClinic), "eligibility", "gateway-principal.key.pem");
  ExpectRefused(doctor.Call(kHistory, {{access::kCareContextKey, forged}}),
                grpc::StatusCode::PERMISSION_DENIED, "CARE_CONTEXT_SIGNATURE_BAD", "AC-014");
  const std::string other = Sign(Context(kClinic), "emergency", "emergency-context.key.pem");
  ExpectRefused(doctor.Call(kHistory, {{access::kCareContextKey, other}}),
                grpc::StatusCode::PERMISSION_DENIED, "CARE_CONTEXT_SOURCE", "AC-017");
}

TEST_F(GatewayTest, GW015AContextThatIsNotNeededIsNotPassedOn) {
  ExpectOk(Connect("clinic-1-doctor").Call(kRegister, {{access::kCareContextKey, "nonsense"}}));
  const auto seen = backend_->TakeSeen();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].metadata.count(access::kCareContextKey), 0u);
}

TEST_F(GatewayTest, AParamedicBreaksGlassWithoutContext) {
  ExpectOk(Connect("ambulance-1-paramedic").Call(kSummary));
  ExpectOk(Connect("ambulance-1-terminal").Call(kSummary, {{access::kLocalUserKey, "crew-7"}}));
  ExpectRefused(Connect("clinic-1-doctor").Call(kSummary), grpc::StatusCode::PERMISSION_DENIED,
                "FACILITY_KIND_NOT_ALLOWED", "AC-003");
}

TEST_F(GatewayTest, GW011ACertificateHasItsRate) {
  Start("calls_per_second: 0.1 burst: 3");
  Client doctor = Connect("clinic-1-doctor");
  for (int i = 0; i < 3; ++i) ExpectOk(doctor.Call(kRegister));
  const Answer answer = doctor.Call(kRegister);
  ExpectRefused(answer, grpc::StatusCode::RESOURCE_EXHAUSTED, "RATE_LIMITED", "GW-011");
  ExpectOk(Connect("pharmacy-1-pharmacist").Call(kAccept));
}

TEST_F(GatewayTest, GW012AMessageHasItsLimit) {
  Start("max_message_bytes: 1000");
  Client doctor = Connect("clinic-1-doctor");
  EXPECT_TRUE(doctor.Call(kRegister, {}, std::string(1000, 'x')).status.ok());
  ExpectRefused(doctor.Call(kRegister, {}, std::string(1001, 'x')),
                grpc::StatusCode::RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE", "GW-012");
  // Far too long: gRPC does not even read it.
  EXPECT_FALSE(doctor.Call(kRegister, {}, std::string(100'000, 'x')).status.ok());
  ExpectOk(doctor.Call(kRegister));
}

TEST_F(GatewayTest, GW015AClientsOwnPrincipalIsDropped) {
  ExpectOk(Connect("clinic-1-doctor")
               .Call(kRegister, {{access::kPrincipalKey, "forged"}, {"x-other", "value"}}));
  const auto seen = backend_->TakeSeen();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].metadata.count(access::kPrincipalKey), 1u);
  EXPECT_NE(seen[0].metadata.find(access::kPrincipalKey)->second, "forged");
  EXPECT_EQ(seen[0].metadata.count("x-other"), 0u);
}

TEST_F(GatewayTest, ThePrincipalIsSignedOncePerMinute) {
  Client doctor = Connect("clinic-1-doctor");
  const auto token = [&] {
    ExpectOk(doctor.Call(kRegister));
    return backend_->TakeSeen()[0].metadata.find(access::kPrincipalKey)->second;
  };
  const std::string first = token();
  seconds_later_ = 59;
  EXPECT_EQ(token(), first);
  seconds_later_ = 60;
  EXPECT_NE(token(), first);
}

TEST_F(GatewayTest, GW001UnknownMethodsAreUnimplemented) {
  Client doctor = Connect("clinic-1-doctor");
  for (const char* path : {"/tsunagu.prescription.v1.Prescriptions/Nothing", "/no.Such/Method"}) {
    ExpectRefused(doctor.Call(path), grpc::StatusCode::UNIMPLEMENTED, "METHOD_UNKNOWN", "GW-001");
  }
}

TEST_F(GatewayTest, GW013AServiceThatIsDownIsUnavailableForNow) {
  const Metadata user = {{access::kLocalUserKey, "desk"}};
  const Answer down =
      Connect("careplan-1-office").Call("/tsunagu.ltc.v1.LongTermCare/ListPackages", user);
  ExpectRefused(down, grpc::StatusCode::UNAVAILABLE, "SERVICE_UNAVAILABLE", "GW-013");
  const auto retry = down.details().GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  EXPECT_TRUE(retry.has_value());
}

TEST_F(GatewayTest, GW013AServiceWithoutRouteIsUnavailable) {
  auto context = Context(kClinic);
  context.add_scopes(access::v1::SCOPE_ACCESS_HISTORY);
  ExpectRefused(Connect("clinic-1-doctor")
                    .Call("/tsunagu.audit.v1.Audit/GetAccessHistory", Presenting(context)),
                grpc::StatusCode::UNAVAILABLE, "SERVICE_UNAVAILABLE", "GW-013");
}

TEST_F(GatewayTest, TheDeadlineGoesOnToTheService) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister, {}, "hello", absl::Seconds(3)));
  ExpectOk(doctor.Call(kRegister));
  ExpectOk(doctor.Call(kRegister, {}, "hello", absl::Hours(1)));
  const auto seen = backend_->TakeSeen();
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_LE(seen[0].time_left, absl::Seconds(3.1));  // gRPC rounds up on the wire
  EXPECT_GT(seen[0].time_left, absl::Seconds(1));
  EXPECT_LE(seen[1].time_left, absl::Seconds(10.5));  // default_deadline_ms
  EXPECT_LE(seen[2].time_left, absl::Seconds(61));    // max_deadline_ms
}

TEST_F(GatewayTest, GW014AnAnswerThatIsLateIsUnknown) {
  Start("default_deadline_ms: 200");
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {}, kSlowRequest),
                grpc::StatusCode::DEADLINE_EXCEEDED, "OUTCOME_UNKNOWN", "GW-014");
}

TEST_F(GatewayTest, TheServicesErrorComesBackWithItsDetails) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {}, kFailRequest),
                grpc::StatusCode::FAILED_PRECONDITION, "PRESCRIPTION_TAKEN", "RX-007");
}

TEST_F(GatewayTest, GW016ACallWithoutMessageIsRefused) {
  ExpectRefused(Connect("clinic-1-doctor").CallWithoutMessage(kRegister),
                grpc::StatusCode::INVALID_ARGUMENT, "MESSAGE_MISSING", "GW-016");
}

TEST_F(GatewayTest, BytesPassUnchanged) {
  std::string bytes(300'000, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31);
  EXPECT_EQ(Connect("clinic-1-doctor").Call(kRegister, {}, bytes).bytes, bytes);
  EXPECT_EQ(Connect("clinic-1-doctor").Call(kRegister, {}, "").bytes, "");
}

TEST_F(GatewayTest, TheEnrolmentIsReadAgain) {
  Client doctor = Connect("doctor-not-enrolled");
  const std::string file = Temporary("enrolment.txtpb");
  const std::string before = *ReadFile(file);
  Write(file, absl::StrCat(before, "practitioners { key_sha256: \"",
                           TestPki::Leaf("doctor-not-enrolled").key_fingerprint(),
                           "\" facilities: \"", kClinic, "\" }"));
  server_->ReloadFiles();
  ExpectOk(doctor.Call(kRegister));
  Write(file, "practitioners { }");  // wrong: what was in force stays
  server_->ReloadFiles();
  ExpectOk(doctor.Call(kRegister));
  Write(file, before);
  server_->ReloadFiles();
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::PERMISSION_DENIED, "NOT_ENROLLED",
                "GW-007");
}

TEST_F(GatewayTest, HealthIsAnsweredByTheGatewayItself) {
  // grpc.health.v1.HealthCheckResponse { status: SERVING }
  EXPECT_EQ(Connect("clinic-1-doctor").Call("/grpc.health.v1.Health/Check", {}, "").bytes,
            "\x08\x01");
}

TEST_F(GatewayTest, StoppingLetsCallsInFlightFinish) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister));
  Answer answer;
  std::thread caller([&] { answer = doctor.Call(kRegister, {}, kSlowRequest); });
  absl::SleepFor(kSlow / 4);
  server_->Stop();
  caller.join();
  EXPECT_EQ(answer.bytes, kSlowRequest);
}

TEST_F(GatewayTest, ManyCallsAtOnceAllComeBack) {
  Start("calls_per_second: 100000 burst: 100000");
  std::vector<std::thread> callers;
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t) {
    callers.emplace_back([&] {
      Client doctor = Connect("clinic-1-doctor");
      for (int i = 0; i < 100; ++i) good += doctor.Call(kRegister).bytes == "hello" ? 1 : 0;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(good, 800);
}

// The proxy passes unary calls; a streaming method would need more.
TEST(GatewayContractTest, NoMethodStreams) {
  for (const access::Method& method : access::AllMethods()) {
    std::string name = method.path.substr(1);
    name[name.find('/')] = '.';
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
    ASSERT_NE(descriptor, nullptr) << name;
    EXPECT_FALSE(descriptor->client_streaming() || descriptor->server_streaming()) << name;
  }
}

}  // namespace
}  // namespace tsunagu::gateway
