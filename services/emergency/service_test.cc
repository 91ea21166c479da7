// The emergency service on a real broker and a real Redis, fed with what other services publish.
#include "services/emergency/service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/emergency/fold.h"
#include "services/platform/drug_master/master.h"
#include "services/platform/national/jst.h"
#include "services/platform/rpc/testing/publisher.h"
#include "services/platform/rpc/testing/test_host.h"
#include "services/platform/status/error.h"
#include "tsunagu/audit/v1/audit.pb.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/medication/v1/events.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::access::v1::FACILITY_KIND_CLINIC;
using tsunagu::access::v1::FACILITY_KIND_EMERGENCY_HOSPITAL;
using tsunagu::access::v1::FACILITY_KIND_FIRE_DEPARTMENT;
using tsunagu::access::v1::Principal;
using tsunagu::access::v1::ROLE_EMERGENCY_MEDICAL_TECHNICIAN;
using tsunagu::access::v1::ROLE_MEDICAL_DOCTOR;
using tsunagu::access::v1::SCOPE_EMERGENCY;
using tsunagu::emergency::v1::Emergency;
using tsunagu::emergency::v1::FEED_STATE_CURRENT;
using tsunagu::emergency::v1::FEED_STATE_NONE;
using tsunagu::emergency::v1::GetSummaryRequest;
using tsunagu::emergency::v1::GetSummaryResponse;

constexpr char kHospital[] = "1322222222";
constexpr char kPharmacy[] = "1349999996";
constexpr char kBirth[] = "19700415";
constexpr char kReason[] = "意識なし、交通事故";
const absl::Duration kLimit = absl::Seconds(20);

Principal Crew() {
  return rpc::Practitioner(ROLE_EMERGENCY_MEDICAL_TECHNICIAN, FACILITY_KIND_FIRE_DEPARTMENT,
                           "1380000001");
}

Principal Doctor() {
  return rpc::Practitioner(ROLE_MEDICAL_DOCTOR, FACILITY_KIND_EMERGENCY_HOSPITAL, kHospital);
}

// YYYYMMDD, so many days ago in Japan.
std::string DaysAgo(int days) { return national::FormatDay(national::JstDay(absl::Now()) - days); }

