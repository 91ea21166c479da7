#include "tools/cli/draft.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/status/error.h"
#include "services/prescription/record/check.h"
#include "tools/cli/error_text.h"

namespace tsunagu::cli {
namespace {

constexpr char kSj1[] =
    "SJ1\n1,1,1234567,13,つなぐ診療所\n4,1,,内科\n5,,ﾂﾅｸﾞ ｲﾁﾛｳ,繋　一郎\n"
    "11,,試験 花子,ｼｹﾝ ﾊﾅｺ\n12,2\n13,19600606\n21,1\n22,01130012\n23,１,２３４,1,00\n"
    "51,20260510\n101,1,1,,14\n111,1,3,1013044400000000,１日３回朝昼夕食後,3\n"
    "201,1,1,1,2,612170709,ノルバスク錠２．５ｍｇ,3,1,錠\n";

DraftOptions Options() {
  DraftOptions options;
  options.pharmacy_code = "1341234563";
  options.pharmacy_name = "合成調剤薬局";
  options.pharmacist_name = "薬剤　花子";
  options.day = absl::CivilDay(2026, 5, 11);
  return options;
}

std::string Document(const std::string& record) {
  return xades::BuildPrescription(record, "12ab34cd-0000-8000-8000-000000000001").value();
}

prescription::record::Dispensing Draft(const std::string& record) {
  const auto draft = DraftDispensing(Document(record), Options());
  EXPECT_TRUE(draft.ok()) << ErrorText(draft.status());
  if (!draft.ok()) return {};
  const auto document = xades::ReadDocument(*draft);
  EXPECT_EQ(document->reference_payload, record);
  const auto checked = prescription::record::CheckDispensing(document->payload, nullptr);
  return checked.dispensing.value_or(prescription::record::Dispensing());
}

TEST(DraftDispensing, DispensesAsPrescribed) {
  const auto dispensing = Draft(kSj1);
  EXPECT_EQ(dispensing.pharmacy.FullCode(), "1341234563");
  EXPECT_EQ(dispensing.pharmacist.name, "薬剤　花子");
  EXPECT_EQ(dispensing.dispensed_day, absl::CivilDay(2026, 5, 11));
  EXPECT_EQ(dispensing.prescription_id, "12ab34cd-0000-8000-8000-000000000001");
  EXPECT_EQ(dispensing.insurance.identity.insurer, "01130012");
  ASSERT_EQ(dispensing.rps.size(), 1u);
  EXPECT_EQ(dispensing.rps[0].drugs[0].code, "612170709");
  EXPECT_FALSE(dispensing.refill.has_value());
}

// RX-502
TEST(DraftDispensing, TheDrugsOfWhatIsDispensedTogetherFollow) {
  DraftOptions options = Options();
  options.with = {{"b.xml", Document(kSj1)}, {"c.xml", Document(kSj1)}};
  const auto draft = DraftDispensing(Document(kSj1), options);
  ASSERT_TRUE(draft.ok()) << ErrorText(draft.status());
  const auto document = xades::ReadDocument(*draft);
  EXPECT_EQ(document->reference_payload, kSj1);
  const auto checked = prescription::record::CheckDispensing(document->payload, nullptr);
  ASSERT_EQ(checked.dispensing->rps.size(), 3u);
  EXPECT_EQ(checked.dispensing->rps[2].number, 3);
}

TEST(DraftDispensing, TheFirstUseOfARefillNamesTheNextDay) {
  std::string refill = kSj1;
  refill.replace(refill.find("101,1"), 0, "64,3\n");
  const auto dispensing = Draft(refill);
  ASSERT_TRUE(dispensing.refill.has_value());
  EXPECT_EQ(dispensing.refill->count, 1);
  EXPECT_FALSE(dispensing.refill->Finished());
  EXPECT_EQ(dispensing.refill->next_day, absl::CivilDay(2026, 5, 25));
}

// A refill whose only drug is an ointment.
std::string Ointment() {
  std::string record = kSj1;
  record.replace(record.find("101,1"), std::string::npos,
                 "64,3\n101,1,3,,1\n111,1,3,2B73000000000000,１日２回塗布,\n"
                 "201,1,1,1,2,620000000,合成軟膏,10,1,ｇ\n");
  return record;
}

// CL-049: its "1" is no day.
TEST(DraftDispensing, WithoutAnOralDrugTheNextDayHasToBeSaid) {
  DraftOptions options = Options();
  const auto refused = DraftDispensing(Document(Ointment()), options);
  EXPECT_EQ(RuleOf(refused.status()), "CL-049") << ErrorText(refused.status());
  EXPECT_TRUE(absl::StrContains(ErrorText(refused.status()), "--next"));
  options.next = absl::CivilDay(2026, 6, 1);
  auto draft = DraftDispensing(Document(Ointment()), options);
  ASSERT_TRUE(draft.ok()) << ErrorText(draft.status());
  EXPECT_TRUE(absl::StrContains(xades::ReadDocument(*draft)->payload, "521,1,2,20260601"));
  options.next.reset();
  options.last = true;
  draft = DraftDispensing(Document(Ointment()), options);
  ASSERT_TRUE(draft.ok()) << ErrorText(draft.status());
  EXPECT_TRUE(absl::StrContains(xades::ReadDocument(*draft)->payload, "521,1,1"));
}

// CL-049
TEST(DraftDispensing, TheNextDayMayBeAnotherThanThatOfTheDrugs) {
  std::string refill = kSj1;
  refill.replace(refill.find("101,1"), 0, "64,3\n");
  DraftOptions options = Options();
  options.next = absl::CivilDay(2026, 5, 20);
  const auto draft = DraftDispensing(Document(refill), options);
  ASSERT_TRUE(draft.ok()) << ErrorText(draft.status());
  EXPECT_TRUE(absl::StrContains(xades::ReadDocument(*draft)->payload, "521,1,2,20260520"));
  options.next = options.day;
  EXPECT_EQ(RuleOf(DraftDispensing(Document(refill), options).status()), "CL-049");
  options.next = absl::CivilDay(2026, 5, 20);
  options.refill_use = 3;
  EXPECT_EQ(RuleOf(DraftDispensing(Document(refill), options).status()), "CL-049");
  EXPECT_EQ(RuleOf(DraftDispensing(Document(kSj1), options).status()), "CL-001");
  DraftOptions last = Options();
  last.last = true;
  EXPECT_EQ(RuleOf(DraftDispensing(Document(kSj1), last).status()), "CL-001");
}

// CL-050
TEST(DraftDispensing, TwoPatientsGetNoResultTogether) {
  const std::string record = kSj1;
  for (const auto& [part, other] :
       {std::pair<std::string, std::string>{"１,２３４,1", "１,２３５,1"},
        {"13,19600606", "13,19600607"}}) {
    std::string another = record;
    another.replace(another.find(part), part.size(), other);
    DraftOptions options = Options();
    options.with = {{"b.xml", Document(kSj1)}, {"c.xml", Document(another)}};
    const auto refused = DraftDispensing(Document(kSj1), options);
    EXPECT_EQ(RuleOf(refused.status()), "CL-050") << other;
    EXPECT_TRUE(absl::StrContains(ErrorText(refused.status()), "c.xml"));
    EXPECT_FALSE(absl::StrContains(ErrorText(refused.status()), "b.xml"));
  }
  // The same identity in another spelling.
  std::string wide = record;
  wide.replace(wide.find("１,２３４,1"), std::string("１,２３４,1").size(), "1,234,1");
  DraftOptions options = Options();
  options.with = {{"b.xml", Document(wide)}};
  EXPECT_TRUE(DraftDispensing(Document(kSj1), options).ok());
}

// CL-051
TEST(EmbedRecord, WhatWasReallyDispensedStandsInTheResultAsItIs) {
  const auto draft = DraftDispensing(Document(kSj1), Options());
  std::string record = xades::ReadDocument(*draft)->payload;
  const std::string name = "ノルバスク錠２．５ｍｇ";
  record.replace(record.find(name), name.size(), "アムロジピン錠２．５ｍｇ");
  const auto result = EmbedRecord(Document(kSj1), {"a.cj1", record});
  ASSERT_TRUE(result.ok()) << ErrorText(result.status());
  EXPECT_EQ(xades::ReadDocument(*result)->payload, record);
  EXPECT_EQ(xades::ReadDocument(*result)->reference_payload, kSj1);

  std::string another = kSj1;
  another.replace(another.find("13,19600606"), 11, "13,19600607");
  EXPECT_EQ(RuleOf(EmbedRecord(Document(another), {"a.cj1", record}).status()), "CL-050");
  const auto elsewhere = xades::BuildPrescription(kSj1, "12ab34cd-0000-8000-8000-000000000002");
  EXPECT_EQ(RuleOf(EmbedRecord(*elsewhere, {"a.cj1", record}).status()), "CL-051");
  const auto broken = EmbedRecord(Document(kSj1), {"a.cj1", "CJ1\n101,1,1,,14\n"});
  EXPECT_TRUE(absl::StrContains(ErrorText(broken.status()), "a.cj1 breaks rules"));
}

// RX-067
TEST(EmbedRecord, AnEarlierPartGoesWithoutThePrescription) {
  std::string divided = kSj1;
  divided.insert(divided.find("101,1"), "63,2,1\n");
  divided.insert(divided.find("111,1"), "102,1,7,14\n");
  for (const int part : {1, 2}) {
    DraftOptions options = Options();
    options.part = part;
    const auto draft = DraftDispensing(Document(divided), options);
    ASSERT_TRUE(draft.ok()) << ErrorText(draft.status());
    const auto result =
        EmbedRecord(Document(divided), {"a.cj1", xades::ReadDocument(*draft)->payload});
    ASSERT_TRUE(result.ok()) << ErrorText(result.status());
    EXPECT_EQ(*result, *draft);
  }
}

TEST(DraftDispensing, TheLastUseOfARefillFinishesIt) {
  std::string refill = kSj1;
  refill.replace(refill.find("101,1"), 0, "64,3\n");
  DraftOptions options = Options();
  options.refill_use = 3;
  const auto draft = DraftDispensing(Document(refill), options);
  ASSERT_TRUE(draft.ok()) << ErrorText(draft.status());
  EXPECT_TRUE(absl::StrContains(xades::ReadDocument(*draft)->payload, "521,3,1"));
}

// CL-001
TEST(DraftDispensing, RefusesTheUseOfARefillThatIsNone) {
  DraftOptions options = Options();
  options.refill_use = 1;
  EXPECT_EQ(RuleOf(DraftDispensing(Document(kSj1), options).status()), "CL-001");
}

// Three parts of 14 days, of which the first has 5.
std::string Divided() {
  std::string record = kSj1;
  record.insert(record.find("101,1"), "63,3,1\n");
  record.insert(record.find("111,1"), "102,1,5,14\n");
  return record;
}

// RX-067: an earlier part goes without the prescription, the last one with it.
TEST(DraftDispensing, EachPartOfADividedDispensingIsItsOwn) {
  const int days[] = {5, 5, 4};
  for (const int part : {1, 2, 3}) {
    DraftOptions options = Options();
    if (part > 1) options.part = part;
    const auto draft = DraftDispensing(Document(Divided()), options);
    ASSERT_TRUE(draft.ok()) << ErrorText(draft.status());
    const auto document = xades::ReadDocument(*draft);
    ASSERT_TRUE(document.ok());
    EXPECT_EQ(document->reference_payload.empty(), part < 3) << part;
    const auto checked = prescription::record::CheckDispensing(document->payload, nullptr);
    ASSERT_TRUE(checked.dispensing.has_value());
    EXPECT_EQ(checked.dispensing->split->index, part);
    EXPECT_EQ(checked.dispensing->rps[0].split_amount->part, days[part - 1]);
    EXPECT_EQ(checked.dispensing->rps[0].amount, 14);
  }
}

// CL-001
TEST(DraftDispensing, RefusesAPartThatThereIsNone) {
  for (const int part : {0, 1, 4}) {
    DraftOptions options = Options();
    options.part = part;
    const std::string record = part == 1 ? kSj1 : Divided();
    EXPECT_EQ(RuleOf(DraftDispensing(Document(record), options).status()), "CL-001") << part;
  }
}

TEST(DraftDispensing, HasTheAnswersToInquiriesAndTheMessages) {
  DraftOptions options = Options();
  options.inquiries = {"用量を確認、変更なし", "残薬 5 日分"};
  options.messages = {"飲みにくいとのこと"};
  const auto draft = DraftDispensing(Document(kSj1), options);
  ASSERT_TRUE(draft.ok()) << ErrorText(draft.status());
  const auto payload = xades::ReadDocument(*draft)->payload;
  const auto checked = prescription::record::CheckDispensing(payload, nullptr);
  ASSERT_TRUE(checked.dispensing.has_value());
  ASSERT_EQ(checked.dispensing->inquiries.size(), 2u);
  EXPECT_EQ(checked.dispensing->inquiries[1].seq, 2);
  ASSERT_EQ(checked.dispensing->messages.size(), 1u);
  EXPECT_EQ(checked.dispensing->messages[0].text, "飲みにくいとのこと");
}

TEST(DraftDispensing, RefusesAPrescriptionThatBreaksRules) {
  const auto draft = DraftDispensing(Document("SJ1\n101,1,1,,14\n"), Options());
  EXPECT_EQ(draft.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(absl::StrContains(ErrorText(draft.status()), "RX-110"));
}

TEST(DraftDispensing, RefusesWhatIsNoPrescription) {
  EXPECT_FALSE(DraftDispensing("<html/>", Options()).ok());
}

TEST(DraftDispensing, ThePharmacyMustBeAPharmacy) {
  for (const char* code : {"", "1311234567", "134123456", "13412345678"}) {
    DraftOptions options = Options();
    options.pharmacy_code = code;
    EXPECT_FALSE(DraftDispensing(Document(kSj1), options).ok()) << code;
  }
}

}  // namespace
}  // namespace tsunagu::cli
