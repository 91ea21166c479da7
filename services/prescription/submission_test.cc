#include "services/prescription/submission.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_documents.h"

namespace tsunagu::prescription {
namespace {

using hpki::TestPki;

const national::SubjectKey& Subjects() {
  static const auto* const key =
      new national::SubjectKey(*national::SubjectKey::Create(std::string(32, 'k')));
  return *key;
}

const Trust& TheTrust() {
  static const auto* const trust = TestTrust().release();
  return *trust;
}

Judges TheJudges() { return {TheTrust(), Subjects(), nullptr}; }
absl::CivilDay Day() { return national::JstDay(TestPki::Now()); }

Submitter Clinic() { return {kClinic, {hpki::Role::kMedicalDoctor}, "register-1", TestPki::Now()}; }
Submitter Pharmacy() {
  return {kPharmacy, {hpki::Role::kPharmacist}, "dispense-1", TestPki::Now()};
}

std::string Signed(const std::string& text, absl::string_view signer = kDoctor) {
  return SignedPrescription(text, TestPki::Now(), signer);
}

std::string Rules(const national::Findings& findings) {
  std::string rules;
  for (const auto& finding : findings) {
    absl::StrAppend(&rules, rules.empty() ? "" : " ", finding.rule,
                    finding.severity == national::Severity::kWarning ? "W" : "",
                    finding.rule.starts_with("RX-0") && !finding.field.empty()
                        ? absl::StrCat("@", finding.field)
                        : "");
  }
  return rules;
}

// "envelope / record / signature".
std::string Rules(const Verdict& verdict) {
  const DocumentFindings& findings = verdict.findings;
  return absl::StrCat(Rules(findings.envelope), " / ", Rules(findings.record), " / ",
                      Rules(findings.signature));
}

RegistrationVerdict Judge(const std::string& document, const Submitter& submitter = Clinic(),
                          v1::IssueType issue_type = v1::ISSUE_TYPE_ELECTRONIC) {
  return JudgePrescription(document, issue_type, submitter, TheJudges());
}

constexpr char kKeyField[] = "@KeyInfo/X509Data/X509Certificate";

TEST(RegistrationTest, AGoodPrescriptionBecomesAnEvent) {
  const auto verdict = Judge(Signed(PrescriptionText(Day())));
  ASSERT_TRUE(verdict.status().ok()) << Rules(verdict);
  EXPECT_EQ(verdict.subject, Subjects().MakeSubject(Insured()));
  EXPECT_EQ(verdict.event.issued_on(), national::FormatDay(Day()));
  EXPECT_EQ(verdict.event.use_by(), national::FormatDay(Day() + 3));
  EXPECT_EQ(verdict.event.issue_type(), v1::ISSUE_TYPE_ELECTRONIC);
  ASSERT_EQ(verdict.event.drugs_size(), 3);
  EXPECT_EQ(verdict.event.drugs(0).code(), "612170709");
  EXPECT_EQ(national::RoutingHash(verdict.event.prescription_id()),
            national::RoutingHash(verdict.subject));
}

// RX-023: the id goes in, RX-024: the stamp goes on, and the signature holds.
TEST(RegistrationTest, TheStoredDocumentIsStampedCarriesItsIdAndStillVerifies) {
  const auto verdict = Judge(Signed(PrescriptionText(Day())));
  const auto stored = xades::Verify(verdict.event.document(), xades::DocumentKind::kPrescription);
  ASSERT_TRUE(stored.valid());
  EXPECT_EQ(stored.signature.level, xades::Level::kEsT);
  ASSERT_TRUE(stored.signature.time_stamp.has_value());
  EXPECT_TRUE(stored.signature.time_stamp->imprint_matches);
  EXPECT_EQ(stored.signature.content, PrescriptionText(Day()));
  EXPECT_EQ(xades::ReadDocument(verdict.event.document())->id, verdict.event.prescription_id());
}

TEST(RegistrationTest, TheSameCommandGivesTheSameId) {
  const std::string document = Signed(PrescriptionText(Day()));
  const std::string id = Judge(document).event.prescription_id();
  EXPECT_EQ(Judge(document).event.prescription_id(), id);
  Submitter other = Clinic();
  other.command_id = "register-2";
  EXPECT_NE(Judge(document, other).event.prescription_id(), id);
}

// RX-043
TEST(RegistrationTest, ADocumentHasOneFingerprintHoweverItIsSentAndWritten) {
  const std::string text = PrescriptionText(Day());
  const std::string document = Signed(text);
  const std::string fingerprint = Judge(document).event.fingerprint();
  EXPECT_EQ(national::RoutingHash(fingerprint),
            national::RoutingHash(Subjects().MakeSubject(Insured())));
  Submitter again = Clinic();
  again.command_id = "register-2";
  EXPECT_EQ(Judge(document, again).event.fingerprint(), fingerprint);
  const std::string rewrapped = Change(document, "</ds:SignatureValue>", "\n</ds:SignatureValue>");
  EXPECT_EQ(Judge(rewrapped).event.fingerprint(), fingerprint);
  EXPECT_EQ(Judge(document, again, v1::ISSUE_TYPE_PAPER).event.fingerprint(), fingerprint);

  Submitter other = Clinic();
  other.facility = kPharmacy;
  EXPECT_NE(Judge(document, other).event.fingerprint(), fingerprint);
  const std::string later = SignedPrescription(text, TestPki::Now() + absl::Seconds(1));
  EXPECT_NE(Judge(later).event.fingerprint(), fingerprint);
  const std::string more = Change(text, "101,1,1,,14", "101,1,1,,28");
  EXPECT_NE(Judge(Signed(more)).event.fingerprint(), fingerprint);
}

// RX-043
TEST(RegistrationTest, EqualPaperCopiesAreOneDocument) {
  const std::string text = PrescriptionText(Day());
  const auto judge = [](const std::string& record) {
    return Judge(UnsignedPrescription(record), Clinic(), v1::ISSUE_TYPE_PAPER);
  };
  const std::string fingerprint = judge(text).event.fingerprint();
  EXPECT_EQ(judge(text).event.fingerprint(), fingerprint);
  const std::string noted = Change(text, "\n101,1,1,,14", "\n81,1,,再交付\n101,1,1,,14");
  EXPECT_TRUE(judge(noted).status().ok()) << Rules(judge(noted));
  EXPECT_NE(judge(noted).event.fingerprint(), fingerprint);
  EXPECT_NE(Judge(Signed(text)).event.fingerprint(), fingerprint);
}

// RX-014, RX-015, RX-020, RX-021, RX-022
TEST(RegistrationTest, EachRuleOfTheRecordFile) {
  const std::string text = PrescriptionText(Day());
  const std::string branch = "23,１,２３４,1,00";
  struct Case {
    const char* name;
    std::string text;
    const char* rules;
  };
  const Case cases[] = {
      {"good on its last day", PrescriptionText(Day() - 3), ""},
      {"a day too late", PrescriptionText(Day() - 4), "RX-014@51"},
      {"past the stated day",
       Change(PrescriptionText(Day() - 2), "\n101,1,1,,14",
              "\n52," + national::FormatDay(Day() - 1) + "\n101,1,1,,14"),
       "RX-014@52"},
      {"issued tomorrow", PrescriptionText(Day() + 1), "RX-014@51"},
      {"without a branch", Change(text, branch, "23,１,２３４,1"), "RX-015@23.branch"},
      {"another issuer", Change(text, "1,1,1234567,13", "1,1,1234568,13"), "RX-020@1"},
      {"another prefecture", Change(text, "1,1,1234567,13", "1,1,1234567,27"), "RX-020@1"},
      {"refill", Change(text, "\n101,1,1,,14", "\n64,3\n101,1,1,,14"), "RX-021@64"},
  };
  for (const Case& test : cases) {
    const auto verdict = Judge(Signed(test.text));
    EXPECT_EQ(Rules(verdict.findings.record), test.rules) << test.name;
    EXPECT_EQ(verdict.status().ok(), std::string(test.rules).empty()) << test.name;
  }
}

TEST(RegistrationTest, RX022DividedDispensingIsRefused) {
  std::string text = Change(PrescriptionText(Day()), "\n101,1,1,,14", "\n63,2,1\n101,1,1,,14");
  text = Change(text, "\n111,1,3", "\n102,1,7,14\n111,1,3");
  text = Change(text, "\n111,2,3", "\n102,2,4,7\n111,2,3");
  const auto verdict = Judge(Signed(text));
  EXPECT_NE(Rules(verdict.findings.record).find("RX-022"), std::string::npos) << Rules(verdict);
}

// RX-025, RX-026, RX-027
TEST(RegistrationTest, WhoMaySign) {
  const std::string text = PrescriptionText(Day());
  Submitter dentist = Clinic();
  dentist.licences = {hpki::Role::kDentist};
  Submitter both = Clinic();
  both.licences.push_back(hpki::Role::kDentist);
  struct Case {
    const char* name;
    const char* signer;
    Submitter submitter;
    std::string rules;
  };
  const Case cases[] = {
      {"a doctor", kDoctor, Clinic(), ""},
      {"a dentist", "clinic-1-dentist", dentist, ""},
      {"a doctor and dentist", "clinic-1-dentist", both, ""},
      {"a dentist signs for a doctor", "clinic-1-dentist", Clinic(),
       absl::StrCat("RX-027", kKeyField)},
      {"a pharmacist", kPharmacist, Clinic(), absl::StrCat("RX-026", kKeyField)},
      {"a revoked one", "doctor-revoked-signer", Clinic(), absl::StrCat("RX-025", kKeyField)},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(Rules(Judge(Signed(text, test.signer), test.submitter).findings.signature),
              test.rules)
        << test.name;
  }
}

TEST(RegistrationTest, RX025WithoutValidListsNothingIsAccepted) {
  Submitter late = Clinic();
  late.now += absl::Hours(24 * 30);
  const auto day = national::JstDay(late.now);
  const auto verdict = Judge(SignedPrescription(PrescriptionText(day), late.now), late);
  EXPECT_FALSE(verdict.findings.HasErrors()) << Rules(verdict);
  EXPECT_EQ(ReasonOf(verdict.status()), "REVOCATION_UNKNOWN");
  EXPECT_EQ(verdict.event.document(), "");
}

TEST(RegistrationTest, ATamperedDocumentIsRefusedAndItsRecordIsCheckedAllTheSame) {
  const std::string good = Signed(PrescriptionText(Day()));
  const std::string other = Signed(PrescriptionText(Day() + 1));
  // The content of one under the signature of the other.
  const auto from = good.find("<PrescriptionSign");
  const auto cut = other.find("<PrescriptionSign");
  const std::string mixed = other.substr(0, cut) + good.substr(from);
  EXPECT_EQ(Rules(Judge(mixed)), " / RX-014@51 / SIG-014");
}

TEST(RegistrationTest, RX028AllThreeListsAtOnce) {
  const std::string text = Change(PrescriptionText(Day() + 1), "12,2\n", "12,2,9\n");
  const auto verdict = Judge(Signed(text, kPharmacist));
  EXPECT_FALSE(verdict.status().ok());
  EXPECT_EQ(verdict.findings.signature.size(), 1u) << Rules(verdict);
  EXPECT_FALSE(verdict.findings.record.empty());
}

TEST(RegistrationTest, RX023ADocumentWithoutManagementIsRefused) {
  const std::string document = Signed(PrescriptionText(Day()));
  const auto from = document.find("<PrescriptionManagement");
  const std::string end = "</PrescriptionManagement>";
  const auto to = document.find(end) + end.size();
  const std::string without = document.substr(0, from) + document.substr(to);
  EXPECT_EQ(Rules(Judge(without)), "RX-023@/Document/Prescription /  / ");
}

TEST(RegistrationTest, RX024AStampedDocumentIsRefused) {
  const auto first = Judge(Signed(PrescriptionText(Day())));
  EXPECT_EQ(Rules(Judge(first.event.document())), " /  / RX-024@UnsignedProperties");
}

TEST(RegistrationTest, RX030APaperCopyNeedsNoSignatureAndGetsNoStamp) {
  const std::string document = UnsignedPrescription(PrescriptionText(Day()));
  const auto verdict = Judge(document, Clinic(), v1::ISSUE_TYPE_PAPER);
  ASSERT_TRUE(verdict.status().ok()) << Rules(verdict);
  EXPECT_EQ(verdict.event.document().find("TimeStamp"), std::string::npos);
  EXPECT_EQ(Rules(Judge(document).findings.signature).substr(0, 3), "SIG");
}

TEST(RegistrationTest, RubbishHasFindingsInTheEnvelopeAndNoSubject) {
  const std::string good = Signed(PrescriptionText(Day()));
  const std::string rubbish[] = {"",
                                 "x",
                                 std::string(100, '\0'),
                                 "<Document/>",
                                 "<a/>",
                                 good.substr(0, good.size() / 2),
                                 good + good,
                                 std::string(5'000'000, 'x'),
                                 std::string(20'000, '<'),
                                 "<!DOCTYPE a><Document/>"};
  for (const std::string& document : rubbish) {
    for (const auto type : {v1::ISSUE_TYPE_ELECTRONIC, v1::ISSUE_TYPE_PAPER}) {
      const auto verdict = Judge(document, Clinic(), type);
      EXPECT_FALSE(verdict.findings.envelope.empty()) << document.substr(0, 40);
      EXPECT_EQ(ReasonOf(verdict.status()), "DOCUMENT_REFUSED");
      EXPECT_EQ(verdict.subject, "");
    }
  }
}

TEST(RegistrationTest, ADispensingResultIsNoPrescription) {
  const std::string result = UnsignedResult(ResultText(Day()), Signed(PrescriptionText(Day())));
  const auto verdict = Judge(result, Clinic(), v1::ISSUE_TYPE_PAPER);
  EXPECT_FALSE(verdict.findings.envelope.empty());
}

// Cutting or changing any byte never crashes and never lets the document through.
TEST(RegistrationTest, NoFlippedByteOfTheSignedPartPasses) {
  const std::string good = Signed(PrescriptionText(Day()));
  const size_t from = good.find("<PrescriptionDocument");
  for (size_t i = from; i < good.size(); i += 37) {
    std::string flipped = good;
    flipped[i] = flipped[i] == 'A' ? 'B' : 'A';
    const auto verdict = Judge(flipped);
    if (!verdict.status().ok()) continue;
    // What passes has changed nothing that is signed (white space, names of the closing tags).
    const auto stored = xades::Verify(verdict.event.document(), xades::DocumentKind::kPrescription);
    EXPECT_EQ(stored.signature.content, PrescriptionText(Day())) << i;
  }
}

class ResultTest : public ::testing::Test {
 protected:
  ResultTest() {
    const auto verdict = Judge(Signed(PrescriptionText(Day())));
    prescription_ = verdict.event.document();
    registered_.set_id(verdict.event.prescription_id());
    registered_.set_subject(verdict.subject);
    registered_.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
    registered_.set_issued_on(verdict.event.issued_on());
  }

  std::string Result(const std::string& text, absl::string_view signer = kPharmacist) {
    return SignedResult(text, prescription_, TestPki::Now(), signer);
  }

  ResultVerdict JudgeIt(const std::string& document, const Submitter& submitter = Pharmacy()) {
    return JudgeResult(document, registered_, prescription_, submitter, TheJudges());
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

// RX-021, RX-032, RX-033, RX-034, RX-035
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
      {"a refill", text + "521,1,2," + national::FormatDay(Day() + 14) + "\n", "RX-021@521"},
  };
  for (const Case& test : cases) {
    const auto verdict = JudgeIt(Result(test.text));
    EXPECT_EQ(Rules(verdict), absl::StrCat(" / ", test.rules, " / ")) << test.name;
  }
}

TEST_F(ResultTest, RX026APharmacistSignsAResult) {
  EXPECT_EQ(Rules(JudgeIt(Result(ResultText(Day()), kDoctor)).findings.signature),
            absl::StrCat("RX-026", kKeyField));
  Submitter doctor = Pharmacy();
  doctor.licences = {hpki::Role::kMedicalDoctor};
  EXPECT_EQ(Rules(JudgeIt(Result(ResultText(Day())), doctor).findings.signature),
            absl::StrCat("RX-027", kKeyField));
}

TEST_F(ResultTest, RX031TheEmbeddedPrescriptionIsTheRegisteredOne) {
  const std::string text = ResultText(Day());
  const std::string other_content = Signed(PrescriptionText(Day() - 1));
  const std::string other_signer = Signed(PrescriptionText(Day()), "hospital-1-doctor");
  for (const std::string& embedded : {other_content, other_signer, std::string()}) {
    const std::string document = SignedResult(text, embedded, TestPki::Now());
    EXPECT_EQ(Rules(JudgeIt(document)), " /  / RX-031@ReferencePrescription");
  }
  const auto unsigned_one =
      JudgeIt(SignedResult(text, UnsignedPrescription(PrescriptionText(Day())), TestPki::Now()));
  EXPECT_NE(Rules(unsigned_one).find("RX-031"), std::string::npos);
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
