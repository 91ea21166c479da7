#include "services/medication/submission.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "absl/strings/str_cat.h"
#include "services/medication/fold.h"
#include "services/medication/uke/test_files.h"
#include "tsunagu/medication/v1/events.pb.h"

namespace tsunagu::medication {
namespace {

using tsunagu::medication::v1::Event;

constexpr char kKnownDrug[] = "620007818";
constexpr char kUnknownDrug[] = "699999999";

const national::SubjectKey& Subjects() {
  static const auto* const key =
      new national::SubjectKey(*national::SubjectKey::Create(std::string(32, 'k')));
  return *key;
}

drug_master::DrugMaster SmallMaster() {
  std::ifstream file("services/platform/drug_master/testdata/y_small.csv", std::ios::binary);
  drug_master::DrugMaster drugs;
  drugs.Load(std::string(std::istreambuf_iterator<char>(file), {}));
  return drugs;
}

std::string Branch() { return uke::Line("SN", {{2, "1"}, {3, "01"}, {7, "01"}}); }

// An oral drug of 医科, three days of supply on the 7th.
std::string Oral(const std::string& code) {
  return uke::Line("IY",
                   {{2, "21"}, {3, "1"}, {4, code}, {5, "2"}, {6, "10"}, {7, "3"}, {20, "3"}});
}

std::string External(const std::string& code) {
  return uke::Line("IY",
                   {{2, "23"}, {3, "1"}, {4, code}, {5, "7"}, {6, "10"}, {7, "1"}, {20, "1"}});
}

Event::ReceiptLinked LinkedOf(const ReceiptFact& fact) {
  Event event;
  event.ParseFromString(fact.event);
  return event.receipt();
}

std::vector<std::string> Rules(const Submission& submission) {
  std::vector<std::string> rules;
  for (const auto& finding : submission.findings) rules.push_back(finding.rule);
  return rules;
}

bool Has(const Submission& submission, const std::string& rule) {
  const auto rules = Rules(submission);
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

TEST(SubmissionTest, ACertainReceiptBecomesAFactOfThePersonsMonth) {
  const auto drugs = SmallMaster();
  const Submission submission =
      ReadSubmission(uke::MedicalFile({Branch(), Oral(kKnownDrug)}), Subjects(), &drugs);
  ASSERT_FALSE(national::HasErrors(submission.findings)) << submission.findings[0].text_en;
  ASSERT_EQ(submission.linked.size(), 1u);
  EXPECT_TRUE(submission.held.empty());
  const ReceiptFact& fact = submission.linked[0];
  EXPECT_EQ(fact.subject, Subjects().MakeSubject({"01130012", "123", "10", "01"}));
  EXPECT_EQ(fact.aggregate, MonthName(fact.subject, "202605"));
  const auto linked = LinkedOf(fact);
  EXPECT_EQ(linked.month(), "202605");
  ASSERT_EQ(linked.dispensings_size(), 1);
  const auto& dispensing = linked.dispensings(0);
  EXPECT_EQ(dispensing.source(), v1::SOURCE_RECEIPT);
  EXPECT_EQ(dispensing.dispensed_on(), "20260507");
  EXPECT_EQ(dispensing.facility(), "1319999913");
  EXPECT_TRUE(dispensing.in_house());
  EXPECT_FALSE(dispensing.inpatient());
}

// MH-063: odd types of receipts are of hospital stays.
TEST(SubmissionTest, MH063DrugsOfAHospitalStayAreToldApart) {
  const std::string visit = uke::MedicalFile({Branch(), Oral(kKnownDrug)});
  const size_t at = visit.find("RE,1,1112,");
  ASSERT_NE(at, std::string::npos);
  for (const auto& [type, inpatient] : std::map<std::string, bool>{
           {"1111", true}, {"1112", false}, {"1119", true}, {"1110", false}, {"1118", false}}) {
    std::string file = visit;
    file.replace(at, 10, "RE,1," + type + ",");
    const Submission submission = ReadSubmission(file, Subjects(), nullptr);
    ASSERT_EQ(submission.linked.size(), 1u) << type;
    EXPECT_EQ(LinkedOf(submission.linked[0]).dispensings(0).inpatient(), inpatient) << type;
  }
}

TEST(SubmissionTest, MH102DrugsAreNamedFromTheMasterAndUnknownOnesWarnedOf) {
  const auto drugs = SmallMaster();
  const Submission submission = ReadSubmission(
      uke::MedicalFile({Branch(), Oral(kKnownDrug), Oral(kUnknownDrug)}), Subjects(), &drugs);
  ASSERT_EQ(submission.linked.size(), 1u);
  const auto linked = LinkedOf(submission.linked[0]);
  ASSERT_EQ(linked.dispensings(0).drugs_size(), 2);
  const auto& known = linked.dispensings(0).drugs(0);
  EXPECT_EQ(known.code_kind(), 2);
  EXPECT_EQ(known.code(), kKnownDrug);
  EXPECT_FALSE(known.name().empty());
  EXPECT_FALSE(known.unit().empty());
  EXPECT_EQ(linked.dispensings(0).drugs(1).name(), "");
  EXPECT_TRUE(Has(submission, "MH-102"));
}

TEST(SubmissionTest, WithoutAMasterDrugsKeepTheirCodesAndNobodyIsWarned) {
  const Submission submission =
      ReadSubmission(uke::MedicalFile({Branch(), Oral(kUnknownDrug)}), Subjects(), nullptr);
  EXPECT_EQ(LinkedOf(submission.linked[0]).dispensings(0).drugs(0).code(), kUnknownDrug);
  EXPECT_FALSE(Has(submission, "MH-102"));
}

TEST(SubmissionTest, AmountsKeepTheirMeaning) {  // MH-108
  const Submission submission = ReadSubmission(
      uke::MedicalFile({Branch(), Oral(kKnownDrug), External(kKnownDrug)}), Subjects(), nullptr);
  const auto linked = LinkedOf(submission.linked[0]);
  ASSERT_EQ(linked.dispensings_size(), 1);
  const auto& oral = linked.dispensings(0).drugs(0);
  EXPECT_EQ(oral.form(), 1);
  EXPECT_EQ(oral.amount(), "2");
  EXPECT_EQ(oral.quantity(), 3);
  const auto& external = linked.dispensings(0).drugs(1);
  EXPECT_EQ(external.form(), 3);
  EXPECT_EQ(external.amount(), "7");
  EXPECT_EQ(external.quantity(), 1);
}

TEST(SubmissionTest, MH104AReceiptWithoutItsBranchIsHeldNotGuessed) {
  const Submission submission =
      ReadSubmission(uke::MedicalFile({Oral(kKnownDrug)}), Subjects(), nullptr);
  EXPECT_TRUE(submission.linked.empty());
  ASSERT_EQ(submission.held.size(), 1u);
  Event event;
  event.ParseFromString(submission.held[0].event);
  EXPECT_EQ(event.held().reason(), "NO_BRANCH");
  EXPECT_EQ(submission.held[0].aggregate, HeldName(event.held().receipt_key()));
  EXPECT_EQ(submission.held[0].subject,
            Subjects().Pseudonym("receipt", event.held().receipt_key()));
}

TEST(SubmissionTest, AHeldReceiptCanBeReadAgainAsAFileOfItsOwn) {  // MH-104
  const Submission first =
      ReadSubmission(uke::MedicalFile({Oral(kKnownDrug)}), Subjects(), nullptr);
  Event event;
  event.ParseFromString(first.held[0].event);
  const Submission again = ReadSubmission(event.held().receipt(), Subjects(), nullptr);
  ASSERT_EQ(again.held.size(), 1u);
  EXPECT_EQ(again.held[0].event, first.held[0].event);
}

TEST(SubmissionTest, EveryReasonToHoldHasAName) {
  const std::string file = uke::MedicalFile({Branch(), Oral(kKnownDrug)});
  const std::string moved =
      uke::Line("SN", {{2, "1"}, {3, "04"}, {4, "01130012"}, {5, "1"}, {6, "2"}, {7, "01"}});
  const auto reason = [](const std::string& text) -> std::string {
    const Submission submission = ReadSubmission(text, Subjects(), nullptr);
    if (submission.held.size() != 1) return "not held";
    Event event;
    event.ParseFromString(submission.held[0].event);
    return event.held().reason();
  };
  EXPECT_EQ(reason(uke::WithField(file, 3, 4, "77777777")), "UNKNOWN_INSURANCE");
  EXPECT_EQ(reason(uke::WithField(file, 3, 2, "x")), "UNREADABLE");
  EXPECT_EQ(reason(uke::WithoutLine(file, 3)), "NO_INSURER");
  EXPECT_EQ(reason(uke::MedicalFile({moved, Oral(kKnownDrug)})), "MOVED");
}

TEST(SubmissionTest, MH103TwoReceiptsOfOneNumberAreAnError) {
  std::string file = uke::MedicalFile({Branch(), Oral(kKnownDrug)});
  std::vector<std::string> lines = uke::Lines(file);
  const std::vector<std::string> receipt(lines.begin() + 1, lines.end() - 1);
  lines.insert(lines.end() - 1, receipt.begin(), receipt.end());
  const Submission submission = ReadSubmission(uke::File(lines), Subjects(), nullptr);
  EXPECT_TRUE(Has(submission, "MH-103"));
  EXPECT_TRUE(national::HasErrors(submission.findings));
}

TEST(SubmissionTest, ADrugThatCannotBeReadIsReportedByItsLine) {
  const std::string undated = uke::Line("IY", {{2, "21"}, {3, "1"}, {4, kKnownDrug}, {5, "2"}});
  const Submission submission =
      ReadSubmission(uke::MedicalFile({Branch(), undated}), Subjects(), nullptr);
  const auto& findings = submission.findings;
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [](const auto& finding) { return finding.rule == "MH-055"; });
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->record, 5);
}

TEST(SubmissionTest, ThePharmacySampleIsRead) {
  const Submission submission = ReadSubmission(uke::PharmacySample(), Subjects(), nullptr);
  EXPECT_EQ(submission.receipts(), 2);
  for (const ReceiptFact& fact : submission.linked) {
    const auto linked = LinkedOf(fact);
    for (const auto& dispensing : linked.dispensings()) {
      EXPECT_FALSE(dispensing.in_house());
      EXPECT_FALSE(dispensing.prescribed_on().empty());
      EXPECT_FALSE(dispensing.prescriber().empty());
      EXPECT_GT(dispensing.drugs_size(), 0);
    }
  }
}

// MH-202, MH-220, MH-222
TEST(SubmissionTest, MH222DrugsOfDpcAreShownAsOfAStayInHospital) {
  const Submission submission = ReadSubmission(uke::DpcSample(), Subjects(), nullptr);
  EXPECT_TRUE(submission.findings.empty());
  ASSERT_EQ(submission.linked.size(), 2u);
  std::vector<std::string> days;
  for (const ReceiptFact& fact : submission.linked) {
    const auto linked = LinkedOf(fact);
    EXPECT_EQ(linked.month(), "202605");
    for (const auto& dispensing : linked.dispensings()) {
      EXPECT_TRUE(dispensing.in_house());
      EXPECT_TRUE(dispensing.inpatient());
      EXPECT_EQ(dispensing.facility(), "1319999913");
      days.push_back(dispensing.dispensed_on());
    }
  }
  EXPECT_EQ(days, (std::vector<std::string>{"20260510", "20260511", "20260513", "20260514",
                                            "20260515", "20260501", "20260502", "20260508"}));
}

// MH-223
TEST(SubmissionTest, MH223DrugsOfADentistAreInTheHistory) {
  const Submission submission = ReadSubmission(uke::DentalSample(), Subjects(), nullptr);
  EXPECT_TRUE(submission.findings.empty());
  ASSERT_EQ(submission.linked.size(), 1u);
  ASSERT_EQ(submission.held.size(), 1u);  // public payers alone
  const auto linked = LinkedOf(submission.linked[0]);
  ASSERT_EQ(linked.dispensings_size(), 2);
  EXPECT_FALSE(linked.dispensings(0).inpatient());
  ASSERT_EQ(linked.dispensings(0).drugs_size(), 3);
  EXPECT_EQ(linked.dispensings(0).drugs(0).form(), 1);
  EXPECT_EQ(linked.dispensings(0).drugs(2).form(), 2);
}

// MH-104
TEST(SubmissionTest, HeldReceiptsOfAllKindsCanBeReadAgainAsFilesOfTheirOwn) {
  for (const std::string& sample : uke::Samples()) {
    // Without any branch nothing is certain.
    std::vector<std::string> lines = uke::Lines(sample);
    std::erase_if(lines, [](const std::string& line) { return line.starts_with("SN,"); });
    for (const ReceiptFact& fact : ReadSubmission(uke::File(lines), Subjects(), nullptr).held) {
      Event event;
      event.ParseFromString(fact.event);
      const Submission again = ReadSubmission(event.held().receipt(), Subjects(), nullptr);
      ASSERT_EQ(again.held.size(), 1u);
      EXPECT_EQ(again.held[0].event, fact.event);
    }
  }
}

TEST(SubmissionTest, TheSameFileGivesTheSameFacts) {
  for (const std::string& sample : uke::Samples()) {
    const Submission one = ReadSubmission(sample, Subjects(), nullptr);
    const Submission two = ReadSubmission(sample, Subjects(), nullptr);
    ASSERT_EQ(one.linked.size(), two.linked.size());
    for (size_t i = 0; i < one.linked.size(); ++i) {
      EXPECT_EQ(one.linked[i].aggregate, two.linked[i].aggregate);
      EXPECT_EQ(one.linked[i].event, two.linked[i].event);
    }
  }
}

TEST(SubmissionTest, GarbageGivesErrorsAndNoReceipts) {
  for (const std::string garbage : {"", "hello", "\x1A", "\xFF\xFE\x00", "GO,1,2,99"}) {
    EXPECT_EQ(ReadSubmission(garbage, Subjects(), nullptr).receipts(), 0);
  }
}

}  // namespace
}  // namespace tsunagu::medication
