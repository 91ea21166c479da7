// 重複投薬等チェック against a real broker and a real Redis.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/rpc/testing/publisher.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"
#include "tsunagu/medication/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::access::v1::CareContext;
using tsunagu::access::v1::Principal;

constexpr char kGeneric[] = "7,2171014M2ZZZ,【般】ニフェジピンカプセル１０ｍｇ";

class DuplicationServiceTest : public PrescriptionServiceTest {
 protected:
  void Adjust(tsunagu::service::v1::Service& config) override {
    config.set_contraindicated_pairs_file("services/prescription/duplication/testdata/pairs.csv");
  }

  template <typename Request, typename Response>
  absl::Status Ask(grpc::Status (v1::DuplicationCheck::Stub::*method)(grpc::ClientContext*,
                                                                      const Request&, Response*),
                   const Principal& principal, const Request& request, Response* response,
                   const CareContext* care_context = nullptr) {
    grpc::ClientContext context;
    As(context, principal);
    if (care_context != nullptr) With(context, *care_context);
    return rpc::StatusOf((check_stub_.get()->*method)(&context, request, response));
  }

  // What kClinic is told of that draft.
  absl::StatusOr<v1::CheckReport> Draft(const std::string& text,
                                        const CareContext* care_context = nullptr) {
    v1::CheckDraftRequest request;
    request.set_document(text);
    v1::CheckReport report;
    const absl::Status status =
        Ask(&v1::DuplicationCheck::Stub::CheckDraft, Doctor(), request, &report, care_context);
    if (!status.ok()) return status;
    return report;
  }

  absl::StatusOr<v1::CheckReport> Acceptance(const std::string& id,
                                             const std::string& pharmacy = kPharmacy) {
    v1::CheckAcceptanceRequest request;
    request.set_prescription_id(id);
    v1::CheckReport report;
    const absl::Status status =
        Ask(&v1::DuplicationCheck::Stub::CheckAcceptance, Pharmacist(pharmacy), request, &report);
    if (!status.ok()) return status;
    return report;
  }

  // Another clinic prescribes that generic drug, and two that no master looks up.
  std::string RegisteredElsewhere(const std::string& generic = kGeneric) {
    const std::string text = Change(Change(PrescriptionText(Today()), "1,1,1234567,13,つなぐ診療所",
                                           "1,1,1234568,13,となりの診療所"),
                                    kGeneric, generic);
    v1::RegisterResponse response;
    const absl::Status status =
        Register(absl::StrCat("elsewhere-", ++commands_), SignedPrescription(text, absl::Now()),
                 &response, Doctor(kOtherClinic));
    EXPECT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
    return response.prescription_id();
  }

  std::string Subject() { return host_->subjects().MakeSubject(Insured()); }
  CareContext Consent(const std::string& facility = kClinic) {
    return rpc::ContextFor(facility, {Subject()}, {tsunagu::access::v1::SCOPE_MEDICATION});
  }
};

// RX-400, RX-409, RX-410
TEST_F(DuplicationServiceTest, ADraftIsCheckedAndNamesAreToldWithConsentOnly) {
  const std::string text = PrescriptionText(Today());
  const auto before = Draft(text);
  ASSERT_TRUE(before.ok()) << before.status() << FindingsOf(before.status()).DebugString();
  EXPECT_EQ(before->result(), v1::CHECK_RESULT_NONE);
  EXPECT_EQ(before->not_compared_size(), 2);  // RX-408: receipt codes, and there is no master
  RegisteredElsewhere();
  const auto masked = Draft(UnsignedPrescription(text));
  ASSERT_TRUE(masked.ok()) << masked.status();
  ASSERT_EQ(masked->groups_size(), 1);
  EXPECT_EQ(masked->groups(0).ingredient(), "2171014");
  EXPECT_TRUE(masked->masked());
  EXPECT_EQ(masked->groups(0).past(0).issuer(), "");
  EXPECT_EQ(masked->groups(0).past(0).drug().name(), "");
  EXPECT_EQ(masked->past_not_compared(), 2);

  const CareContext consent = Consent();
  const auto named = Draft(text, &consent);
  ASSERT_TRUE(named.ok()) << named.status();
  EXPECT_FALSE(named->masked());
  const auto& past = named->groups(0).past(0);
  EXPECT_EQ(past.issuer(), kOtherClinic);
  EXPECT_EQ(past.issuer_name(), "となりの診療所");
  EXPECT_EQ(past.drug().name(), "【般】ニフェジピンカプセル１０ｍｇ");
  EXPECT_FALSE(past.dispensed());
  EXPECT_EQ(past.overlapping_days(), 14);
  // RX-416
  EXPECT_TRUE(named->freshness().has_prescriptions());
  EXPECT_TRUE(named->freshness().has_receipts());
}

