// The dispatcher and the host by the smallest service there can be: what each call must pass, and
// what it leaves behind.
#include "services/platform/rpc/testing/test_host.h"

#include <gtest/gtest.h>

#include "services/platform/journal/consumer.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/dispatcher.h"
#include "services/platform/status/error.h"
#include "tests/support/mock_broker.h"
#include "tsunagu/audit/v1/audit.grpc.pb.h"

namespace tsunagu::rpc {
namespace {

using tsunagu::access::v1::FACILITY_KIND_CLINIC;
using tsunagu::access::v1::FACILITY_KIND_INSURER;
using tsunagu::access::v1::ROLE_GENERAL_NURSE;
using tsunagu::access::v1::ROLE_MEDICAL_DOCTOR;
using tsunagu::access::v1::SCOPE_ACCESS_HISTORY;
using tsunagu::access::v1::SCOPE_MEDICATION;
using tsunagu::audit::v1::Audit;
using tsunagu::audit::v1::GetAccessHistoryRequest;
using tsunagu::audit::v1::GetAccessHistoryResponse;
using tsunagu::audit::v1::OUTCOME_DISCLOSED;
using tsunagu::audit::v1::OUTCOME_REFUSED;
using tsunagu::audit::v1::Record;

constexpr char kFacility[] = "1311234567";
constexpr char kSubject[] = "00010000000000000000000000000000";

// Touches the subject and answers what the page size says: 0 OK, 1 an error, 2 OK without having
// touched anybody, 3 an error without a reason, 4 OUTCOME_UNKNOWN.
class Probe : public Audit::CallbackService {
 public:
  explicit Probe(Host& host) : host_(host) {}

  grpc::ServerUnaryReactor* GetAccessHistory(grpc::CallbackServerContext* context,
                                             const GetAccessHistoryRequest* request,
                                             GetAccessHistoryResponse* response) override {
    return host_.dispatcher().Run(context, request, response, *this, &Probe::Handle);
  }

 private:
  asio::awaitable<absl::Status> Handle(Call& call, const GetAccessHistoryRequest& request,
                                       GetAccessHistoryResponse& response) {
    if (request.page_size() == 2) co_return absl::OkStatus();
    call.Touch(kSubject, OUTCOME_DISCLOSED, {"probe"});
    if (request.page_size() == 1) {
      co_return ErrorBuilder(absl::StatusCode::kNotFound, "NOTHING_HERE", "nothing here")
          .Rule("AC-020");
    }
    if (request.page_size() == 3) co_return absl::InternalError("a state is not readable");
    if (request.page_size() == 4) {
      co_return ErrorBuilder(absl::StatusCode::kDeadlineExceeded, "OUTCOME_UNKNOWN", "")
          .Rule("JR-011");
    }
    response.set_next_page_token("done");
    co_return absl::OkStatus();
  }

  Host& host_;
};

class HostTest : public ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    CreateTopics({"audit.records"});
    config_ = Config("audit");
    Restart();
  }

  // Serves as config_ says; what was served before goes on until the end.
  void Restart() {
    hosts_.push_back(*Host::Create(config_, {}));
    probes_.push_back(std::make_unique<Probe>(*hosts_.back()));
    Serve(*hosts_.back(), {probes_.back().get()});
    stub_ = Audit::NewStub(Channel(config_));
  }

  absl::Status Ask(grpc::ClientContext& context, int page_size = 0) {
    GetAccessHistoryRequest request;
    request.set_page_size(page_size);
    GetAccessHistoryResponse response;
    return StatusOf(stub_->GetAccessHistory(&context, request, &response));
  }

  void AsDoctorWith(grpc::ClientContext& context, tsunagu::access::v1::Scope scope) {
    As(context, Practitioner(ROLE_MEDICAL_DOCTOR, FACILITY_KIND_CLINIC, kFacility));
    With(context, ContextFor(kFacility, {kSubject}, {scope}));
  }

  // The newest audit record of the subject; an empty one when there is none.
  Record LastRecord() {
    Record record;
    const auto tail = journal::ReadTail(cluster().kafka, prefix() + "audit.records", 1);
    if (tail.ok() && tail->has_value()) record.ParseFromString((*tail)->value);
    return record;
  }

  tsunagu::service::v1::Service config_;
  std::unique_ptr<tests::MockBroker> broker_;  // of a test that needs its own; outlives the hosts
  std::vector<std::unique_ptr<Host>> hosts_;
  std::vector<std::unique_ptr<Probe>> probes_;
  std::unique_ptr<Audit::Stub> stub_;
};

TEST_F(HostTest, AnAnswerHasLeftItsRecord) {
  grpc::ClientContext context;
  AsDoctorWith(context, SCOPE_ACCESS_HISTORY);
  ASSERT_TRUE(Ask(context).ok());
  const Record record = LastRecord();
  EXPECT_EQ(record.subject(), kSubject);
  EXPECT_EQ(record.outcome(), OUTCOME_DISCLOSED);
  EXPECT_EQ(record.action(), "audit.history.read");
  EXPECT_EQ(record.facility(), kFacility);
  EXPECT_EQ(record.id().size(), 32u);
}

