// The service on a real broker and a real Redis, called as the gateway calls it.
#include "services/ltc/service.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/ltc/careplan/samples.h"
#include "services/ltc/fold.h"
#include "services/ltc/mailbox.h"
#include "services/platform/access/enrolment.h"
#include "services/platform/journal/consumer.h"
#include "services/platform/journal/folder.h"
#include "services/platform/national/insured.h"
#include "services/platform/rpc/testing/test_host.h"
#include "services/platform/status/error.h"

namespace tsunagu::ltc {
namespace {

using access::v1::FACILITY_KIND_CARE_PLAN_OFFICE;
using access::v1::FACILITY_KIND_CARE_SERVICE_OFFICE;

// The offices of the samples: the first sends the plan, the second the actuals.
constexpr char kPlanner[] = "1370000001";
constexpr char kProvider[] = "1370000002";
constexpr char kForeign[] = "1370000003";

v1::SendPackageRequest Request(const std::vector<careplan::InputFile>& files,
                               const std::string& command_id) {
  v1::SendPackageRequest request;
  request.set_command_id(command_id);
  for (const careplan::InputFile& file : files) {
    request.add_files()->set_name(file.name);
    request.mutable_files(request.files_size() - 1)->set_content(file.bytes);
  }
  return request;
}

class LtcTest : public rpc::ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    CreateTopics({"ltc.journal", "audit.records"});
    const auto config = Config("ltc");
    host_ = *rpc::Host::Create(config, {{"ltc.journal", &folder_, ""}});
    enrolment_ = *access::EnrolmentStore::Open(EnrolmentFile());
    service_ = std::make_unique<LtcService>(*host_, *enrolment_);
    Serve(*host_, {service_.get()});
    stub_ = v1::LongTermCare::NewStub(Channel(config));
  }

  // The two offices of the samples.
  static std::string EnrolmentFile() {
    const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/enrolment.txtpb";
    std::ofstream(path)
        << "facilities { code: \"" << kPlanner
        << "\" kind: FACILITY_KIND_CARE_PLAN_OFFICE name: \"見本\" } facilities { code: \""
        << kProvider << "\" kind: FACILITY_KIND_CARE_SERVICE_OFFICE }";
    return path;
  }

  void AsOffice(grpc::ClientContext& context, const std::string& office) {
    As(context, rpc::Organisation(office == kPlanner ? FACILITY_KIND_CARE_PLAN_OFFICE
                                                     : FACILITY_KIND_CARE_SERVICE_OFFICE,
                                  office));
  }

