// The audit service on a real broker and a real Redis.
#include "services/audit/service.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/audit/fold.h"
#include "services/platform/rpc/testing/publisher.h"
#include "services/platform/rpc/testing/test_host.h"
#include "services/platform/status/error.h"

namespace tsunagu::audit {
namespace {

using tsunagu::access::v1::FACILITY_KIND_CLINIC;
using tsunagu::access::v1::FACILITY_KIND_INSURER;
using tsunagu::access::v1::ROLE_MEDICAL_DOCTOR;
using tsunagu::access::v1::SCOPE_ACCESS_HISTORY;
using tsunagu::audit::v1::Audit;
using tsunagu::audit::v1::DiscloseAccessHistoryRequest;
using tsunagu::audit::v1::DiscloseAccessHistoryResponse;
using tsunagu::audit::v1::GetAccessHistoryRequest;
using tsunagu::audit::v1::GetAccessHistoryResponse;
using tsunagu::audit::v1::Record;

constexpr char kClinic[] = "1311111111";
constexpr char kNow[] = "00010000000000000000000000000001";
constexpr char kFormer[] = "00020000000000000000000000000002";
const absl::Duration kLimit = absl::Seconds(20);

class AuditServiceTest : public rpc::ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    CreateTopics({kRecordsTopic});
    config_ = Config("audit");
    host_ = *rpc::Host::Create(config_, {{kRecordsTopic, &folder_, ""}});
    service_ = std::make_unique<AuditService>(*host_);
    Serve(*host_, {service_.get()});
    stub_ = Audit::NewStub(Channel(config_));
    topic_ = prefix() + kRecordsTopic;
    publisher_ = std::make_unique<rpc::Publisher>(cluster().kafka, std::vector<std::string>{topic_},
                                                  kPartitions);
  }

  void Write(const std::string& subject, int64_t seconds) {
    Record record;
    record.set_id(absl::StrCat("id-", seconds));
    record.set_subject(subject);
    record.mutable_time()->set_seconds(seconds);
    record.set_action("medication.history.read");
    record.set_actor("somebody");
    record.set_local_user("yamada");
    record.set_facility("1349999996");
    publisher_->Append(topic_, subject, record.SerializeAsString());
  }

  absl::Status Get(const std::vector<std::string>& subjects, const GetAccessHistoryRequest& request,
                   GetAccessHistoryResponse& response) {
    grpc::ClientContext context;
    As(context, rpc::Practitioner(ROLE_MEDICAL_DOCTOR, FACILITY_KIND_CLINIC, kClinic));
    With(context, rpc::ContextFor(kClinic, subjects, {SCOPE_ACCESS_HISTORY}));
    return rpc::StatusOf(stub_->GetAccessHistory(&context, request, &response));
  }

  absl::Status Disclose(const DiscloseAccessHistoryRequest& request,
                        DiscloseAccessHistoryResponse& response,
                        const std::string& insurer_number = "01130012") {
    grpc::ClientContext context;
    auto insurer = rpc::Organisation(FACILITY_KIND_INSURER, "1300000018");
    insurer.add_insurer_numbers(insurer_number);
    As(context, insurer);
    return rpc::StatusOf(stub_->DiscloseAccessHistory(&context, request, &response));
  }

  // The newest records that are older than the test's own reads, once there are at least so many.
  GetAccessHistoryResponse GetAtLeast(const std::vector<std::string>& subjects, int records) {
    GetAccessHistoryRequest request;
    request.set_page_size(1000);
    const absl::Time limit = absl::Now() + kLimit;
    for (;;) {
      GetAccessHistoryResponse response;
      const absl::Status status = Get(subjects, request, response);
      EXPECT_TRUE(status.ok()) << status;
      if (response.records_size() >= records || absl::Now() > limit || !status.ok()) {
        return response;
      }
      absl::SleepFor(absl::Milliseconds(20));
    }
  }

  const AccessFolder folder_;
  tsunagu::service::v1::Service config_;
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<AuditService> service_;
  std::unique_ptr<Audit::Stub> stub_;
  std::unique_ptr<rpc::Publisher> publisher_;
  std::string topic_;
};

std::vector<int64_t> TimesBefore2001(const google::protobuf::RepeatedPtrField<Record>& records) {
  constexpr int64_t kYear2001 = 1'000'000'000;
  std::vector<int64_t> times;
  for (const Record& record : records) {
    if (record.time().seconds() < kYear2001) times.push_back(record.time().seconds());
  }
  return times;
}

// AU-005
TEST_F(AuditServiceTest, APersonSeesAllIdentitiesTogetherNewestFirst) {
  Write(kFormer, 1);
  Write(kNow, 2);
  Write(kFormer, 3);
  Write(kNow, 4);
  const auto response = GetAtLeast({kNow, kFormer}, 4);
  EXPECT_EQ(TimesBefore2001(response.records()), (std::vector<int64_t>{4, 3, 2, 1}));
}

// AU-006
TEST_F(AuditServiceTest, TheFacilityIsShownAndItsStaffIsNot) {
  Write(kNow, 1);
  const auto response = GetAtLeast({kNow}, 1);
  const Record& oldest = response.records(response.records_size() - 1);
  EXPECT_EQ(oldest.facility(), "1349999996");
  EXPECT_EQ(oldest.action(), "medication.history.read");
  EXPECT_EQ(oldest.actor(), "");
  EXPECT_EQ(oldest.local_user(), "");
}

