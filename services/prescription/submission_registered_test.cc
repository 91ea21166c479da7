// What a good prescription document becomes.
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

TEST(RegistrationTest, AGoodPrescriptionBecomesAnEvent) {
  const auto verdict = Judge(Signed(PrescriptionText(Day())));
  ASSERT_TRUE(verdict.status().ok()) << Rules(verdict);
  EXPECT_EQ(verdict.subject, Subjects().MakeSubject(Insured()));
  EXPECT_EQ(verdict.event.issued_on(), national::FormatDay(Day()));
  EXPECT_EQ(verdict.event.use_by(), national::FormatDay(Day() + 3));
  EXPECT_EQ(verdict.event.issue_type(), v1::ISSUE_TYPE_ELECTRONIC);
  EXPECT_EQ(Rules(verdict), " /  / ");
  ASSERT_EQ(verdict.event.drugs_size(), 3);
  EXPECT_EQ(verdict.event.drugs(0).code(), "612170709");
  EXPECT_EQ(national::RoutingHash(verdict.event.prescription_id()),
            national::RoutingHash(verdict.subject));
}

TEST(RegistrationTest, RX580ADrugWithoutANameIsNamedByTheMaster) {
  // Names everything the same.
  class OneName : public record::DrugCatalogue {
   public:
    bool Holds(record::DrugCodeKind kind) const override {
      return kind == record::DrugCodeKind::kReceipt;
    }
    std::optional<record::CatalogueDrug> Find(record::DrugCodeKind, absl::string_view,
                                              absl::CivilDay) const override {
      return record::CatalogueDrug{{"ノルバスク錠２．５ｍｇ"}, {}};
    }
    bool NamesAnother(absl::string_view, absl::string_view, absl::CivilDay) const override {
      return false;
    }
  };
  const OneName catalogue;
  Judges judges = TheJudges();
  const std::string text = Change(Change(PrescriptionText(Day()), "ノルバスク錠２．５ｍｇ", ""),
                                  "アダラートＣＲ錠２０ｍｇ", "");
  const auto judge = [&](const record::DrugCatalogue* drugs) {
    judges.catalogue = drugs;
    return JudgePrescription(Signed(text), v1::ISSUE_TYPE_ELECTRONIC, Clinic(), judges);
  };
  const auto named = judge(&catalogue);
  ASSERT_TRUE(named.status().ok()) << Rules(named);
  EXPECT_EQ(named.event.drugs(0).name(), "ノルバスク錠２．５ｍｇ");
  EXPECT_EQ(named.event.drugs(0).code(), "612170709");
  EXPECT_EQ(judge(nullptr).event.drugs(0).name(), "");
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

TEST(RegistrationTest, RX030APaperCopyNeedsNoSignatureAndGetsNoStamp) {
  const std::string document = UnsignedPrescription(PrescriptionText(Day()));
  const auto verdict = Judge(document, Clinic(), v1::ISSUE_TYPE_PAPER);
  ASSERT_TRUE(verdict.status().ok()) << Rules(verdict);
  EXPECT_EQ(verdict.event.document().find("TimeStamp"), std::string::npos);
  EXPECT_EQ(Rules(Judge(document).findings.signature).substr(0, 3), "SIG");
}

// RX-051, RX-055
TEST(RegistrationTest, TheSignerStandsBesideTheDoctor) {
  const auto same = Judge(Signed(PrescriptionText(Day()))).event.signer();
  EXPECT_EQ(same.stated_name(), "試験　太郎");
  EXPECT_EQ(same.certificate_name(), "試験　太郎");
  EXPECT_FALSE(same.names_differ());
  const std::string text = Change(PrescriptionText(Day()), "試験　太郎", "繋 一郎");
  const auto verdict = Judge(Signed(text));
  EXPECT_TRUE(verdict.status().ok());
  EXPECT_EQ(Rules(verdict), " /  / RX-051W@5");
  EXPECT_EQ(verdict.event.signer().stated_name(), "繋 一郎");
  EXPECT_EQ(verdict.event.signer().certificate_name(), "試験　太郎");
  EXPECT_TRUE(verdict.event.signer().names_differ());
  const std::string spelled = Change(PrescriptionText(Day()), "試験　太郎", "試験 太郎");
  EXPECT_EQ(Rules(Judge(Signed(spelled))), " /  / ");
}

// RX-055
TEST(RegistrationTest, NobodySignsAPaperCopy) {
  const std::string text = Change(PrescriptionText(Day()), "試験　太郎", "繋 一郎");
  const auto verdict = Judge(UnsignedPrescription(text), Clinic(), v1::ISSUE_TYPE_PAPER);
  EXPECT_EQ(Rules(verdict), " /  / ");
  EXPECT_EQ(verdict.event.signer().stated_name(), "繋 一郎");
  EXPECT_EQ(verdict.event.signer().certificate_name(), "");
}

}  // namespace
}  // namespace tsunagu::prescription