  template <typename Response, typename Request, typename Method>
  absl::StatusOr<Response> Call(const std::string& office, Method method, const Request& request) {
    grpc::ClientContext context;
    AsOffice(context, office);
    Response response;
    const absl::Status status = rpc::StatusOf((stub_.get()->*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::SendPackageResponse> Send(const std::string& office,
                                               const v1::SendPackageRequest& request) {
    return Call<v1::SendPackageResponse>(office, &v1::LongTermCare::Stub::SendPackage, request);
  }

  // The id of a package that the planner sent to the provider.
  std::string SendPlan(const std::string& command_id = "command-1") {
    const auto sent = Send(kPlanner, Request(careplan::CarePlanSample(), command_id));
    EXPECT_TRUE(sent.ok()) << sent.status();
    return sent.ok() ? sent->package_id() : "";
  }

  absl::StatusOr<v1::FetchPackageResponse> Fetch(const std::string& office,
                                                 const std::string& package_id) {
    v1::FetchPackageRequest request;
    request.set_package_id(package_id);
    return Call<v1::FetchPackageResponse>(office, &v1::LongTermCare::Stub::FetchPackage, request);
  }

  absl::Status Acknowledge(const std::string& office, const std::string& package_id,
                           const std::string& command_id = "acknowledge-1") {
    v1::AcknowledgePackageRequest request;
    request.set_package_id(package_id);
    request.set_command_id(command_id);
    return Call<v1::AcknowledgePackageResponse>(office, &v1::LongTermCare::Stub::AcknowledgePackage,
                                                request)
        .status();
  }

  absl::StatusOr<v1::ListPackagesResponse> List(const std::string& office,
                                                const v1::ListPackagesRequest& request = {}) {
    return Call<v1::ListPackagesResponse>(office, &v1::LongTermCare::Stub::ListPackages, request);
  }

  // The newest audit record of the person of the samples.
  audit::v1::Record LastRecord() {
    const national::Subject subject =
        host_->subjects().MakeSubject({"123456", "", "0000012345", ""});
    audit::v1::Record record;
    const auto tail = journal::ReadTail(cluster().kafka, prefix() + "audit.records",
                                        national::RoutingHash(subject) % kPartitions);
    if (tail.ok() && tail->has_value()) record.ParseFromString((*tail)->value);
    EXPECT_EQ(record.subject(), subject);
    return record;
  }

  PackageDomain domain_;
  journal::JournalFolder folder_{domain_};
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<access::EnrolmentStore> enrolment_;
  std::unique_ptr<LtcService> service_;
  std::unique_ptr<v1::LongTermCare::Stub> stub_;
};

TEST_F(LtcTest, LTC015AListTellsMonthAndNameOfTheSender) {
  ASSERT_TRUE(Send(kPlanner, Request(careplan::MonthPlanSample(), "command-1")).ok());
  const auto list = List(kProvider);
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->packages_size(), 1);
  EXPECT_EQ(list->packages(0).month(), "202609");
  EXPECT_EQ(list->packages(0).sender_name(), "見本");
}

TEST_F(LtcTest, APackageArrivesAsItWasSent) {
  const v1::SendPackageRequest request = Request(careplan::CarePlanSample(), "command-1");
  const auto sent = Send(kPlanner, request);
  ASSERT_TRUE(sent.ok()) << sent.status();
  EXPECT_EQ(sent->findings_size(), 0);
  EXPECT_EQ(LastRecord().action(), "ltc.package.send");
  EXPECT_EQ(LastRecord().items(0), PackageName(sent->package_id()));
  const auto fetched = Fetch(kProvider, sent->package_id());
  ASSERT_TRUE(fetched.ok()) << fetched.status();
  ASSERT_EQ(fetched->files_size(), request.files_size());
  for (int i = 0; i < request.files_size(); ++i) {
    EXPECT_EQ(fetched->files(i).SerializeAsString(), request.files(i).SerializeAsString());
  }
  EXPECT_TRUE(fetched->info().has_fetched_at());
  EXPECT_EQ(LastRecord().action(), "ltc.package.fetch");
  EXPECT_EQ(LastRecord().outcome(), audit::v1::OUTCOME_DISCLOSED);
}

// LTC-005
TEST_F(LtcTest, TheSameFilesAgainAreAnsweredWithTheFirstPackage) {
  const auto files = careplan::CarePlanSample();
  const auto first = Send(kPlanner, Request(files, "command-1"));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->sent_before());
  EXPECT_EQ(Send(kPlanner, Request(files, "command-1"))->package_id(), first->package_id());
  EXPECT_EQ(LastRecord().outcome(), audit::v1::OUTCOME_REPEATED);  // AU-017
  EXPECT_TRUE(Send(kPlanner, Request(files, "command-1"))->sent_before());
  const auto again = Send(kPlanner, Request(files, "command-2"));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->package_id(), first->package_id());
  EXPECT_TRUE(again->sent_before());
  EXPECT_EQ(List(kProvider)->packages_size(), 1);
  ASSERT_TRUE(Fetch(kProvider, first->package_id()).ok());
  ASSERT_TRUE(Acknowledge(kProvider, first->package_id()).ok());
  EXPECT_TRUE(Send(kPlanner, Request(files, "command-3"))->sent_before());
  EXPECT_EQ(List(kProvider)->packages_size(), 0);
}

// LTC-016
TEST_F(LtcTest, TheSameContentsUnderANewTimestampAreSentWithAWarning) {
  auto files = careplan::CarePlanSample();
  const auto first = Send(kPlanner, Request(files, "command-1"));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->findings_size(), 0);
  for (auto& file : files) {
    file.name = absl::StrReplaceAll(file.name, {{"20260825101530", "20260825101531"}});
  }
  const auto second = Send(kPlanner, Request(files, "command-2"));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_FALSE(second->sent_before());
  EXPECT_NE(second->package_id(), first->package_id());
  ASSERT_EQ(second->findings_size(), 1);
  EXPECT_EQ(second->findings(0).rule(), "LTC-016");
  EXPECT_NE(second->findings(0).text_en().find(first->package_id()), std::string::npos);
  // Sent again it is the same package, not a third one.
  EXPECT_EQ(Send(kPlanner, Request(files, "command-3"))->findings_size(), 0);
  EXPECT_EQ(List(kProvider)->packages_size(), 2);
}

