// The medication service on a real broker and a real Redis.
#include "services/medication/service.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/medication/fold.h"
#include "services/medication/person_fold.h"
#include "services/medication/uke/test_files.h"
#include "services/platform/journal/folder.h"
#include "services/platform/rpc/testing/publisher.h"
#include "services/platform/rpc/testing/test_host.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::medication {
namespace {

using tsunagu::access::v1::FACILITY_KIND_PAYER;
using tsunagu::access::v1::FACILITY_KIND_PHARMACY;
using tsunagu::access::v1::ROLE_PHARMACIST;
using tsunagu::access::v1::SCOPE_MEDICATION;
using tsunagu::medication::v1::GetHistoryRequest;
using tsunagu::medication::v1::GetHistoryResponse;
using tsunagu::medication::v1::Medication;
using tsunagu::medication::v1::SubmitReceiptsRequest;
using tsunagu::medication::v1::SubmitReceiptsResponse;
using tsunagu::prescription::v1::PrescriptionChanged;

constexpr char kPharmacy[] = "1349999996";
constexpr char kBranchLine[] = "SN,1,01,,,,01";
const absl::Duration kLimit = absl::Seconds(20);

class MedicationServiceTest : public rpc::ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    CreateTopics(
        {kJournalTopic, kEventsTopic, kPrescriptionsTopic, kPersonsTopic, "audit.records"});
    config_ = Config("medication");
    host_ = *rpc::Host::Create(config_, {{kJournalTopic, &receipts_, kEventsTopic},
                                         {kPrescriptionsTopic, &prescriptions_, ""},
                                         {kPersonsTopic, &persons_, ""}});
    service_ = std::make_unique<MedicationService>(*host_, nullptr);
    Serve(*host_, {service_.get()});
    stub_ = Medication::NewStub(Channel(config_));
    subject_ = host_->subjects().MakeSubject({"01130012", "123", "10", "01"});
  }

  absl::Status Submit(const std::string& file, SubmitReceiptsResponse& response) {
    SubmitReceiptsRequest request;
    request.set_file(file);
    grpc::ClientContext context;
    As(context, rpc::Organisation(FACILITY_KIND_PAYER, "1300000026"));
    return rpc::StatusOf(stub_->SubmitReceipts(&context, request, &response));
  }

  GetHistoryResponse History(const std::vector<std::string>& subjects,
                             const std::string& from = "202501", const std::string& to = "202612") {
    GetHistoryRequest request;
    request.set_from_month(from);
    request.set_to_month(to);
    GetHistoryResponse response;
    const absl::Status status = Get(subjects, request, response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  absl::Status Get(const std::vector<std::string>& subjects, const GetHistoryRequest& request,
                   GetHistoryResponse& response) {
    grpc::ClientContext context;
    As(context, rpc::Practitioner(ROLE_PHARMACIST, FACILITY_KIND_PHARMACY, kPharmacy));
    With(context, rpc::ContextFor(kPharmacy, subjects, {SCOPE_MEDICATION}));
    return rpc::StatusOf(stub_->GetHistory(&context, request, &response));
  }

  void PublishPrescription(const std::string& subject, uint64_t version,
                           const PrescriptionChanged& changed) {
    const std::string topic = prefix() + kPrescriptionsTopic;
    rpc::Publisher publisher(cluster().kafka, {topic}, kPartitions);
    publisher.Publish(topic, subject, "rx/" + changed.prescription_id(), version, changed);
  }

  void PublishPerson(const std::string& subject, const std::string& name) {
    tsunagu::eligibility::v1::PersonChanged changed;
    changed.mutable_person()->mutable_qualification()->set_name(name);
    const std::string topic = prefix() + kPersonsTopic;
    rpc::Publisher publisher(cluster().kafka, {topic}, kPartitions);
    publisher.Publish(topic, subject, PersonName(subject), 1, changed);
  }

  // The newest audit record of that subject.
  tsunagu::audit::v1::Record NewestRecord(const std::string& subject) {
    const std::string topic = prefix() + "audit.records";
    rpc::Publisher publisher(cluster().kafka, {topic}, kPartitions);
    tsunagu::audit::v1::Record record;
    record.ParseFromString(publisher.Newest(topic, subject));
    return record;
  }

  // The history once it has that many dispensings.
  GetHistoryResponse HistoryOf(const std::vector<std::string>& subjects, int dispensings) {
    const absl::Time limit = absl::Now() + kLimit;
    GetHistoryResponse response = History(subjects);
    while (response.dispensings_size() != dispensings && absl::Now() < limit) {
      absl::SleepFor(absl::Milliseconds(20));
      response = History(subjects);
    }
    EXPECT_EQ(response.dispensings_size(), dispensings);
    return response;
  }

  const MedicationDomain domain_;
  const journal::JournalFolder receipts_{domain_};
  const PrescriptionFolder prescriptions_;
  const PersonFolder persons_;
  tsunagu::service::v1::Service config_;
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<MedicationService> service_;
  std::unique_ptr<Medication::Stub> stub_;
  std::string subject_;
};

std::string OralOnThe7th() {
  return uke::Line(
      "IY", {{2, "21"}, {3, "1"}, {4, "620007818"}, {5, "2"}, {6, "10"}, {7, "3"}, {20, "3"}});
}

PrescriptionChanged Dispensed() {
  PrescriptionChanged changed;
  changed.set_prescription_id("0001aaaa");
  changed.set_status(tsunagu::prescription::v1::STATUS_DISPENSED);
  changed.set_issuer("1311111111");
  changed.set_issued_on("20260430");
  changed.set_holder(kPharmacy);
  changed.add_drugs()->set_code("621111111");
  auto& dispensing = *changed.add_dispensings();
  dispensing.set_pharmacy(kPharmacy);
  dispensing.set_dispensed_on("20260502");
  dispensing.add_drugs()->set_code("621111111");
  return changed;
}

TEST_F(MedicationServiceTest, AReceiptIsInTheHistoryWhenItsSubmissionIsAnswered) {
  SubmitReceiptsResponse response;
  const absl::Status status = Submit(uke::MedicalFile({kBranchLine, OralOnThe7th()}), response);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(response.receipts(), 1);
  EXPECT_EQ(response.linked(), 1);
  EXPECT_EQ(response.held(), 0);
  const GetHistoryResponse history = History({subject_});
  ASSERT_EQ(history.dispensings_size(), 1);
  EXPECT_EQ(history.dispensings(0).dispensed_on(), "20260507");
  EXPECT_EQ(history.dispensings(0).drugs(0).code(), "620007818");
}

// MH-220, MH-223
TEST_F(MedicationServiceTest, ReceiptsOfAllKindsAreInOneHistory) {
  const std::string of_dpc = "CD,20260508,33,1,1,620007818,1,,,2";
  const std::string of_dentist = uke::Line(
      "IY", {{2, "21"}, {3, "1"}, {4, "620007818"}, {5, "1"}, {7, "3"}, {8, "1"}, {17, "3"}});
  SubmitReceiptsResponse response;
  for (const std::string& file :
       {uke::MedicalFile({kBranchLine, OralOnThe7th()}),
        uke::DpcFile({kBranchLine, "CO,01,1,810000001", of_dpc}),
        uke::DentalFile({kBranchLine, of_dentist}), uke::PharmacySample()}) {
    const absl::Status status = Submit(file, response);
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(response.receipts(), response.linked());
  }
  const GetHistoryResponse history = HistoryOf({subject_}, 3);
  EXPECT_EQ(history.dispensings(0).dispensed_on(), "20260509");
  EXPECT_EQ(history.dispensings(0).facility(), "1339999920");
  EXPECT_FALSE(history.dispensings(0).inpatient());
  EXPECT_EQ(history.dispensings(1).dispensed_on(), "20260508");
  EXPECT_TRUE(history.dispensings(1).inpatient());
}

TEST_F(MedicationServiceTest, TheSameFileAgainChangesNothing) {  // MH-105
  SubmitReceiptsResponse response;
  const std::string file = uke::MedicalFile({kBranchLine, OralOnThe7th()});
  ASSERT_TRUE(Submit(file, response).ok());
  ASSERT_TRUE(Submit(file, response).ok());
  EXPECT_EQ(History({subject_}).dispensings_size(), 1);
}

TEST_F(MedicationServiceTest, AReceiptOfNobodyForCertainIsHeld) {  // MH-104
  SubmitReceiptsResponse response;
  ASSERT_TRUE(Submit(uke::MedicalFile({OralOnThe7th()}), response).ok());
  EXPECT_EQ(response.linked(), 0);
  EXPECT_EQ(response.held(), 1);
  EXPECT_EQ(History({subject_}).dispensings_size(), 0);
}

TEST_F(MedicationServiceTest, MH100AFileWithErrorsIsRefusedAsAWholeWithItsFindings) {
  SubmitReceiptsResponse response;
  const std::string good = uke::MedicalFile({kBranchLine, OralOnThe7th()});
  const absl::Status status = Submit(uke::WithField(good, 2, 4, "202613"), response);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(RuleOf(status), "MH-100");
  EXPECT_EQ(History({subject_}).dispensings_size(), 0);
}

TEST_F(MedicationServiceTest, AFileWithManyErrorsIsStillAnswered) {
  std::vector<std::string> records = {kBranchLine};
  for (int i = 0; i < 500; ++i) records.push_back("IY,21,1,bad,x,y,z");
  SubmitReceiptsResponse response;
  const absl::Status status = Submit(uke::MedicalFile(records), response);
  EXPECT_EQ(RuleOf(status), "MH-100") << status;
}

TEST_F(MedicationServiceTest, EPrescriptionsAndReceiptsAreOneHistory) {  // MH-106
  SubmitReceiptsResponse response;
  ASSERT_TRUE(Submit(uke::MedicalFile({kBranchLine, OralOnThe7th()}), response).ok());
  PublishPrescription(subject_, 3, Dispensed());
  const GetHistoryResponse history = HistoryOf({subject_}, 2);
  EXPECT_EQ(history.dispensings(0).source(), v1::SOURCE_RECEIPT);
  EXPECT_EQ(history.dispensings(1).source(), v1::SOURCE_DISPENSING);
  EXPECT_EQ(history.dispensings(1).facility(), kPharmacy);
}

// Issued in April, dispensed in May: a question about May finds it, one about April does not.
TEST_F(MedicationServiceTest, ADispensingCountsForTheMonthInWhichItHappened) {  // MH-110
  PublishPrescription(subject_, 3, Dispensed());
  HistoryOf({subject_}, 1);
  EXPECT_EQ(History({subject_}, "202605", "202605").dispensings_size(), 1);
  EXPECT_EQ(History({subject_}, "202604", "202604").dispensings_size(), 0);
}

TEST_F(MedicationServiceTest, AllIdentitiesOfAPersonAreReadTogether) {
  const std::string former = "0002bbbbbbbbbbbbbbbbbbbbbbbbbbbb";
  SubmitReceiptsResponse response;
  ASSERT_TRUE(Submit(uke::MedicalFile({kBranchLine, OralOnThe7th()}), response).ok());
  PublishPrescription(former, 3, Dispensed());
  HistoryOf({subject_, former}, 2);
  EXPECT_EQ(History({subject_}).dispensings_size(), 1);
}

TEST_F(MedicationServiceTest, MH117PrescriptionsThatLookAlikeAreToldApartByTheirIds) {
  PrescriptionChanged open = Dispensed();
  open.set_status(tsunagu::prescription::v1::STATUS_REGISTERED);
  open.clear_holder();
  open.clear_dispensings();
  PublishPrescription(subject_, 1, open);
  open.set_prescription_id("0001bbbb");
  PublishPrescription(subject_, 1, open);
  const GetHistoryResponse history = HistoryOf({subject_}, 2);
  EXPECT_EQ(history.dispensings(0).prescription_id(), "0001aaaa");
  EXPECT_EQ(history.dispensings(1).prescription_id(), "0001bbbb");
}

TEST_F(MedicationServiceTest, MH119TheHistorySaysWhoseItIsAndItsRecordSaysSo) {
  const std::string former = "0002bbbbbbbbbbbbbbbbbbbbbbbbbbbb";
  EXPECT_FALSE(History({subject_}).has_person());
  PublishPerson(former, "合成　花子");
  PublishPerson(subject_, "試験　花子");
  const absl::Time limit = absl::Now() + kLimit;
  GetHistoryResponse history = History({subject_, former});
  while (!history.has_person() && absl::Now() < limit) {
    absl::SleepFor(absl::Milliseconds(20));
    history = History({subject_, former});
  }
  EXPECT_EQ(history.person().name(), "試験　花子");
  const auto record = NewestRecord(subject_);
  EXPECT_EQ(record.outcome(), tsunagu::audit::v1::OUTCOME_DISCLOSED);
  ASSERT_EQ(record.items_size(), 2);
  EXPECT_EQ(record.items(1), "person");
  EXPECT_EQ(NewestRecord(former).outcome(), tsunagu::audit::v1::OUTCOME_NOTHING);
}

TEST_F(MedicationServiceTest, MonthsOutOfRangeAreRefused) {
  GetHistoryRequest request;
  request.set_from_month("201001");
  GetHistoryResponse response;
  EXPECT_EQ(RuleOf(Get({subject_}, request, response)), "MH-110");
}

}  // namespace
}  // namespace tsunagu::medication
