// What a dispensing result becomes, and what refuses it.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_submission.h"

namespace tsunagu::prescription {
namespace {

using hpki::TestPki;

class ResultTest : public ::testing::Test {
 protected:
  ResultTest() {
    const auto verdict = Judge(Signed(PrescriptionText(Day())));
    prescription_ = verdict.event.document();
    registered_.set_id(verdict.event.prescription_id());
    registered_.set_subject(verdict.subject);
    registered_.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
    registered_.set_issued_on(verdict.event.issued_on());
    registered_.set_issuer(kClinic);
    registered_.set_fingerprint(verdict.event.fingerprint());
  }

  std::string Result(const std::string& text, absl::string_view signer = kPharmacist) {
    return SignedResult(text, prescription_, TestPki::Now(), signer);
  }

  ResultVerdict JudgeIt(const std::string& document, const Submitter& submitter = Pharmacy()) {
    return JudgeResult(document, registered_, registered_.results_size() + 1, submitter,
                       TheJudges());
  }

  std::string prescription_;
  v1::Prescription registered_;
};

TEST_F(ResultTest, AGoodResultBecomesAnEvent) {
  const auto verdict = JudgeIt(Result(ResultText(Day())));
  ASSERT_TRUE(verdict.status().ok()) << Rules(verdict);
  EXPECT_EQ(verdict.event.dispensed_on(), national::FormatDay(Day()));
  EXPECT_EQ(verdict.event.drugs_size(), 1);
  EXPECT_EQ(verdict.event.result_id().size(), 36u);
  const auto stored = xades::Verify(verdict.event.document(), xades::DocumentKind::kDispensing);
  ASSERT_TRUE(stored.valid());
  EXPECT_EQ(stored.signature.level, xades::Level::kEsT);
  EXPECT_EQ(stored.prescription->level, xades::Level::kEsT);
}

// RX-065, RX-032, RX-033, RX-034, RX-035
TEST_F(ResultTest, EachRuleOfTheRecordFile) {
  const std::string text = ResultText(Day());
  struct Case {
    const char* name;
    std::string text;
    const char* rules;
  };
  const Case cases[] = {
      {"its id", Change(text, "\n11,,", "\n7," + registered_.id() + "\n11,,"), ""},
      {"another id", Change(text, "\n11,,", "\n7,12ab34cd-0000-8000-8000-000000000001\n11,,"),
       "RX-033@7"},
      {"another pharmacy", Change(text, "1,4,7654321,13", "1,4,7654322,13"), "RX-032@1"},
      {"another branch", Change(text, "２３４,1,00", "２３４,1,01"), "RX-034W@23"},
      {"before the issue day", ResultText(Day() - 1), "RX-035@51"},
      {"tomorrow", ResultText(Day() + 1), "RX-035@51"},
      {"a refill", text + "521,1,2," + national::FormatDay(Day() + 14) + "\n", "RX-065@521"},
  };
  for (const Case& test : cases) {
    const auto verdict = JudgeIt(Result(test.text));
    EXPECT_EQ(Rules(verdict), absl::StrCat(" / ", test.rules, " / ")) << test.name;
  }
}

TEST_F(ResultTest, RX026APharmacistSignsAResult) {
  EXPECT_EQ(Rules(JudgeIt(Result(ResultText(Day()), kDoctor)).findings.signature),
            absl::StrCat("RX-026", kKeyField, " RX-051W@15"));
  Submitter doctor = Pharmacy();
  doctor.licences = {hpki::Role::kMedicalDoctor};
  EXPECT_EQ(Rules(JudgeIt(Result(ResultText(Day())), doctor).findings.signature),
            absl::StrCat("RX-027", kKeyField));
}

TEST_F(ResultTest, RX031TheEmbeddedPrescriptionIsTheRegisteredOne) {
  const std::string text = ResultText(Day());
  const std::string other_content = Signed(PrescriptionText(Day() - 1));
  const std::string other_signer = Signed(PrescriptionText(Day()), "hospital-1-doctor");
  const std::string signed_anew =
      SignedPrescription(PrescriptionText(Day()), TestPki::Now() - absl::Seconds(1));
  for (const std::string& embedded : {other_content, other_signer, signed_anew, std::string()}) {
    const std::string document = SignedResult(text, embedded, TestPki::Now());
    EXPECT_EQ(Rules(JudgeIt(document)), " /  / RX-031@ReferencePrescription");
  }
  const auto unsigned_one =
      JudgeIt(SignedResult(text, UnsignedPrescription(PrescriptionText(Day())), TestPki::Now()));
  EXPECT_NE(Rules(unsigned_one).find("RX-031"), std::string::npos);
}

// RX-031: states of before the fingerprint was kept in them.
TEST_F(ResultTest, TheFingerprintOfTheRegisteredDocumentIsThatOfItsRegistration) {
  EXPECT_EQ(FingerprintOf(registered_, prescription_), registered_.fingerprint());
  const std::string cut = Change(prescription_, "</ds:SignatureValue>", "AA</ds:SignatureValue>");
  EXPECT_NE(FingerprintOf(registered_, cut), registered_.fingerprint());
}

// RX-051
TEST_F(ResultTest, AnotherPharmacistThanTheSignerIsAWarning) {
  const std::string text = Change(ResultText(Day()), "15,試験 花子", "15,薬剤 次郎");
  const auto verdict = JudgeIt(Result(text));
  EXPECT_TRUE(verdict.status().ok());
  EXPECT_EQ(Rules(verdict), " /  / RX-051W@15");
}

TEST_F(ResultTest, AResultSignedByNobodyOrTamperedWithIsRefused) {
  const auto nobody = JudgeIt(UnsignedResult(ResultText(Day()), prescription_));
  EXPECT_FALSE(nobody.status().ok());
  EXPECT_FALSE(nobody.findings.signature.empty());
  const std::string good = Result(ResultText(Day()));
  const std::string mixed =
      UnsignedResult(ResultText(Day() - 1), prescription_).substr(0, good.find("<DispensingSign")) +
      good.substr(good.find("<DispensingSign"));
  EXPECT_NE(Rules(JudgeIt(mixed).findings.signature).find("SIG-014"), std::string::npos);
}

TEST_F(ResultTest, RX030APapersResultNeedsNoSignatureAndGetsNoStamp) {
  registered_.set_issue_type(v1::ISSUE_TYPE_PAPER);
  const std::string document = UnsignedResult(ResultText(Day()), "");
  const auto verdict = JudgeIt(document);
  ASSERT_TRUE(verdict.status().ok()) << Rules(verdict);
  EXPECT_EQ(verdict.event.document(), document);
}

TEST_F(ResultTest, RubbishIsRefused) {
  for (const std::string& document :
       {std::string(), std::string("x"), prescription_, std::string(20'000, '<')}) {
    const auto verdict = JudgeIt(document);
    EXPECT_EQ(ReasonOf(verdict.status()), "DOCUMENT_REFUSED");
    EXPECT_FALSE(verdict.findings.envelope.empty());
  }
}

}  // namespace
}  // namespace tsunagu::prescription
