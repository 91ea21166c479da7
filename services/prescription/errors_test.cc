#include "services/prescription/errors.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/prescription/findings.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::prescription {
namespace {

using national::Finding;
using national::Severity;
using tsunagu::common::v1::Findings;

Findings DetailOf(const absl::Status& status) {
  Findings findings;
  const google::rpc::Status wire = ToRpcStatus(status);
  for (const auto& detail : wire.details()) {
    if (detail.Is<Findings>()) detail.UnpackTo(&findings);
  }
  return findings;
}

TEST(ErrorsTest, EachHasItsCodeReasonAndRule) {
  struct Case {
    absl::Status status;
    absl::StatusCode code;
    const char* reason;
    const char* rule;
  };
  const auto kState = absl::StatusCode::kFailedPrecondition;
  const Case cases[] = {
      {PrescriptionNotFound(), absl::StatusCode::kNotFound, "PRESCRIPTION_NOT_FOUND", "RX-050"},
      {PrescriptionExists("x", "y"), absl::StatusCode::kAlreadyExists, "PRESCRIPTION_EXISTS",
       "RX-043"},
      {AlreadyAccepted(), kState, "ALREADY_ACCEPTED", "RX-002"},
      {PrescriptionCancelled(), kState, "CANCELLED", "RX-003"},
      {PrescriptionExpired(), kState, "EXPIRED", "RX-005"},
      {PrescriptionTaken(), kState, "TAKEN", "RX-006"},
      {PrescriptionDispensed(), kState, "ALREADY_DISPENSED", "RX-006"},
      {NotHolder(), kState, "NOT_HOLDER", "RX-009"},
      {EverDispensed(), kState, "EVER_DISPENSED", "RX-008"},
      {ResultExists("x"), kState, "RESULT_EXISTS", "RX-009"},
      {AcceptanceEnded(), kState, "ACCEPTANCE_ENDED", "RX-008"},
      {PatientMismatch(), kState, "PATIENT_MISMATCH", "RX-017"},
      {TooManyOpen(), kState, "TOO_MANY_OPEN", "RX-019"},
      {TooManyChecks(absl::Hours(1)), absl::StatusCode::kResourceExhausted, "TOO_MANY_CHECKS",
       "RX-426"},
      {TimeStampUnavailable(), absl::StatusCode::kUnavailable, "TIME_STAMP_UNAVAILABLE", "SIG-073"},
      {RevocationUnknown(), absl::StatusCode::kUnavailable, "REVOCATION_UNKNOWN", "RX-025"},
      {DocumentErased("20300101"), kState, "DOCUMENT_ERASED", "RX-533"},
      {CopyNotMade(), absl::StatusCode::kInternal, "COPY_NOT_MADE", "RX-225"},
      {BadField("a.b", "why", "RX-040"), absl::StatusCode::kInvalidArgument, "BAD_FIELD", "RX-040"},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(test.status.code(), test.code) << test.reason;
    EXPECT_EQ(ReasonOf(test.status), test.reason);
    EXPECT_EQ(RuleOf(test.status), test.rule) << test.reason;
  }
}

// RX-028
TEST(ErrorsTest, ARefusedDocumentListsAllFindingsByPart) {
  DocumentFindings findings;
  findings.envelope.push_back({"RX-023", Severity::kError, 0, "e", "あ", "a"});
  findings.record.push_back({"RX-120", Severity::kError, 12, "201.dose", "い", "b"});
  findings.record.push_back({"RX-171", Severity::kWarning, 3, "22", "う", "c"});
  findings.signature.push_back({"SIG-014", Severity::kError, 0, "s", "え", "d"});
  const absl::Status status = DocumentRefused(findings);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "DOCUMENT_REFUSED");
  const Findings detail = DetailOf(status);
  ASSERT_EQ(detail.envelope_size(), 1);
  ASSERT_EQ(detail.record_size(), 2);
  ASSERT_EQ(detail.signature_size(), 1);
  EXPECT_EQ(detail.record(0).rule(), "RX-120");
  EXPECT_EQ(detail.record(0).record(), 12);
  EXPECT_EQ(detail.record(0).field(), "201.dose");
  EXPECT_EQ(detail.record(0).text_ja(), "い");
  EXPECT_EQ(detail.record(0).severity(), tsunagu::common::v1::SEVERITY_ERROR);
  EXPECT_EQ(detail.record(1).severity(), tsunagu::common::v1::SEVERITY_WARNING);
}

TEST(ErrorsTest, ManyFindingsLoseTheirTextsBeforeAnyIsLeftOut) {
  DocumentFindings findings;
  const std::string text(200, 'x');
  for (int i = 1; i <= 100; ++i) {
    findings.record.push_back({"RX-120", Severity::kError, i, "201.dose", text, text});
  }
  const Findings detail = DetailOf(DocumentRefused(findings));
  EXPECT_EQ(detail.record_size(), 100);
  EXPECT_EQ(detail.record(0).text_en(), "");
  EXPECT_LE(detail.ByteSizeLong(), kMaxFindingBytes);
}

TEST(ErrorsTest, TooManyFindingsKeepTheSignaturesAndTheFirst) {
  DocumentFindings findings;
  for (int i = 1; i <= 1000; ++i) {
    findings.record.push_back({"RX-120", Severity::kError, i, "201.dose", "", ""});
  }
  findings.signature.push_back({"SIG-014", Severity::kError, 0, "", "", ""});
  const Findings detail = DetailOf(DocumentRefused(findings));
  EXPECT_LE(detail.ByteSizeLong(), kMaxFindingBytes);
  EXPECT_GT(detail.record_size(), 100);
  EXPECT_EQ(detail.record(0).record(), 1);
  EXPECT_EQ(detail.signature_size(), 1);
}

TEST(ErrorsTest, WarningsDoNotRefuse) {
  DocumentFindings findings;
  findings.record.push_back({"RX-171", Severity::kWarning, 0, "", "", ""});
  EXPECT_FALSE(findings.HasErrors());
  findings.envelope.push_back({"RX-023", Severity::kError, 0, "", "", ""});
  EXPECT_TRUE(findings.HasErrors());
}

TEST(DrugsTest, EveryDrugOfEveryRpIsTakenOver) {
  record::Rp rp;
  rp.form = 1;
  rp.amount = 14;
  rp.usage.code = "1013044400000000";
  record::Drug drug;
  drug.code_kind = record::DrugCodeKind::kReceipt;
  drug.code = "612170709";
  drug.name = "ノルバスク錠２．５ｍｇ";
  drug.dose = *record::ParseDecimal("2.5");
  drug.unit = "錠";
  rp.drugs = {drug, drug};
  record::Rp second = rp;
  second.drugs = {drug};
  second.usage.text = "１日１回";
  google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug> list;
  AddDrugs({rp, second}, &list);
  ASSERT_EQ(list.size(), 3);
  EXPECT_EQ(list[0].code_kind(), 2);
  EXPECT_EQ(list[0].code(), "612170709");
  EXPECT_EQ(list[0].amount(), "2.5");
  EXPECT_EQ(list[0].unit(), "錠");
  EXPECT_EQ(list[0].form(), 1);
  EXPECT_EQ(list[0].quantity(), 14);
  EXPECT_EQ(list[0].usage(), "1013044400000000");
  EXPECT_EQ(list[2].usage(), "１日１回");
}

}  // namespace
}  // namespace tsunagu::prescription
