#include "services/eligibility/check.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"

namespace tsunagu::eligibility {
namespace {

using google::protobuf::util::MessageDifferencer;
using tsunagu::eligibility::v1::CheckRequest;
using tsunagu::eligibility::v1::Household;
using tsunagu::eligibility::v1::Person;
using tsunagu::eligibility::v1::Qualification;
using tsunagu::eligibility::v1::Validity;

constexpr char kBirth[] = "19700415";
const absl::Time kNow = national::JstMidnight(absl::CivilDay(2026, 5, 12)) + absl::Hours(9);

Qualification Period(const std::string& from, const std::string& to = "") {
  Qualification q;
  q.set_birth_date(kBirth);
  q.set_valid_from(from);
  q.set_valid_to(to);
  return q;
}

// A person of these periods, oldest first.
Person PersonOf(const std::vector<Qualification>& periods,
                const std::vector<std::string>& superseded_by = {}) {
  Person person;
  for (size_t i = 0; i + 1 < periods.size(); ++i) *person.add_earlier() = periods[i];
  *person.mutable_qualification() = periods.back();
  for (const std::string& by : superseded_by) person.add_superseded_by(by);
  return person;
}

Question Ask(const std::string& day, const std::string& birth_date = kBirth) {
  return {{"01130012", "12", "34", "00"}, birth_date, day};
}

Validity Validity1(const Person& person, const std::string& day) {
  const Candidate candidate = {"s", person};
  return Decide(Ask(day), {&candidate, 1}).response.validity();
}

CheckRequest Request(const std::string& insurer = "01130012", const std::string& branch = "00") {
  CheckRequest request;
  request.mutable_identity()->set_insurer(insurer);
  request.mutable_identity()->set_symbol("12-34");
  request.mutable_identity()->set_number("10");
  request.mutable_identity()->set_branch(branch);
  request.set_birth_date(kBirth);
  return request;
}

struct Case {
  const char* what;
  Person person;
  const char* day;
  Validity validity;
};

// EL-013 EL-014 EL-015 EL-018
TEST(DecideTest, EveryClassAndTheDaysAtItsBounds) {
  const Person closed = PersonOf({Period("20240401", "20260331")});
  const Person open = PersonOf({Period("20240401")});
  const Person moved = PersonOf({Period("20240401", "20260331")}, {"newer"});
  const Person gap = PersonOf({Period("20200401", "20210331"), Period("20240401")});
  const Person cut = PersonOf({Period("20200401"), Period("20240401", "20240630")});
  const Case kCases[] = {
      {"the day before it starts", closed, "20240331", v1::VALIDITY_INVALID},
      {"its first day", closed, "20240401", v1::VALIDITY_VALID},
      {"its last day", closed, "20260331", v1::VALIDITY_VALID},
      {"the day after", closed, "20260401", v1::VALIDITY_INVALID},
      {"open before its start", open, "20240331", v1::VALIDITY_INVALID},
      {"open, much later", open, "20991231", v1::VALIDITY_VALID},
      {"superseded, still valid", moved, "20260331", v1::VALIDITY_VALID},
      {"superseded, ended", moved, "20260401", v1::VALIDITY_INVALID_NEWER_EXISTS},
      {"superseded, before its start", moved, "20240331", v1::VALIDITY_INVALID_NEWER_EXISTS},
      {"first period", gap, "20200401", v1::VALIDITY_VALID},
      {"last day of the first period", gap, "20210331", v1::VALIDITY_VALID},
      {"between the periods", gap, "20210401", v1::VALIDITY_INVALID},
      {"second period", gap, "20240401", v1::VALIDITY_VALID},
      {"before all periods", gap, "20200331", v1::VALIDITY_INVALID},
      {"a later period ends an open one", cut, "20240701", v1::VALIDITY_INVALID},
      {"the open one before that", cut, "20240331", v1::VALIDITY_VALID},
  };
  for (const Case& c : kCases) EXPECT_EQ(Validity1(c.person, c.day), c.validity) << c.what;
}

TEST(DecideTest, AnInvalidQualificationIsToldWithItsReason) {
  Qualification period = Period("20240401", "20260331");
  period.set_loss_reason("03");
  const Candidate candidate = {"s", PersonOf({period})};
  const Verdict verdict = Decide(Ask("20260401"), {&candidate, 1});
  EXPECT_EQ(verdict.response.date(), "20260401");
  EXPECT_TRUE(MessageDifferencer::Equals(verdict.response.qualification(), period));
  ASSERT_EQ(verdict.matching.size(), 1u);
  EXPECT_EQ(verdict.matching[0], &candidate);
}

TEST(DecideTest, TheAnswerHoldsThePeriodOfTheDay) {
  const Candidate candidate = {"s", PersonOf({Period("20200401", "20210331"), Period("20240401")})};
  EXPECT_EQ(Decide(Ask("20200501"), {&candidate, 1}).response.qualification().valid_from(),
            "20200401");
  EXPECT_EQ(Decide(Ask("20250501"), {&candidate, 1}).response.qualification().valid_from(),
            "20240401");
  EXPECT_EQ(Decide(Ask("20190501"), {&candidate, 1}).response.qualification().valid_from(),
            "20200401");
}

// EL-012 EL-017
TEST(DecideTest, AnotherBirthDateIsAnsweredLikeAnUnknownPerson) {
  const Candidate known = {"s", PersonOf({Period("20240401")})};
  const Candidate unknown = {"s", {}};
  const Verdict other = Decide(Ask("20250101", "19700416"), {&known, 1});
  const Verdict none = Decide(Ask("20250101"), {&unknown, 1});
  EXPECT_EQ(none.response.validity(), v1::VALIDITY_NONE);
  EXPECT_TRUE(MessageDifferencer::Equals(other.response, none.response));
  EXPECT_TRUE(other.matching.empty());
  EXPECT_EQ(Decide(Ask("20250101"), {}).response.validity(), v1::VALIDITY_NONE);
}

// EL-017
TEST(DecideTest, AnIdentityOfWhichOnlyALinkIsKnownIsNone) {
  Candidate candidate = {"s", {}};
  candidate.person.add_superseded_by("newer");
  EXPECT_EQ(Decide(Ask("20250101"), {&candidate, 1}).response.validity(), v1::VALIDITY_NONE);
}

// EL-016
TEST(DecideTest, TwinsAreSeveralAndNeitherIsTold) {
  const std::vector<Candidate> twins(2, {"s", PersonOf({Period("20240401")})});
  const Verdict verdict = Decide(Ask("20250101"), twins);
  EXPECT_EQ(verdict.response.validity(), v1::VALIDITY_SEVERAL);
  EXPECT_FALSE(verdict.response.has_qualification());
  EXPECT_EQ(verdict.matching.size(), 2u);
}

// EL-016
TEST(CandidatesTest, OnlyMembersBornThatDayMayBeMeant) {
  Household household;
  for (const auto& [subject, birth] : std::vector<std::pair<const char*, const char*>>{
           {"a", kBirth}, {"b", "20010101"}, {"c", kBirth}}) {
    household.add_members()->set_subject(subject);
    household.mutable_members(household.members_size() - 1)->set_birth_date(birth);
  }
  EXPECT_EQ(Candidates(household, Ask("20250101")), (std::vector<std::string>{"a", "c"}));
  EXPECT_TRUE(Candidates(household, Ask("20250101", "19991231")).empty());
  EXPECT_TRUE(Candidates({}, Ask("20250101")).empty());
}

TEST(ReadQuestionTest, WidthsAndPaddingDoNotMatter) {
  CheckRequest request = Request("０１１３００１２", "0");
  request.mutable_identity()->set_symbol("１２－３４ ");
  request.mutable_identity()->set_number("　１０");
  request.set_birth_date("１９７００４１５");
  const auto question = ReadQuestion(request, kNow);
  const auto plain = ReadQuestion(Request(), kNow);
  ASSERT_TRUE(question.ok() && plain.ok());
  EXPECT_EQ(question->identity, plain->identity);
  EXPECT_EQ(question->birth_date, kBirth);
}

// EL-011
TEST(ReadQuestionTest, TheDayIsTodayInJapanUnlessSaid) {
  CheckRequest request = Request();
  EXPECT_EQ(ReadQuestion(request, kNow)->day, "20260512");
  // A minute before midnight in Japan.
  EXPECT_EQ(ReadQuestion(request, kNow - absl::Hours(9) - absl::Minutes(1))->day, "20260511");
  request.set_date("20260401");
  EXPECT_EQ(ReadQuestion(request, kNow)->day, "20260401");
}

// EL-028
TEST(DecideTest, OfADayThatLiesAheadItTellsWhenThatWasKnown) {
  CheckRequest request = Request();
  for (const char* day : {"20260511", "20260512"}) {
    request.set_date(day);
    EXPECT_EQ(Decide(*ReadQuestion(request, kNow), {}).response.as_known_on(), "");
  }
  request.set_date("20260513");
  EXPECT_EQ(Decide(*ReadQuestion(request, kNow), {}).response.as_known_on(), "20260512");
}

// EL-005
TEST(ReadQuestionTest, TellsWhetherOnePersonIsNamed) {
  EXPECT_TRUE(NamesOnePerson(*ReadQuestion(Request("01130012", "00"), kNow)));
  EXPECT_FALSE(NamesOnePerson(*ReadQuestion(Request("01130012", ""), kNow)));
  const Question elderly = *ReadQuestion(Request("39131016", "01"), kNow);
  EXPECT_TRUE(NamesOnePerson(elderly));
  EXPECT_EQ(elderly.identity.branch, "");
}

// The paths of the fields that the error names.
std::string WrongFields(const CheckRequest& request) {
  const absl::Status status = ReadQuestion(request, kNow, "check.").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "CHECK_MALFORMED");
  EXPECT_EQ(RuleOf(status), "EL-010");
  std::string paths;
  const google::rpc::Status rpc = ToRpcStatus(status);
  for (const auto& detail : rpc.details()) {
    google::rpc::BadRequest bad;
    if (!detail.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) {
      absl::StrAppend(&paths, paths.empty() ? "" : " ", violation.field());
    }
  }
  return paths;
}

// EL-010
TEST(ReadQuestionTest, NamesEveryWrongFieldAtOnce) {
  EXPECT_EQ(WrongFields({}), "check.identity.insurer check.identity.number check.birth_date");
  CheckRequest request = Request("0113001x", "x");
  request.mutable_identity()->clear_number();
  request.set_birth_date("19700230");
  request.set_date("260512");
  EXPECT_EQ(WrongFields(request),
            "check.identity.insurer check.identity.number check.identity.branch check.birth_date "
            "check.date");
}

// EL-010
TEST(ReadQuestionTest, DaysOfAnEraAreNotRead) {
  CheckRequest request = Request();
  request.set_birth_date("3450415");
  EXPECT_EQ(WrongFields(request), "check.birth_date");
}

// EL-010
TEST(ReadQuestionTest, LongTextsAreNotLookedAt) {
  CheckRequest request = Request();
  request.mutable_identity()->set_symbol(std::string(kMaxIdentityBytes, '1'));
  EXPECT_TRUE(ReadQuestion(request, kNow).ok());
  request.mutable_identity()->set_symbol(std::string(kMaxIdentityBytes + 1, '1'));
  request.mutable_identity()->set_number(std::string(100'000, '1'));
  EXPECT_EQ(WrongFields(request), "check.identity.symbol check.identity.number");
}

// EL-027
TEST(CheckTest, ALongTermCareCardIsAskedAboutWithTheBirthDateOfTheCheck) {
  tsunagu::common::v1::InsuredIdentity card;
  card.set_insurer("１３１０１１");
  card.set_number(" 0000012345");
  const auto question = ReadLongTermCareCard(card, Ask("20260512"));
  ASSERT_TRUE(question.ok()) << question.status();
  EXPECT_EQ(question->identity, (national::InsuredIdentity{"131011", "", "0000012345", ""}));
  EXPECT_EQ(question->birth_date, kBirth);
  EXPECT_EQ(question->day, "20260512");
}

// EL-027
TEST(CheckTest, NothingButALongTermCareCardIsTakenForOne) {
  for (const auto& [insurer, symbol, number, branch] :
       {std::array{"01130012", "12", "10", "00"}, std::array{"131011", "", "12345", ""},
        std::array{"131011", "1", "0000012345", ""}, std::array{"131011", "", "0000012345", "01"},
        std::array{"39131016", "", "0012345678", ""}, std::array{"", "", "", ""}}) {
    tsunagu::common::v1::InsuredIdentity card;
    card.set_insurer(insurer);
    card.set_symbol(symbol);
    card.set_number(number);
    card.set_branch(branch);
    const absl::Status status = ReadLongTermCareCard(card, Ask("20260512")).status();
    EXPECT_EQ(ReasonOf(status), "LONG_TERM_CARE_CARD_MALFORMED") << insurer << "/" << number;
    EXPECT_EQ(RuleOf(status), "EL-027");
  }
  tsunagu::common::v1::InsuredIdentity card;
  card.set_number(std::string(kMaxIdentityBytes + 1, '1'));
  EXPECT_EQ(RuleOf(ReadLongTermCareCard(card, Ask("20260512")).status()), "EL-027");
}

RC_GTEST_PROP(CheckProperty, ReadingNeverFailsBadly,
              (const std::string& insurer, const std::string& number, const std::string& birth,
               const std::string& date)) {
  CheckRequest request;
  request.mutable_identity()->set_insurer(insurer);
  request.mutable_identity()->set_number(number);
  request.set_birth_date(birth);
  request.set_date(date);
  ReadQuestion(request, kNow).status().IgnoreError();
}

RC_GTEST_PROP(CheckProperty, AnyStateIsDecidedAndABirthDateThatDiffersIsNone,
              (const std::vector<std::string>& froms, const std::string& to, const std::string& day,
               const std::string& birth, bool moved)) {
  Person person;
  for (const std::string& from : froms) *person.add_earlier() = Period(from, to);
  *person.mutable_qualification() = Period(day, to);
  person.mutable_qualification()->set_birth_date(birth);
  if (moved) person.add_superseded_by("newer");
  const Candidate candidate = {"s", person};
  const Verdict verdict = Decide(Ask(day), {&candidate, 1});
  RC_ASSERT(verdict.response.validity() != v1::VALIDITY_UNSPECIFIED);
  RC_ASSERT((verdict.response.validity() == v1::VALIDITY_NONE) == (birth != kBirth));
  RC_ASSERT(verdict.response.has_qualification() == (birth == kBirth));
}

RC_GTEST_PROP(CheckProperty, ValidExactlyFromTheFirstToTheLastDay, ()) {
  const absl::CivilDay start(2024, 4, 1);
  const int length = *rc::gen::inRange(0, 400);
  const int at = *rc::gen::inRange(-500, 1000);
  const Person person =
      PersonOf({Period(national::FormatDay(start), national::FormatDay(start + length))});
  const bool valid = Validity1(person, national::FormatDay(start + at)) == v1::VALIDITY_VALID;
  RC_ASSERT(valid == (at >= 0 && at <= length));
}

}  // namespace
}  // namespace tsunagu::eligibility