// LTC-005
TEST_F(LtcTest, OtherFilesUnderTheSameNamesAreRefused) {
  const std::string id = SendPlan("command-1");
  auto fewer = careplan::CarePlanSample();
  fewer.pop_back();
  EXPECT_EQ(ReasonOf(Send(kPlanner, Request(fewer, "command-2")).status()), "TIMESTAMP_TAKEN");
  EXPECT_EQ(ReasonOf(Send(kPlanner, Request(fewer, "command-1")).status()), "COMMAND_ID_REUSED");
  EXPECT_EQ(Fetch(kProvider, id)->files_size(), 4);
}

// LTC-005
TEST_F(LtcTest, WhoeverSendsAtOnceSendsOnePackage) {
  constexpr int kSenders = 4;  // two replicas, each with a retry
  std::vector<absl::StatusOr<v1::SendPackageResponse>> answers(kSenders, absl::UnknownError(""));
  {
    std::vector<std::jthread> senders;
    for (int i = 0; i < kSenders; ++i) {
      senders.emplace_back([this, i, &answers] {
        const auto files = careplan::CarePlanSample();
        answers[i] = Send(kPlanner, Request(files, absl::StrCat("command-", i)));
      });
    }
  }
  std::set<std::string> ids;
  int first = 0;
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    ids.insert(answer->package_id());
    first += answer->sent_before() ? 0 : 1;
  }
  EXPECT_EQ(ids.size(), 1u);
  EXPECT_EQ(first, 1);
  EXPECT_EQ(List(kProvider)->packages_size(), 1);
}

// LTC-007
TEST_F(LtcTest, NobodySendsToAnOfficeThatCannotFetch) {
  auto files = careplan::CarePlanSample();
  for (auto& file : files) {
    file.name = absl::StrReplaceAll(file.name, {{kProvider, "1370000009"}});
  }
  const absl::Status status = Send(kPlanner, Request(files, "command-1")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "DESTINATION_UNKNOWN");
  EXPECT_EQ(RuleOf(status), "LTC-007");
  EXPECT_EQ(LastRecord().outcome(), audit::v1::OUTCOME_REFUSED);
}

// LTC-004
TEST_F(LtcTest, AForeignOfficeCannotSendInAnothersName) {
  const auto sent = Send(kForeign, Request(careplan::CarePlanSample(), "command-1"));
  EXPECT_EQ(ReasonOf(sent.status()), "NOT_THE_SENDER");
  EXPECT_EQ(LastRecord().outcome(), audit::v1::OUTCOME_REFUSED);
  EXPECT_EQ(List(kProvider)->packages_size(), 0);
}

// LTC-010
TEST_F(LtcTest, AForeignOfficeSeesNothing) {
  const std::string id = SendPlan();
  const absl::Status foreign = Fetch(kForeign, id).status();
  EXPECT_EQ(RuleOf(foreign), "LTC-010");
  EXPECT_EQ(LastRecord().outcome(), audit::v1::OUTCOME_REFUSED);
  EXPECT_EQ(foreign.message(), Fetch(kForeign, "no-such-id").status().message());
  EXPECT_EQ(RuleOf(Acknowledge(kForeign, id)), "LTC-010");
  EXPECT_EQ(List(kForeign)->packages_size(), 0);
  v1::ListPackagesRequest sent;
  sent.set_sent(true);
  sent.set_destination(kProvider);
  EXPECT_EQ(List(kForeign, sent)->packages_size(), 0);
}

TEST_F(LtcTest, TheSenderSeesWhatBecameOfItsPackage) {
  const std::string id = SendPlan();
  ASSERT_TRUE(Fetch(kPlanner, id).ok());
  v1::ListPackagesRequest request;
  request.set_sent(true);
  request.set_destination(kProvider);
  auto list = List(kPlanner, request);
  ASSERT_EQ(list->packages_size(), 1);
  EXPECT_TRUE(list->packages(0).has_sent_at());
  EXPECT_FALSE(list->packages(0).has_fetched_at());
  ASSERT_TRUE(Fetch(kProvider, id).ok());
  ASSERT_TRUE(Acknowledge(kProvider, id).ok());
  EXPECT_EQ(List(kPlanner, request)->packages_size(), 0);
  request.set_include_acknowledged(true);
  list = List(kPlanner, request);
  ASSERT_EQ(list->packages_size(), 1);
  EXPECT_TRUE(list->packages(0).has_fetched_at());
  EXPECT_TRUE(list->packages(0).has_acknowledged_at());
}

