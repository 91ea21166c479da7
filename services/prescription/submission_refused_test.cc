// What refuses a prescription document.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_documents.h"
#include "services/prescription/test_submission.h"
#include "services/prescription/trust.h"

namespace tsunagu::prescription {
namespace {

using hpki::TestPki;

// RX-014, RX-015, RX-020
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
  };
  for (const Case& test : cases) {
    const auto verdict = Judge(Signed(test.text));
    EXPECT_EQ(Rules(verdict.findings.record), test.rules) << test.name;
    EXPECT_EQ(verdict.status().ok(), std::string(test.rules).empty()) << test.name;
  }
}

TEST(RegistrationTest, RX579ADocumentHasNoNumberButItsOwn) {
  const std::string text =
      Change(PrescriptionText(Day()), "\n101,1,1,,14", "\n82,1,123456\n101,1,1,,14");
  EXPECT_EQ(Rules(Judge(Signed(text)).findings.record), "RX-579");
  EXPECT_FALSE(Judge(Signed(text)).status().ok());
  Submitter change = Clinic();
  change.prescription_id = Judge(Signed(PrescriptionText(Day()))).event.prescription_id();
  change.access_code = "123456";
  EXPECT_TRUE(Judge(Signed(text), change).status().ok());
  change.access_code = "654321";
  EXPECT_EQ(Rules(Judge(Signed(text), change).findings.record), "RX-579");
}

// RX-067
TEST(RegistrationTest, ADividedPrescriptionIsRegisteredAsItsFirstPart) {
  std::string text = Change(PrescriptionText(Day()), "\n101,1,1,,14", "\n63,2,1\n101,1,1,,14");
  text = Change(text, "\n111,1,3", "\n102,1,7,14\n111,1,3");
  text = Change(text, "\n111,2,3", "\n102,2,4,7\n111,2,3");
  const auto verdict = Judge(Signed(text));
  EXPECT_TRUE(verdict.status().ok()) << Rules(verdict);
  EXPECT_EQ(verdict.event.course().kind(), v1::Course::KIND_SPLIT);
  EXPECT_EQ(verdict.event.course().total(), 2);
  EXPECT_EQ(Rules(Judge(Signed(Change(text, "63,2,1", "63,2,2"))).findings.record),
            "RX-067@63.part");
}

TEST(RegistrationTest, RX199OfADentalInstitutionADentistSigns) {
  const std::string text = Change(PrescriptionText(Day()), "\n1,1,1234567,13", "\n1,3,1234567,13");
  Submitter dental = Clinic();
  dental.facility = "1331234567";
  dental.licences.push_back(hpki::Role::kDentist);
  const auto by_doctor = Judge(Signed(text), dental);
  EXPECT_EQ(Rules(by_doctor.findings.signature), "RX-199W");
  EXPECT_TRUE(by_doctor.status().ok());
  EXPECT_EQ(Rules(Judge(Signed(text, "clinic-1-dentist"), dental).findings.signature), "RX-051W@5");
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
      {"a dentist", "clinic-1-dentist", dentist, "RX-051W@5"},
      {"a doctor and dentist", "clinic-1-dentist", both, "RX-051W@5"},
      {"a dentist signs for a doctor", "clinic-1-dentist", Clinic(),
       absl::StrCat("RX-027", kKeyField, " RX-051W@5")},
      {"a pharmacist", kPharmacist, Clinic(), absl::StrCat("RX-026", kKeyField, " RX-051W@5")},
      {"a revoked one", "doctor-revoked-signer", Clinic(),
       absl::StrCat("RX-025", kKeyField, " RX-051W@5")},
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

TEST(RegistrationTest, SIG073WithoutATimeStampNothingIsRegistered) {
  tsunagu::service::v1::TimeStamping stamping;
  stamping.set_url("http://127.0.0.1:1/tsa");  // nobody answers there
  stamping.set_root_file(TestTimeStamping().root_file());
  const auto trust = Trust::Open(TestSignatureTrust(), stamping);
  ASSERT_TRUE(trust.ok()) << trust.status();
  const auto verdict = JudgePrescription(Signed(PrescriptionText(Day())), v1::ISSUE_TYPE_ELECTRONIC,
                                         Clinic(), {**trust, Subjects(), nullptr});
  EXPECT_FALSE(verdict.findings.HasErrors()) << Rules(verdict);
  EXPECT_EQ(verdict.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(verdict.status()), "TIME_STAMP_UNAVAILABLE");
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
  EXPECT_EQ(Rules(verdict.findings.signature), absl::StrCat("RX-026", kKeyField, " RX-051W@5"));
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

}  // namespace
}  // namespace tsunagu::prescription