// AU-013
TEST_F(AuditServiceTest, ReadingAHistoryStandsInItFromThenOn) {
  const auto response = GetAtLeast({kNow}, 1);
  ASSERT_GE(response.records_size(), 1);
  EXPECT_EQ(response.records(0).action(), "audit.history.read");
  EXPECT_EQ(response.records(0).facility(), kClinic);
  EXPECT_EQ(response.records(0).items(0), "access-history");
}

// AU-011
TEST_F(AuditServiceTest, PagesGoThroughALongHistoryWithoutGapOrRepeat) {
  constexpr int kWritten = 450;
  for (int i = 1; i <= kWritten; ++i) Write(i % 3 == 0 ? kFormer : kNow, i);
  GetAtLeast({kNow, kFormer}, kWritten);
  GetAccessHistoryRequest request;
  request.set_page_size(70);
  std::vector<int64_t> times;
  do {
    GetAccessHistoryResponse response;
    ASSERT_TRUE(Get({kNow, kFormer}, request, response).ok());
    EXPECT_LE(response.records_size(), 70);
    for (const int64_t time : TimesBefore2001(response.records())) times.push_back(time);
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(times.size(), static_cast<size_t>(kWritten));
  for (int i = 0; i < kWritten; ++i) EXPECT_EQ(times[i], kWritten - i);
}

// AU-010
TEST_F(AuditServiceTest, APageSizeOutOfRangeIsRefused) {
  GetAccessHistoryRequest request;
  for (const int size : {-1, 1001}) {
    request.set_page_size(size);
    GetAccessHistoryResponse response;
    EXPECT_EQ(ReasonOf(Get({kNow}, request, response)), "PAGE_SIZE_OUT_OF_RANGE");
  }
}

TEST_F(AuditServiceTest, ATokenOfAnotherPersonIsRefusedAndTheAttemptRecorded) {
  Write(kNow, 1);
  Write(kNow, 2);
  GetAtLeast({kNow}, 2);
  GetAccessHistoryRequest request;
  request.set_page_size(1);
  GetAccessHistoryResponse response;
  ASSERT_TRUE(Get({kNow}, request, response).ok());
  request.set_page_token(response.next_page_token());
  EXPECT_EQ(ReasonOf(Get({kFormer}, request, response)), "PAGE_TOKEN_UNKNOWN");
  const auto history = GetAtLeast({kFormer}, 1);
  EXPECT_EQ(history.records(history.records_size() - 1).outcome(),
            tsunagu::audit::v1::OUTCOME_REFUSED);
}

TEST_F(AuditServiceTest, AnInsurerDisclosesByTheWholeIdentity) {
  DiscloseAccessHistoryRequest request;
  auto& identity = *request.mutable_identity();
  identity.set_insurer("01130012");
  identity.set_number("45");
  identity.set_branch("01");
  const std::string subject = host_->subjects().MakeSubject({"01130012", "", "45", "01"});
  Write(subject, 1);
  GetAtLeast({subject}, 1);
  DiscloseAccessHistoryResponse response;
  ASSERT_TRUE(Disclose(request, response).ok());
  EXPECT_EQ(TimesBefore2001(response.records()), std::vector<int64_t>{1});
}

TEST_F(AuditServiceTest, AU015ANumberThatNobodyHasIsAnsweredWithNoRecords) {
  DiscloseAccessHistoryRequest request;
  request.mutable_identity()->set_insurer("01130012");
  request.mutable_identity()->set_number("99999");
  request.mutable_identity()->set_branch("01");
  DiscloseAccessHistoryResponse response;
  const absl::Status status = Disclose(request, response);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(response.records_size(), 0);
}

// AU-012
TEST_F(AuditServiceTest, AnInsurerWhoLeavesTheBranchOutLearnsNothing) {
  DiscloseAccessHistoryRequest request;
  request.mutable_identity()->set_insurer("01130012");
  request.mutable_identity()->set_number("45");
  DiscloseAccessHistoryResponse response;
  const absl::Status status = Disclose(request, response);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(RuleOf(status), "AU-012");
}

// AU-014
TEST_F(AuditServiceTest, AnInsurerDisclosesNothingOfOthers) {
  DiscloseAccessHistoryRequest request;
  request.mutable_identity()->set_insurer("０１１３００１２");
  request.mutable_identity()->set_number("45");
  request.mutable_identity()->set_branch("01");
  const std::string subject = host_->subjects().MakeSubject({"01130012", "", "45", "01"});
  DiscloseAccessHistoryResponse response;
  const absl::Status status = Disclose(request, response, "138057");
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(status), "INSURER_NOT_OWN");
  EXPECT_EQ(RuleOf(status), "AU-014");
  EXPECT_EQ(response.records_size(), 0);
  const auto history = GetAtLeast({subject}, 1);
  const Record& oldest = history.records(history.records_size() - 1);
  EXPECT_EQ(oldest.action(), "audit.history.disclose");
  EXPECT_EQ(oldest.outcome(), tsunagu::audit::v1::OUTCOME_REFUSED);
  EXPECT_TRUE(Disclose(request, response).ok());
}

// AU-014
TEST_F(AuditServiceTest, ACareInsurerDisclosesByItsLongTermCareNumber) {
  DiscloseAccessHistoryRequest request;
  request.mutable_identity()->set_insurer("131003");
  request.mutable_identity()->set_number("0000012345");
  DiscloseAccessHistoryResponse response;
  EXPECT_TRUE(Disclose(request, response, "131003").ok());
  EXPECT_EQ(RuleOf(Disclose(request, response, "131002")), "AU-014");
}

}  // namespace
}  // namespace tsunagu::audit