TEST_F(HostTest, AnErrorKeepsItsDetailsAndLeavesARefusal) {
  grpc::ClientContext context;
  AsDoctorWith(context, SCOPE_ACCESS_HISTORY);
  const absl::Status status = Ask(context, 1);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "NOTHING_HERE");
  EXPECT_EQ(RuleOf(status), "AC-020");
  EXPECT_EQ(LastRecord().outcome(), OUTCOME_REFUSED);
}

// PF-002
TEST_F(HostTest, AnErrorWithoutAReasonGetsOne) {
  grpc::ClientContext context;
  AsDoctorWith(context, SCOPE_ACCESS_HISTORY);
  const absl::Status status = Ask(context, 3);
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(ReasonOf(status), "UNFORESEEN");
  EXPECT_EQ(RuleOf(status), "PF-002");
}

// AU-001
TEST_F(HostTest, AHandlerThatForgetsItsRecordDisclosesNothing) {
  grpc::ClientContext context;
  AsDoctorWith(context, SCOPE_ACCESS_HISTORY);
  EXPECT_EQ(ReasonOf(Ask(context, 2)), "AUDIT_RECORD_MISSING");
}

TEST_F(HostTest, AReadWithoutTheScopeIsRefusedAndRecorded) {
  grpc::ClientContext context;
  AsDoctorWith(context, SCOPE_MEDICATION);
  EXPECT_EQ(Ask(context).code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(LastRecord().outcome(), OUTCOME_REFUSED);
  EXPECT_EQ(LastRecord().subject(), kSubject);
}

TEST_F(HostTest, AnotherRoleIsRefused) {
  grpc::ClientContext context;
  As(context, Practitioner(ROLE_GENERAL_NURSE, FACILITY_KIND_CLINIC, kFacility));
  EXPECT_EQ(Ask(context).code(), absl::StatusCode::kPermissionDenied);
}

// PF-003
TEST_F(HostTest, ATextThatIsNoneDoesNotReachTheHandler) {
  grpc::ClientContext context;
  AsDoctorWith(context, SCOPE_ACCESS_HISTORY);
  GetAccessHistoryRequest request;
  request.set_page_token("\x1b[2J");
  GetAccessHistoryResponse response;
  const absl::Status status = StatusOf(stub_->GetAccessHistory(&context, request, &response));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "TEXT_MALFORMED");
  EXPECT_EQ(RuleOf(status), "PF-003");
  EXPECT_EQ(LastRecord().subject(), "");
}

// AC-021
TEST_F(HostTest, ACallWithoutAPrincipalIsRefused) {
  grpc::ClientContext context;
  EXPECT_EQ(ReasonOf(Ask(context)), "PRINCIPAL_MISSING");
}

// AC-020
TEST_F(HostTest, OnlyTheGatewayMayCall) {
  config_ = Config("audit");
  config_.set_gateway_name("another-gateway");
  Restart();
  grpc::ClientContext context;
  AsDoctorWith(context, SCOPE_ACCESS_HISTORY);
  const absl::Status status = Ask(context);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ReasonOf(status), "NOT_THE_GATEWAY");
  EXPECT_EQ(RuleOf(status), "AC-020");
}

// AU-001
TEST_F(HostTest, NoAnswerLeavesBeforeItsRecord) {
  broker_ = std::make_unique<tests::MockBroker>(
      std::vector<std::string>(1, prefix() + "audit.records"), kPartitions);
  config_ = Config("audit");
  config_.set_kafka(broker_->address());
  Restart();
  broker_->RefuseAppends(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  grpc::ClientContext refused;
  AsDoctorWith(refused, SCOPE_ACCESS_HISTORY);
  GetAccessHistoryResponse response;
  const absl::Status status = StatusOf(stub_->GetAccessHistory(&refused, {}, &response));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "AUDIT_UNAVAILABLE");
  EXPECT_EQ(response.next_page_token(), "");
  // "Nothing is here" would tell of the person too.
  grpc::ClientContext nothing;
  AsDoctorWith(nothing, SCOPE_ACCESS_HISTORY);
  EXPECT_EQ(ReasonOf(Ask(nothing, 1)), "AUDIT_UNAVAILABLE");
  // That it is not known what happened tells nothing, and must be known.
  grpc::ClientContext unknown;
  AsDoctorWith(unknown, SCOPE_ACCESS_HISTORY);
  EXPECT_EQ(ReasonOf(Ask(unknown, 4)), "OUTCOME_UNKNOWN");
}

TEST_F(HostTest, AnUnimplementedMethodIsSaidToBeSo) {
  grpc::ClientContext context;
  As(context, Organisation(FACILITY_KIND_INSURER, "1300000018"));
  tsunagu::audit::v1::DiscloseAccessHistoryResponse response;
  EXPECT_EQ(stub_->DiscloseAccessHistory(&context, {}, &response).error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace tsunagu::rpc