// RX-425
TEST_F(DuplicationServiceTest, WithoutConsentALongDraftIsNotAnswered) {
  std::string text = PrescriptionText(Today());
  std::string more;
  for (int i = 3; i <= 33; ++i) {
    absl::StrAppend(&more, "\n201,1,", i,
                    ",1,7,2171014M2ZZZ,【般】ニフェジピンカプセル１０ｍｇ,1,1,カプセル");
  }
  text = Change(text, "\n101,2,1", more + "\n101,2,1");
  const CareContext consent = Consent();
  EXPECT_TRUE(Draft(text, &consent).ok()) << Draft(text, &consent).status();
  EXPECT_EQ(RuleOf(Draft(text).status()), "RX-425");
}

class MaskedGuardTest : public DuplicationServiceTest {
 protected:
  void Adjust(tsunagu::service::v1::Service& config) override {
    config.mutable_prescription_limits()->set_masked_checks_by_facility_and_person(2);
  }
};

// RX-426
TEST_F(MaskedGuardTest, WithoutConsentNobodyTriesDraftAfterDraftOnAPerson) {
  const std::string id = Registered().prescription_id();
  const std::string text = PrescriptionText(Today());
  const std::string other = Change(text, "23,１,２３４,1,00", "23,１,２３４,1,01");
  EXPECT_TRUE(Draft(text).ok());
  EXPECT_TRUE(Draft(UnsignedPrescription(text)).ok());
  const absl::Status refused = Draft(text).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused), "TOO_MANY_CHECKS");
  EXPECT_EQ(RuleOf(refused), "RX-426");
  EXPECT_EQ(LastRecord(id).action(), "prescription.duplication.draft");
  EXPECT_EQ(LastRecord(id).outcome(), tsunagu::audit::v1::OUTCOME_REFUSED);
  const CareContext consent = Consent();
  EXPECT_TRUE(Draft(text, &consent).ok());
  EXPECT_TRUE(Draft(other).ok());  // another person
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  EXPECT_TRUE(Acceptance(id).ok());  // another facility
}

// RX-402
TEST_F(DuplicationServiceTest, AContraindicatedPairIsFound) {
  RegisteredElsewhere("7,1124007F1ZZZ,【般】トリアゾラム錠０．２５ｍｇ");
  const auto report =
      Draft(Change(PrescriptionText(Today()), kGeneric, "7,2171022F1ZZZ,【般】アムロジピン錠"));
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(report->groups_size(), 1);
  EXPECT_EQ(report->groups(0).category(), v1::ALERT_CATEGORY_CONTRAINDICATED);
  EXPECT_FALSE(report->without_pairs());
}

