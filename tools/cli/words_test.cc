#include "tools/cli/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tsunagu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Words, EveryCodeOfTheProtosHasAWord) {
  for (int i = 1; eligibility::v1::Validity_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<eligibility::v1::Validity>(i)), Not(HasSubstr("unknown")));
  }
  for (int i = 1; prescription::v1::Status_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<prescription::v1::Status>(i)), Not(HasSubstr("unknown")));
  }
  for (int i = 1; prescription::v1::IssueType_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<prescription::v1::IssueType>(i)), Not(HasSubstr("unknown")));
  }
  for (int i = 1; medication::v1::Source_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<medication::v1::Source>(i)), Not(HasSubstr("unknown")));
  }
  for (int i = 1; audit::v1::Outcome_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<audit::v1::Outcome>(i)), Not(HasSubstr("unknown")));
  }
}

TEST(Words, EveryScopeAndStateOfAFeedHasAWord) {
  for (int i = 1; access::v1::Scope_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<access::v1::Scope>(i)), Not(HasSubstr("unknown")));
  }
  for (int i = 1; emergency::v1::FeedState_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<emergency::v1::FeedState>(i)), Not(HasSubstr("unknown")));
  }
}

TEST(Words, WhoCallsFromWhereAndWhatForHasAWord) {
  for (const int role : {1, 2, 3, 6, 7, 15, 16, 17, 18}) {
    ASSERT_TRUE(access::v1::Role_IsValid(role));
    EXPECT_THAT(Word(static_cast<access::v1::Role>(role)), Not(HasSubstr("unknown")));
  }
  EXPECT_EQ(access::v1::Role_descriptor()->value_count(), 1 + 9);
  for (int i = 1; access::v1::FacilityKind_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<access::v1::FacilityKind>(i)), Not(HasSubstr("unknown")));
  }
  for (int i = 1; access::v1::Purpose_IsValid(i); ++i) {
    EXPECT_THAT(Word(static_cast<access::v1::Purpose>(i)), Not(HasSubstr("unknown")));
  }
}

TEST(Words, ACodeOfALaterVersionIsUnknown) {
  EXPECT_THAT(Word(static_cast<prescription::v1::Status>(99)), HasSubstr("unknown"));
}

TEST(Words, NotFoundIsNeverNotInsured) {
  EXPECT_THAT(Word(eligibility::v1::VALIDITY_NONE), HasSubstr("does not mean"));
}

TEST(Roles, AreJoined) {
  audit::v1::Record record;
  EXPECT_EQ(Roles(record.roles()), "");
  record.add_roles(access::v1::ROLE_MEDICAL_DOCTOR);
  record.add_roles(access::v1::ROLE_PHARMACIST);
  EXPECT_EQ(Roles(record.roles()), "医師 doctor, 薬剤師 pharmacist");
}

TEST(Day, IsWrittenForPeople) {
  EXPECT_EQ(Day("20261123"), "2026-11-23");
  EXPECT_EQ(Day(""), "");
  EXPECT_EQ(Day("202611"), "202611");
}

TEST(Month, IsWrittenForPeople) {
  EXPECT_EQ(Month("202611"), "2026-11");
  EXPECT_EQ(Month(""), "");
  EXPECT_EQ(Month("20261123"), "20261123");
}

TEST(Time, IsJapans) {
  google::protobuf::Timestamp time;
  EXPECT_EQ(Time(time), "");
  time.set_seconds(1'795'359'600);
  EXPECT_EQ(Time(time), "2026-11-23 00:00:00");
}

TEST(DispensingsTable, HasOneRowForEachDrug) {
  medication::v1::GetHistoryResponse history;
  auto* dispensing = history.add_dispensings();
  dispensing->set_dispensed_on("20261101");
  dispensing->set_facility("1341234563");
  dispensing->set_source(medication::v1::SOURCE_RECEIPT);
  auto* oral = dispensing->add_drugs();
  oral->set_name("アムロジピン");
  oral->set_amount("1");
  oral->set_unit("錠");
  oral->set_form(1);
  oral->set_quantity(28);
  auto* nameless = dispensing->add_drugs();
  nameless->set_code("620007813");
  nameless->set_form(2);
  nameless->set_quantity(5);
  const std::string table = DispensingsTable(history.dispensings());
  EXPECT_THAT(table, HasSubstr("アムロジピン"));
  EXPECT_THAT(table, HasSubstr("1錠"));
  EXPECT_THAT(table, HasSubstr("28 日分"));
  EXPECT_THAT(table, HasSubstr("620007813"));
  EXPECT_THAT(table, HasSubstr("5 回分"));
}

// MH-117
TEST(DispensingsTable, EachRowSaysItsStateDaysInstitutionsAndPrescription) {
  medication::v1::GetHistoryResponse history;
  auto* open = history.add_dispensings();
  open->set_source(medication::v1::SOURCE_PRESCRIPTION);
  open->set_prescribed_on("20261101");
  open->set_prescriber("1311234599");
  open->set_prescription_id("0001aaaa");
  open->add_drugs()->set_name("アムロジピン");
  EXPECT_THAT(DispensingsTable(history.dispensings()), HasSubstr("未調剤"));
  EXPECT_THAT(DispensingsTable(history.dispensings()), HasSubstr("2026-11-01"));
  EXPECT_THAT(DispensingsTable(history.dispensings()), HasSubstr("1311234599"));
  EXPECT_THAT(DispensingsTable(history.dispensings()), HasSubstr("0001aaaa"));
  open->set_source(medication::v1::SOURCE_RECEIPT);
  open->set_in_house(true);
  open->set_facility("1311234599");
  EXPECT_THAT(DispensingsTable(history.dispensings()), HasSubstr("院内 in house"));
}

TEST(FindingsTable, IsEmptyWithoutFindings) {
  medication::v1::SubmitReceiptsResponse response;
  EXPECT_EQ(FindingsTable(response.findings()), "");
  response.add_findings()->set_rule("MH-009");
  EXPECT_THAT(FindingsTable(response.findings()), HasSubstr("MH-009"));
}

TEST(QualificationPairs, ShowTheIdentity) {
  eligibility::v1::Qualification q;
  q.mutable_identity()->set_insurer("01130012");
  q.mutable_identity()->set_symbol("12345678");
  q.mutable_identity()->set_number("10");
  q.mutable_identity()->set_branch("00");
  q.set_copay_percent("30");
  const std::string text = FormatPairs(QualificationPairs(q));
  EXPECT_THAT(text, HasSubstr("01130012 / 12345678 / 10 / 00"));
  EXPECT_THAT(text, HasSubstr("30 %"));
}

TEST(WarningNotice, WarningsAreCountedAndToldOneByOne) {
  google::protobuf::RepeatedPtrField<common::v1::Finding> warnings;
  EXPECT_EQ(WarningNotice(warnings), "");
  for (const char* rule : {"RX-048", "RX-052"}) {
    auto& warning = *warnings.Add();
    warning.set_rule(rule);
    warning.set_field("23");
    warning.set_text_ja("お確かめ\x1b[2Jください。");
  }
  const std::string text = WarningNotice(warnings);
  EXPECT_THAT(text, HasSubstr("【警告】2 件"));
  EXPECT_THAT(text, HasSubstr("RX-048"));
  EXPECT_THAT(text, HasSubstr("RX-052"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace tsunagu::cli