class EmergencyServiceTest : public rpc::ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    std::ifstream master("services/platform/drug_master/testdata/y_small.csv", std::ios::binary);
    drugs_.Load(std::string(std::istreambuf_iterator<char>(master), {}));
    CreateTopics({kPersonsTopic, kReceiptsTopic, kPrescriptionsTopic, "audit.records"});
    config_ = Config("emergency");
    host_ = *rpc::Host::Create(config_, {{kPersonsTopic, &persons_, ""},
                                         {kReceiptsTopic, &receipts_, ""},
                                         {kPrescriptionsTopic, &prescriptions_, ""}});
    service_ = std::make_unique<EmergencyService>(*host_, &drugs_);
    Serve(*host_, {service_.get()});
    stub_ = Emergency::NewStub(Channel(config_));
    const std::vector<std::string> topics = {prefix() + kPersonsTopic, prefix() + kReceiptsTopic,
                                             prefix() + kPrescriptionsTopic};
    publisher_ = std::make_unique<rpc::Publisher>(cluster().kafka, topics, kPartitions);
    subject_ = host_->subjects().MakeSubject({"01130012", "", "45", "01"});
  }

  void PublishPerson(const std::string& subject, const std::string& previous = "") {
    tsunagu::eligibility::v1::PersonChanged changed;
    auto& qualification = *changed.mutable_person()->mutable_qualification();
    qualification.set_birth_date(kBirth);
    qualification.set_valid_from(previous.empty() ? "20200401" : "20260401");
    changed.mutable_person()->set_previous_subject(previous);
    publisher_->Publish(prefix() + kPersonsTopic, subject, PersonName(subject), 1, changed);
  }

  void PublishReceipt(const std::string& subject, const std::string& day) {
    tsunagu::medication::v1::MonthChanged changed;
    changed.set_month(day.substr(0, 6));
    auto& dispensing = *changed.add_dispensings();
    dispensing.set_source(tsunagu::medication::v1::SOURCE_RECEIPT);
    dispensing.set_dispensed_on(day);
    dispensing.set_facility("1311111111");
    dispensing.set_in_house(true);
    auto& drug = *dispensing.add_drugs();
    drug.set_code_kind(2);
    drug.set_code("620007818");
    publisher_->Publish(prefix() + kReceiptsTopic, subject, MonthName(subject, changed.month()), 1,
                        changed);
  }

  void PublishDispensed(const std::string& subject, const std::string& day) {
    tsunagu::prescription::v1::PrescriptionChanged changed;
    changed.set_prescription_id("0001-rx");
    changed.set_status(tsunagu::prescription::v1::STATUS_DISPENSED);
    changed.set_issuer("1311111111");
    changed.set_issued_on(day);
    changed.set_holder(kPharmacy);
    auto& dispensing = *changed.add_dispensings();
    dispensing.set_pharmacy(kPharmacy);
    dispensing.set_dispensed_on(day);
    dispensing.add_drugs()->set_code("621111111");
    publisher_->Publish(prefix() + kPrescriptionsTopic, subject, "rx/0001-rx", 3, changed);
  }

  GetSummaryRequest ByIdentity() {
    GetSummaryRequest request;
    request.mutable_identity()->set_insurer("01130012");
    request.mutable_identity()->set_number("45");
    request.mutable_identity()->set_branch("01");
    request.set_birth_date(kBirth);
    request.mutable_break_glass()->set_reason(kReason);
    return request;
  }

  absl::Status Get(const Principal& principal, const GetSummaryRequest& request,
                   GetSummaryResponse& response) {
    grpc::ClientContext context;
    As(context, principal);
    return rpc::StatusOf(stub_->GetSummary(&context, request, &response));
  }

  // The summary once it has so many dispensings, and so many feeds hold nothing.
  GetSummaryResponse GetComplete(const GetSummaryRequest& request, int dispensings, int none = 0) {
    const absl::Time limit = absl::Now() + kLimit;
    for (;;) {
      GetSummaryResponse response;
      const absl::Status status = Get(Crew(), request, response);
      const bool done = status.ok() && response.dispensings_size() == dispensings &&
                        CountFeeds(response, FEED_STATE_NONE) == none &&
                        CountFeeds(response, FEED_STATE_CURRENT) == 3 - none;
      EXPECT_TRUE(done || absl::Now() < limit) << status;
      if (done || absl::Now() > limit) return response;
      absl::SleepFor(absl::Milliseconds(20));
    }
  }

  static int CountFeeds(const GetSummaryResponse& response, v1::FeedState state) {
    const auto& feeds = response.feeds();
    return static_cast<int>(std::count_if(
        feeds.begin(), feeds.end(), [&](const v1::Feed& feed) { return feed.state() == state; }));
  }

  tsunagu::audit::v1::Record LastRecord(const std::string& subject) {
    tsunagu::audit::v1::Record record;
    record.ParseFromString(publisher_->Newest(prefix() + "audit.records", subject));
    return record;
  }

  drug_master::DrugMaster drugs_;
  const PersonFolder persons_;
  const ReceiptFolder receipts_;
  const PrescriptionFolder prescriptions_;
  tsunagu::service::v1::Service config_;
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<EmergencyService> service_;
  std::unique_ptr<Emergency::Stub> stub_;
  std::unique_ptr<rpc::Publisher> publisher_;
  std::string subject_;
};

TEST_F(EmergencyServiceTest, ACrewSeesOneSummaryOfAllSections) {
  PublishPerson(subject_);
  PublishReceipt(subject_, DaysAgo(40));
  PublishDispensed(subject_, DaysAgo(3));
  const GetSummaryResponse summary = GetComplete(ByIdentity(), 2);
  EXPECT_EQ(summary.person().birth_date(), kBirth);
  ASSERT_EQ(summary.dispensings_size(), 2);
  EXPECT_EQ(summary.dispensings(0).facility(), kPharmacy);
  EXPECT_EQ(summary.visits_size(), 2);
  ASSERT_EQ(summary.medicines_size(), 2);
  EXPECT_EQ(summary.medicines(1).name(), "合成アムロジピンＯＤ錠５ｍｇ");
  EXPECT_EQ(summary.medicines(1).generic_name(), "【般】合成アムロジピン口腔内崩壊錠５ｍｇ");
}