// RX-407
TEST_F(DuplicationServiceTest, TheOwnFacilityIsAskedForByRequest) {
  const std::string id = Registered().prescription_id();
  v1::CheckDraftRequest request;
  request.set_document(PrescriptionText(Today()));
  v1::CheckReport report;
  ASSERT_TRUE(Ask(&v1::DuplicationCheck::Stub::CheckDraft, Doctor(), request, &report).ok());
  EXPECT_EQ(report.group_count(), 0);
  EXPECT_EQ(report.left_out(), 3);
  request.mutable_options()->set_own_facility(true);
  ASSERT_TRUE(Ask(&v1::DuplicationCheck::Stub::CheckDraft, Doctor(), request, &report).ok());
  EXPECT_EQ(report.group_count(), 1);
  request.set_replaces(id);  // RX-411
  ASSERT_TRUE(Ask(&v1::DuplicationCheck::Stub::CheckDraft, Doctor(), request, &report).ok());
  EXPECT_EQ(report.group_count(), 0);
}

// RX-411, RX-412, RX-419, RX-420
TEST_F(DuplicationServiceTest, TheHolderChecksAndSeesThePrescribersReason) {
  const std::string other = RegisteredElsewhere();
  v1::RegisterRequest request;
  request.set_command_id("register-with-reason");
  request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  request.set_document(SignedPrescription(PrescriptionText(Today()), absl::Now()));
  auto& alert = *request.add_accepted_alerts();
  alert.set_category(v1::ALERT_CATEGORY_DUPLICATE);
  alert.set_ingredient("2171014");
  alert.set_reason("漸減のため");
  v1::RegisterResponse registered;
  absl::Status status = Call(&v1::Prescriptions::Stub::Register, Doctor(), request, &registered);
  ASSERT_TRUE(status.ok()) << status;
  const std::string id = registered.prescription_id();
  EXPECT_EQ(ReasonOf(Acceptance(id).status()), "NOT_HOLDER");
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  ASSERT_EQ(accepted.accepted_alerts_size(), 1);
  EXPECT_EQ(accepted.accepted_alerts(0).reason(), "漸減のため");
  EXPECT_EQ(ReasonOf(Acceptance(id, kOtherPharmacy).status()), "NOT_HOLDER");

  const auto report = Acceptance(id);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->result(), v1::CHECK_RESULT_APPROVED);
  ASSERT_EQ(report->groups_size(), 1);
  EXPECT_EQ(report->groups(0).past_count(), 1);  // not with itself
  EXPECT_EQ(report->groups(0).reason(), "漸減のため");

  v1::CheckDraftResultRequest result;
  result.set_prescription_id(id);
  result.set_document(Change(ResultText(Today()), "2,612170709,ノルバスク錠２．５ｍｇ",
                             "7,2171014M2ZZZ,【般】ニフェジピンカプセル１０ｍｇ"));
  v1::CheckReport checked;
  status = Ask(&v1::DuplicationCheck::Stub::CheckDraftResult, Pharmacist(), result, &checked);
  ASSERT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
  EXPECT_EQ(checked.group_count(), 1);
  // RX-414: what is cancelled is not taken.
  ASSERT_TRUE(Cancel(other, kOtherClinic).ok());
  EXPECT_EQ(Acceptance(id)->result(), v1::CHECK_RESULT_NONE);
}

// RX-555
TEST_F(DuplicationServiceTest, TheDraftOfAResultIsOfThePrescriptionsPatient) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  const auto check = [&](const std::string& text, const CareContext* context = nullptr) {
    v1::CheckDraftResultRequest request;
    request.set_prescription_id(id);
    request.set_document(text);
    v1::CheckReport report;
    return Ask(&v1::DuplicationCheck::Stub::CheckDraftResult, Pharmacist(), request, &report,
               context);
  };
  EXPECT_TRUE(check(ResultText(Today())).ok());
  const absl::Status born = check(Change(ResultText(Today()), "\n13,19600606", "\n13,19600607"));
  EXPECT_EQ(ReasonOf(born), "DOCUMENT_REFUSED");
  const std::string insured = Change(ResultText(Today()), "２３４", "９９９");
  EXPECT_EQ(ReasonOf(check(insured)), "PATIENT_MISMATCH");
  national::InsuredIdentity other = Insured();
  other.number = "999";
  const CareContext both =
      rpc::ContextFor(kPharmacy, {Subject(), host_->subjects().MakeSubject(other)},
                      {tsunagu::access::v1::SCOPE_MEDICATION});
  EXPECT_TRUE(check(insured, &both).ok());
}