TEST_F(LtcTest, FetchingAgainChangesNothing) {
  const std::string id = SendPlan();
  const auto first = Fetch(kProvider, id);
  const auto second = Fetch(kProvider, id);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
}

// LTC-012
TEST_F(LtcTest, APackageIsFetchedBeforeItIsAcknowledged) {
  const std::string id = SendPlan();
  EXPECT_EQ(RuleOf(Acknowledge(kProvider, id)), "LTC-012");
  ASSERT_TRUE(Fetch(kProvider, id).ok());
  EXPECT_TRUE(Acknowledge(kProvider, id).ok());
}

// LTC-011
TEST_F(LtcTest, TheSenderCannotAcknowledge) {
  const std::string id = SendPlan();
  ASSERT_TRUE(Fetch(kProvider, id).ok());
  EXPECT_EQ(RuleOf(Acknowledge(kPlanner, id)), "LTC-011");
}

TEST_F(LtcTest, AnAcknowledgedPackageLeavesTheListAndStays) {
  const std::string id = SendPlan();
  ASSERT_TRUE(Fetch(kProvider, id).ok());
  // The offices choose their ids apart: that of the sender's command is free for this one.
  ASSERT_TRUE(Acknowledge(kProvider, id, "command-1").ok());
  ASSERT_TRUE(Acknowledge(kProvider, id, "command-1").ok());
  ASSERT_TRUE(Acknowledge(kProvider, id, "command-2").ok());
  EXPECT_EQ(List(kProvider)->packages_size(), 0);
  v1::ListPackagesRequest request;
  request.set_include_acknowledged(true);
  EXPECT_EQ(List(kProvider, request)->packages_size(), 1);
  EXPECT_TRUE(Fetch(kProvider, id).ok());
}

// LTC-014
TEST_F(LtcTest, AMailboxIsInTheOrderOfTimestamps) {
  auto late = careplan::CarePlanSample();
  for (auto& file : late) {
    file.name = absl::StrReplaceAll(file.name, {{"20260825101530", "20260825101531"}});
  }
  ASSERT_TRUE(Send(kPlanner, Request(late, "command-1")).ok());
  SendPlan("command-2");
  const auto list = List(kProvider);
  ASSERT_EQ(list->packages_size(), 2);
  EXPECT_EQ(list->packages(0).timestamp(), "20260825101530");
  EXPECT_EQ(list->packages(1).timestamp(), "20260825101531");
}

TEST_F(LtcTest, BothDirectionsHaveMailboxesOfTheirOwn) {
  SendPlan();
  const auto actuals = Send(kProvider, Request(careplan::ActualsSample(), "command-1"));
  ASSERT_TRUE(actuals.ok()) << actuals.status();
  ASSERT_EQ(List(kPlanner)->packages_size(), 1);
  EXPECT_EQ(List(kPlanner)->packages(0).kinds(0), "UPJSK");
}

// LTC-001 LTC-002 LTC-003 LTC-013
TEST_F(LtcTest, RubbishIsRefusedByItsRule) {
  EXPECT_EQ(RuleOf(Send(kPlanner, Request(careplan::CarePlanSample(), "short")).status()),
            "LTC-001");
  EXPECT_EQ(RuleOf(Acknowledge(kProvider, "id", "short")), "LTC-001");
  const std::string large(kMaxPackageBytes + 1, 'x');
  EXPECT_EQ(RuleOf(Send(kPlanner, Request({{"a", large}}, "command-1")).status()), "LTC-002");
  EXPECT_EQ(RuleOf(Send(kPlanner, Request({{"a", "\xFF"}}, "command-1")).status()), "LTC-003");
  v1::ListPackagesRequest list;
  list.set_sent(true);
  EXPECT_EQ(RuleOf(List(kPlanner, list).status()), "LTC-013");
}

TEST_F(LtcTest, ALargePackageIsTaken) {
  auto files = careplan::ActualsSample();
  const std::string line = files[0].bytes.substr(0, files[0].bytes.find("\r\n") + 2);
  while (files[0].bytes.size() + line.size() + 200 < kMaxPackageBytes) files[0].bytes += line;
  const auto sent = Send(kProvider, Request(files, "command-1"));
  ASSERT_TRUE(sent.ok()) << sent.status();
  const auto fetched = Fetch(kPlanner, sent->package_id());
  ASSERT_TRUE(fetched.ok()) << fetched.status();
  EXPECT_EQ(fetched->files(0).content(), files[0].bytes);
}

}  // namespace
}  // namespace tsunagu::ltc
