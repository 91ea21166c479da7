#include "services/prescription/submission_time.h"

#include <gtest/gtest.h>

#include "services/platform/hpki/test_pki.h"
#include "services/platform/national/jst.h"
#include "services/prescription/given_submission.h"
#include "services/prescription/test_submission.h"

namespace tsunagu::prescription {
namespace {

using hpki::TestPki;

constexpr char kAhead[] = "RX-541";

const absl::Time kLatest = TestPki::Now() + kSignerClockAhead;
const absl::Time kTooLate = kLatest + absl::Seconds(1);

// RX-541
TEST(SubmissionTimeTest, APrescriptionIsNotSignedInTheFuture) {
  const std::string text = PrescriptionText(Day());
  EXPECT_EQ(Rules(Judge(SignedPrescription(text, kLatest))), " /  / ");
  const auto verdict = Judge(SignedPrescription(text, kTooLate));
  ASSERT_EQ(Rules(verdict.findings.signature), kAhead);
  EXPECT_EQ(verdict.findings.signature[0].field, "SignedProperties/SigningTime");
  EXPECT_TRUE(verdict.event.document().empty());
  // A change is judged by the same function.
  Submitter change = Clinic();
  change.prescription_id = "12ab0000-0000-8000-8000-000000000001";
  EXPECT_EQ(Rules(Judge(SignedPrescription(text, kTooLate), change).findings.signature), kAhead);
}

// RX-541: Dispense, DispenseTogether and ChangeResult
TEST(SubmissionTimeTest, AResultIsNotSignedInTheFuture) {
  const auto registered = Judge(Signed(PrescriptionText(Day())));
  v1::Prescription state;
  state.set_id(registered.event.prescription_id());
  state.set_subject(registered.subject);
  state.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  state.set_issued_on(registered.event.issued_on());
  state.set_issuer(kClinic);
  state.set_fingerprint(registered.event.fingerprint());
  const auto rules = [&](absl::Time time) {
    const std::string document = SignedResult(ResultText(Day()), registered.event.document(), time);
    return Rules(JudgeResult(document, state, 1, Pharmacy(), TheJudges()).findings.signature);
  };
  EXPECT_EQ(rules(kLatest), "");
  EXPECT_EQ(rules(kTooLate), kAhead);
}

// RX-541
TEST(SubmissionTimeTest, NorIsWhatWasGivenWhenItIsSigned) {
  GivenSubmitter submitter;
  submitter.facility = kClinic;
  submitter.kind = v1::GIVEN_KIND_IN_HOUSE;
  submitter.now = TestPki::Now();
  const auto rules = [&](const std::string& document) {
    return Rules(JudgeGiven(document, submitter, Subjects(), nullptr).findings.signature);
  };
  const std::string text = PrescriptionText(Day());
  EXPECT_EQ(rules(UnsignedPrescription(text)), "");
  EXPECT_EQ(rules(SignedPrescription(text, kLatest)), "");
  EXPECT_EQ(rules(SignedPrescription(text, kTooLate)), kAhead);
}

}  // namespace
}  // namespace tsunagu::prescription