// EM-015
TEST_F(EmergencyServiceTest, WhoNeverHadADrugHasCurrentFeedsThatHoldNothing) {
  PublishPerson(subject_);
  const GetSummaryResponse summary = GetComplete(ByIdentity(), 0, 2);
  ASSERT_EQ(summary.feeds_size(), 3);
  EXPECT_EQ(summary.feeds(1).name(), kMedication);
  EXPECT_EQ(summary.feeds(1).state(), FEED_STATE_NONE);
  EXPECT_EQ(summary.feeds(2).state(), FEED_STATE_NONE);
}

// EM-017
TEST_F(EmergencyServiceTest, TheReasonStandsInTheAuditRecord) {
  PublishPerson(subject_);
  GetComplete(ByIdentity(), 0, 2);
  const auto record = LastRecord(subject_);
  EXPECT_EQ(record.subject(), subject_);
  EXPECT_EQ(record.reason(), kReason);
  EXPECT_EQ(record.purpose(), tsunagu::access::v1::PURPOSE_EMERGENCY);
  EXPECT_EQ(record.outcome(), tsunagu::audit::v1::OUTCOME_DISCLOSED);
}

// EM-004
TEST_F(EmergencyServiceTest, WithoutAReasonNothingIsShownAndTheAttemptIsRecorded) {
  PublishPerson(subject_);
  GetComplete(ByIdentity(), 0, 2);
  GetSummaryRequest request = ByIdentity();
  request.clear_break_glass();
  GetSummaryResponse response;
  EXPECT_EQ(RuleOf(Get(Crew(), request, response)), "EM-004");
  EXPECT_EQ(LastRecord(subject_).outcome(), tsunagu::audit::v1::OUTCOME_REFUSED);
}

// EM-005
TEST_F(EmergencyServiceTest, AnotherBirthDateFindsNobody) {
  PublishPerson(subject_);
  GetComplete(ByIdentity(), 0, 2);
  GetSummaryRequest request = ByIdentity();
  request.set_birth_date("19700416");
  GetSummaryResponse response;
  const absl::Status status = Get(Crew(), request, response);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(RuleOf(status), "EM-005");
  EXPECT_EQ(LastRecord(subject_).outcome(), tsunagu::audit::v1::OUTCOME_REFUSED);
}

TEST_F(EmergencyServiceTest, SomebodyWhomNoSectionKnowsIsNotFound) {
  GetSummaryResponse response;
  EXPECT_EQ(ReasonOf(Get(Crew(), ByIdentity(), response)), "PERSON_NOT_FOUND");
}

// EM-006
TEST_F(EmergencyServiceTest, WhatIsKnownUnderAFormerIdentityIsShownAndRecorded) {
  const std::string former = "0002bbbbbbbbbbbbbbbbbbbbbbbbbbbb";
  PublishPerson(former);
  PublishReceipt(former, DaysAgo(20));
  PublishPerson(subject_, former);
  GetComplete(ByIdentity(), 1, 1);
  EXPECT_EQ(LastRecord(former).subject(), former);
}

TEST_F(EmergencyServiceTest, ACareContextNeedsNoReason) {
  PublishPerson(subject_);
  PublishDispensed(subject_, DaysAgo(3));
  GetComplete(ByIdentity(), 1, 1);
  grpc::ClientContext context;
  As(context, Doctor());
  With(context, rpc::ContextFor(kHospital, {subject_}, {SCOPE_EMERGENCY}));
  GetSummaryResponse response;
  const absl::Status status = rpc::StatusOf(stub_->GetSummary(&context, {}, &response));
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(response.dispensings_size(), 1);
  EXPECT_EQ(response.person().birth_date(), kBirth);
  EXPECT_EQ(LastRecord(subject_).reason(), "");
}

TEST_F(EmergencyServiceTest, ACallAboutNobodyIsRefused) {
  GetSummaryResponse response;
  EXPECT_EQ(RuleOf(Get(Doctor(), {}, response)), "EM-001");
}

// EM-016
TEST_F(EmergencyServiceTest, AClinicIsRefusedEvenWithAReason) {
  PublishPerson(subject_);
  GetSummaryResponse response;
  const Principal clinic =
      rpc::Practitioner(ROLE_MEDICAL_DOCTOR, FACILITY_KIND_CLINIC, "1311111111");
  EXPECT_EQ(Get(clinic, ByIdentity(), response).code(), absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace tsunagu::emergency
