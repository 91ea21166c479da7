#include "services/emergency/request.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/platform/status/error.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::access::v1::CareContext;
using tsunagu::emergency::v1::GetSummaryRequest;

constexpr char kReason[] = "unconscious, traffic accident";

const national::SubjectKey& Subjects() {
  static const auto* const key =
      new national::SubjectKey(*national::SubjectKey::Create(std::string(32, 'k')));
  return *key;
}

std::string SubjectOfRequest() { return Subjects().MakeSubject({"01130012", "", "45", "01"}); }

GetSummaryRequest Complete() {
  GetSummaryRequest request;
  request.mutable_identity()->set_insurer("01130012");
  request.mutable_identity()->set_number("45");
  request.mutable_identity()->set_branch("1");
  request.set_birth_date("19700415");
  request.mutable_break_glass()->set_reason(kReason);
  return request;
}

int FieldsOf(const absl::Status& status) {
  google::rpc::BadRequest bad;
  const google::rpc::Status rpc = ToRpcStatus(status);
  for (const auto& detail : rpc.details()) detail.UnpackTo(&bad);
  return bad.field_violations_size();
}

TEST(RequestTest, ACompleteIdentityWithAReasonNamesOneSubject) {
  const Whom whom = IdentifyPerson(Complete(), nullptr, Subjects());
  ASSERT_TRUE(whom.status.ok()) << whom.status;
  EXPECT_EQ(whom.subjects, std::vector<std::string>{SubjectOfRequest()});
  EXPECT_TRUE(whom.by_identity);
  EXPECT_EQ(whom.birth_date, "19700415");
  EXPECT_EQ(whom.asked_for.number(), "45");
  EXPECT_EQ(whom.asked_for.branch(), "01");
  EXPECT_EQ(whom.reason, kReason);
}

TEST(RequestTest, ACareContextNamesItsSubjectsAndNeedsNoReason) {
  CareContext context;
  context.add_subjects("a");
  context.add_subjects("b");
  const Whom whom = IdentifyPerson({}, &context, Subjects());
  ASSERT_TRUE(whom.status.ok());
  EXPECT_EQ(whom.subjects, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(whom.by_identity);
  EXPECT_EQ(whom.reason, "");
}

TEST(RequestTest, EM001WithoutIdentityAndCareContextItIsAboutNobody) {
  const Whom whom = IdentifyPerson({}, nullptr, Subjects());
  EXPECT_EQ(ReasonOf(whom.status), "WHOM_MISSING");
  EXPECT_EQ(RuleOf(whom.status), "EM-001");
  EXPECT_TRUE(whom.subjects.empty());
}

TEST(RequestTest, EM002AnIncompleteIdentityIsRefused) {
  for (const auto& spoil : {+[](GetSummaryRequest& r) { r.mutable_identity()->set_insurer("1"); },
                            +[](GetSummaryRequest& r) { r.mutable_identity()->set_insurer("x"); },
                            +[](GetSummaryRequest& r) { r.mutable_identity()->clear_number(); },
                            +[](GetSummaryRequest& r) { r.mutable_identity()->clear_branch(); }}) {
    GetSummaryRequest request = Complete();
    spoil(request);
    const Whom whom = IdentifyPerson(request, nullptr, Subjects());
    EXPECT_EQ(RuleOf(whom.status), "EM-002");
    EXPECT_EQ(FieldsOf(whom.status), 1);
    EXPECT_TRUE(whom.subjects.empty());
  }
}

TEST(RequestTest, TheLateElderlyNeedNoBranch) {
  GetSummaryRequest request = Complete();
  request.mutable_identity()->set_insurer("39131156");
  request.mutable_identity()->clear_branch();
  EXPECT_TRUE(IdentifyPerson(request, nullptr, Subjects()).status.ok());
}

TEST(RequestTest, EM003TheBirthDateIsNeededAndARealDay) {
  for (const char* day : {"", "19700431", "3450415", "1970041", "1970-04-15"}) {
    GetSummaryRequest request = Complete();
    request.set_birth_date(day);
    const Whom whom = IdentifyPerson(request, nullptr, Subjects());
    EXPECT_EQ(RuleOf(whom.status), "EM-003") << day;
    EXPECT_EQ(whom.subjects.size(), 1u) << "the refusal is recorded under the subject";
  }
}

TEST(RequestTest, EM004AReasonIsWordsOfFourToTwoHundredCharactersOnOneLine) {
  struct Case {
    std::string reason;
    bool good;
  };
  std::string longest;
  for (int i = 0; i < kMaxReasonCharacters / 4; ++i) longest += "意識なし";
  for (const Case& c :
       {Case{"意識なし", true}, Case{"意識無", false}, Case{"意識なし、交通事故", true},
        Case{longest, true}, Case{longest + "x", false}, Case{"fell", true}, Case{"ill ", false},
        Case{"", false}, Case{"        ", false}, Case{"........", false}, Case{"aaaaaaaa", false},
        Case{"12345678", false}, Case{"accident\nfake: line", false}}) {
    GetSummaryRequest request = Complete();
    request.mutable_break_glass()->set_reason(c.reason);
    const Whom whom = IdentifyPerson(request, nullptr, Subjects());
    EXPECT_EQ(whom.status.ok(), c.good) << c.reason;
    EXPECT_EQ(RuleOf(whom.status), c.good ? "" : "EM-004") << c.reason;
  }
}

TEST(RequestTest, EM004ACareContextOfThatVeryPersonNeedsNoReason) {
  GetSummaryRequest request = Complete();
  request.clear_break_glass();
  CareContext context;
  context.add_subjects(SubjectOfRequest());
  EXPECT_TRUE(IdentifyPerson(request, &context, Subjects()).status.ok());
  context.set_subjects(0, "somebody else");
  EXPECT_EQ(RuleOf(IdentifyPerson(request, &context, Subjects()).status), "EM-004");
}

TEST(RequestTest, EverythingWrongIsNamedAtOnce) {
  GetSummaryRequest request;
  request.mutable_identity();
  const Whom whom = IdentifyPerson(request, nullptr, Subjects());
  EXPECT_EQ(FieldsOf(whom.status), 5);
}

TEST(RequestTest, ErrorsHoldNothingOfThePerson) {
  GetSummaryRequest request = Complete();
  request.mutable_identity()->set_number("13579");
  request.mutable_identity()->clear_branch();
  request.set_birth_date("99999999");
  const std::string text =
      ToRpcStatus(IdentifyPerson(request, nullptr, Subjects()).status).SerializeAsString();
  EXPECT_EQ(text.find("13579"), std::string::npos);
  EXPECT_EQ(text.find("99999999"), std::string::npos);
}

RC_GTEST_PROP(RequestProperty, AnyTextsGiveAVerdict,
              (const std::string& insurer, const std::string& day, const std::string& reason)) {
  GetSummaryRequest request = Complete();
  request.mutable_identity()->set_insurer(insurer);
  request.set_birth_date(day);
  request.mutable_break_glass()->set_reason(reason);
  const Whom whom = IdentifyPerson(request, nullptr, Subjects());
  RC_ASSERT(whom.status.ok() || !RuleOf(whom.status).empty());
}

}  // namespace
}  // namespace tsunagu::emergency