// RX-419
TEST_F(DuplicationServiceTest, AReasonThatIsNoneIsRefused) {
  v1::RegisterRequest request;
  request.set_command_id("register-with-reason");
  request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  request.set_document("<Document/>");
  request.add_accepted_alerts()->set_category(v1::ALERT_CATEGORY_DUPLICATE);
  v1::RegisterResponse response;
  const absl::Status status =
      Call(&v1::Prescriptions::Stub::Register, Doctor(), request, &response);
  EXPECT_EQ(ReasonOf(status), "BAD_FIELD");
  EXPECT_EQ(RuleOf(status), "RX-419");
}

// RX-413, RX-415, RX-421
TEST_F(DuplicationServiceTest, ReceptionIsToldHowManyDrugsAreTakenReceiptsIncluded) {
  RegisteredElsewhere();
  tsunagu::medication::v1::MonthChanged month;
  month.set_month(national::FormatMonth(absl::CivilMonth(Today())));
  auto& given = *month.add_dispensings();
  given.set_dispensed_on(national::FormatDay(Today()));
  given.set_facility("1312222222");
  given.set_in_house(true);
  auto& drug = *given.add_drugs();
  drug.set_code_kind(4);
  drug.set_code("2171014M2010");
  drug.set_form(1);
  drug.set_quantity(7);
  const std::string topic = prefix() + duplication::kReceiptsTopic;
  rpc::Publisher publisher(cluster().kafka, {topic}, kPartitions);
  publisher.Publish(topic, Subject(), absl::StrCat("month/", Subject(), "/", month.month()), 1,
                    month);
  v1::PrepareRequest request;
  v1::PrepareResponse response;
  const CareContext consent = Consent();
  const absl::Time limit = absl::Now() + absl::Seconds(30);
  do {  // the fold of another service's topic takes its time
    const absl::Status status =
        Ask(&v1::DuplicationCheck::Stub::Prepare, Doctor(), request, &response, &consent);
    ASSERT_TRUE(status.ok()) << status;
  } while (response.drugs() < 4 && absl::Now() < limit);
  EXPECT_EQ(response.drugs(), 4);
  const auto report = Draft(PrescriptionText(Today()), &consent);
  ASSERT_EQ(report->groups_size(), 1);
  ASSERT_EQ(report->groups(0).past_count(), 2);
  EXPECT_TRUE(report->groups(0).past(1).in_house());

  const absl::Status nobody =
      Ask(&v1::DuplicationCheck::Stub::Prepare, Doctor(), request, &response);
  EXPECT_EQ(RuleOf(nobody), "RX-413");
  const CareContext others = rpc::ContextFor(kClinic, {"12ab00000000000000000000000000aa"},
                                             {tsunagu::access::v1::SCOPE_MEDICATION});
  EXPECT_EQ(ReasonOf(Draft(PrescriptionText(Today()), &others).status()), "PATIENT_MISMATCH");
}

// RX-410
TEST_F(DuplicationServiceTest, EachCheckIsOnRecordAndADraftWithErrorsIsNone) {
  const std::string id = RegisteredElsewhere();
  ASSERT_TRUE(Draft(PrescriptionText(Today())).ok());
  const auto record = LastRecord(id);
  EXPECT_EQ(record.action(), "prescription.duplication.draft");
  EXPECT_EQ(record.subject(), Subject());
  EXPECT_EQ(record.outcome(), tsunagu::audit::v1::OUTCOME_DISCLOSED);
  ASSERT_EQ(record.items_size(), 1);
  EXPECT_EQ(record.items(0), "taking");
  EXPECT_EQ(ReasonOf(Draft("SJ1\n").status()), "DOCUMENT_REFUSED");
  EXPECT_EQ(RuleOf(Draft("").status()), "RX-029");
}

}  // namespace
}  // namespace tsunagu::prescription
