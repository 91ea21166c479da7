#include "tools/terminal/exchange.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "services/platform/national/cp932.h"
#include "services/platform/status/error.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/request_file.h"
#include "tools/terminal/test_exchange.h"
#include "tools/terminal/test_messages.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::terminal {
namespace {

namespace v1 = prescription::v1;
using prescription::envelope::Answer;
using prescription::envelope::Call;
using prescription::envelope::Fields;
using prescription::envelope::ResultStatus;
using prescription::envelope::Segment;

TEST_F(ExchangeTest, EachInterfaceMakesItsCall) {
  const Fields by_id = {{"PrescriptionId", "p-7"}};
  const Fields result = {{"PrescriptionId", "p-7"}, {"DispensingInfo", "<Result/>"}};
  const Fields change = {
      {"PrescriptionId", "p-7"}, {"IssueType", "2"}, {"PrescriptionInfo", "<Document/>"}};
  const Fields by_result = {{"DispensingResultId", "r-1"}};
  const Fields draft = {{"PrescriptionInfo", "<Document/>"}};
  const Fields by_given = {{"InHousePrescriptionId", "g-1"}};
  const Fields given = {{"InHousePrescriptionId", "g-1"}, {"PrescriptionInfo", "<Document/>"}};
  const struct {
    int interface;
    Fields fields;
    Call call;
    const char* seen;
  } kCases[] = {
      {203, by_id, Call::kCancel, "prescription_id: \"p-7\""},
      {205, change, Call::kChange, "issue_type: ISSUE_TYPE_PAPER document: \"<Document/>\""},
      {207, by_id, Call::kUndoCancel, "prescription_id: \"p-7\""},
      {209, by_id, Call::kUndoChange, "prescription_id: \"p-7\""},
      {217, by_id, Call::kGetStatus, "prescription_id: \"p-7\""},
      {301, by_id, Call::kAccept, "prescription_id: \"p-7\""},
      {303, by_id, Call::kRelease, "prescription_id: \"p-7\""},
      {305, by_id, Call::kCollect, "prescription_id: \"p-7\""},
      {307, result, Call::kDispense, "document: \"<Result/>\""},
      {309, by_id, Call::kCancelResult, "prescription_id: \"p-7\""},
      {311, result, Call::kChangeResult, "document: \"<Result/>\""},
      {318, by_id, Call::kUndoCollect, "prescription_id: \"p-7\""},
      {101, {{"InsurerNumber", "01130012"}}, Call::kPrepare, "identity { insurer: \"01130012\" }"},
      {211, by_id, Call::kGetCopy, "prescription_id: \"p-7\""},
      {213, {{"ToDate", "20260512"}}, Call::kListIssued, "to_day: \"20260512\" page_size: 100"},
      {215, by_result, Call::kGetResult, "result_id: \"r-1\""},
      {219, draft, Call::kCheckDraft, "document: \"<Document/>\""},
      {313, {{"PageToken", "t"}}, Call::kListDispensed, "page_size: 100 page_token: \"t\""},
      {315, result, Call::kCheckDraftResult, "prescription_id: \"p-7\" document: \"<Result/>\""},
      {316, by_result, Call::kGetResult, "result_id: \"r-1\""},
      {401, draft, Call::kRegisterGiven, "document: \"<Document/>\""},
      {403, by_given, Call::kCancelGiven, "given_id: \"g-1\""},
      {405, given, Call::kChangeGiven, "given_id: \"g-1\" document: \"<Document/>\""},
      {407, by_given, Call::kGetGiven, "given_id: \"g-1\""},
      {407, {{"InsurerNumber", "01130012"}}, Call::kSearchGiven, "insurer: \"01130012\""},
      {409, draft, Call::kCheckDraft, "document: \"<Document/>\""},
  };
  for (const auto& c : kCases) {
    const Answer answer = Ask(c.interface, c.fields);
    EXPECT_EQ(answer.status, ResultStatus::kOk) << c.interface;
    EXPECT_EQ(answer.segment, Segment::kFinished);
    EXPECT_EQ(answer.header.file_identifier, "f-1");
    EXPECT_EQ(gateway_.calls().back().first, c.call) << c.interface;
    EXPECT_TRUE(absl::StrContains(gateway_.calls().back().second, c.seen))
        << gateway_.calls().back().second;
  }
}

TEST_F(ExchangeTest, AnAcceptanceByCodeNamesThePersonAndBringsTheDocument) {
  v1::AcceptResponse response;
  response.set_prescription_id("p-7");
  response.set_document("<Signed/>");
  response.set_use_by("20260515");
  response.set_status(v1::STATUS_IN_DISPENSING);
  response.set_previous_result("<Before/>");
  gateway_.Answer(response);
  const Answer answer = Ask(301, {{"AccessCode", "123456"},
                                  {"InsurerNumber", "01130012"},
                                  {"InsuredIdentificationNumber", "10"}});
  EXPECT_TRUE(
      absl::StrContains(gateway_.calls()[0].second,
                        R"(access_code: "123456" identity { insurer: "01130012" number: "10")"));
  EXPECT_EQ(answer.fields, (Fields{{"PrescriptionId", "p-7"},
                                   {"PrescriptionInfo", "<Signed/>"},
                                   {"PreviousDispensingInfo", "<Before/>"},
                                   {"IssueType", "1"},
                                   {"ExpirationDate", "20260515"},
                                   {"PrescriptionStatus", "調剤中"}}));
}

TEST_F(ExchangeTest, ADispensingBringsItsIdAndTheStampedDocument) {
  v1::DispenseResponse response;
  response.set_result_id("r-1");
  response.set_stamped_document("<Stamped/>");
  response.set_status(v1::STATUS_DISPENSED);
  gateway_.Answer(response);
  const Answer answer = Ask(307, {{"PrescriptionId", "p-7"}, {"DispensingInfo", "<Result/>"}});
  EXPECT_EQ(answer.fields.at("DispensingResultId"), "r-1");
  EXPECT_EQ(answer.fields.at("DispensingInfo"), "<Stamped/>");
  EXPECT_EQ(answer.fields.at("PrescriptionStatus"), "調剤済み");
}

TEST_F(ExchangeTest, ALostRegistrationIsFoundByTheDigestOfItsFile) {
  const std::string registered = RegisterMessage("lost");
  exchange_.Do(201, registered);
  v1::GetCommandResponse response;
  response.set_known(true);
  response.set_prescription_id("p-1");
  response.set_access_code("123456");
  gateway_.Answer(response);
  const Answer answer = Ask(220, {{"InsurerNumber", "01130012"},
                                  {"InsuredIdentificationNumber", "10"},
                                  {"TargetFileIdentifier", "lost"},
                                  {"TargetFileDigest", Digest(registered)}});
  EXPECT_EQ(answer.fields.at("AccessCode"), "123456");
  const std::string sent = gateway_.done().begin()->first;
  EXPECT_TRUE(absl::StrContains(gateway_.calls().back().second, sent));
}

// TM-022
TEST_F(ExchangeTest, TM022ARefusalIsAnAnswerWithItsThreeLists) {
  common::v1::Findings findings;
  findings.add_envelope()->set_rule("SG-001");
  findings.add_record()->set_rule("RX-129");
  findings.mutable_record(0)->set_record(17);
  findings.mutable_record(0)->set_field("201.dose");
  findings.add_signature()->set_rule("SG-100");
  gateway_.RefuseNext(ErrorBuilder(absl::StatusCode::kInvalidArgument, "DOCUMENT_REFUSED", "faults")
                          .Rule("RX-028")
                          .Field("document", "faults")
                          .Detail(findings));
  const Answer answer = Ask(201, {{"IssueType", "1"}, {"PrescriptionInfo", "<Document/>"}});
  EXPECT_EQ(answer.status, ResultStatus::kError);
  EXPECT_EQ(answer.result_code, "DOCUMENT_REFUSED");
  EXPECT_EQ(answer.result_message, "文書に誤りがあります。");
  ASSERT_EQ(answer.xml_findings.size(), 2u);
  EXPECT_EQ(answer.xml_findings[0].field, "PrescriptionInfo");
  ASSERT_EQ(answer.record_findings.size(), 1u);
  EXPECT_EQ(answer.record_findings[0].record, 17);
  ASSERT_EQ(answer.signature_findings.size(), 1u);
  EXPECT_TRUE(answer.fields.empty());
}

TEST_F(ExchangeTest, TM022CancellingWhatIsCancelledHasTheCodeThatClientsKnow) {
  const auto cancelled =
      ErrorBuilder(absl::StatusCode::kFailedPrecondition, "CANCELLED", "is cancelled");
  gateway_.RefuseNext(cancelled);
  EXPECT_EQ(Ask(203, {{"PrescriptionId", "p-7"}}).result_code, "EPSB1032W");
  gateway_.RefuseNext(cancelled);
  EXPECT_EQ(Ask(301, {{"PrescriptionId", "p-7"}}).result_code, "CANCELLED");
}

TEST_F(ExchangeTest, TM022WhatIsRegisteredAlreadyIsNamed) {
  gateway_.RefuseNext(
      ErrorBuilder(absl::StatusCode::kAlreadyExists, "PRESCRIPTION_EXISTS", "is there")
          .Metadata("prescription_id", "p-0")
          .Metadata("status", "STATUS_CANCELLED"));
  const Answer answer = Ask(201, {{"IssueType", "1"}, {"PrescriptionInfo", "<Document/>"}});
  EXPECT_EQ(answer.fields.at("PrescriptionId"), "p-0");
  EXPECT_EQ(answer.fields.at("PrescriptionStatus"), "取消");
}

TEST_F(ExchangeTest, TM023WhatNothingServesIsToldSo) {
  for (const int interface : {324, 328, 330}) {
    const Answer answer = Ask(interface, {});
    EXPECT_EQ(answer.segment, Segment::kFailed);
    EXPECT_EQ(answer.result_code, "INTERFACE_NOT_SERVED");
  }
  EXPECT_TRUE(gateway_.calls().empty());
}

// TM-024
TEST_F(ExchangeTest, TM024FaultsBehindTheHeaderAreAnswered) {
  std::string message = RegisterMessage();
  message.replace(message.find("<IssueType>1"), 12, "<IssueType>7");
  const Answer answer = Read(201, exchange_.Do(201, message));
  EXPECT_EQ(answer.result_code, "MESSAGE_MALFORMED");
  ASSERT_EQ(answer.xml_findings.size(), 1u);
  EXPECT_EQ(answer.xml_findings[0].field, "MessageBody/IssueType");

  message = EligibilityMessage();
  message.replace(message.find("19700415"), 8, "19700431");
  const auto checked = Check(message);
  EXPECT_EQ(checked.processing_status, "2");
  EXPECT_EQ(checked.processing_code, "EL-106");
  EXPECT_EQ(checked.file_identifier, "e-1");
  EXPECT_TRUE(gateway_.calls().empty());
}

TEST_F(ExchangeTest, TM025ARepeatSaysSoAndHowItStands) {
  v1::RegisterResponse response;
  response.set_status(v1::STATUS_CANCELLED);
  gateway_.Answer(response);
  const Fields fields = {{"IssueType", "1"}, {"PrescriptionInfo", "<Document/>"}};
  EXPECT_EQ(Ask(201, fields).result_code, "");
  const Answer again = Ask(201, fields);
  EXPECT_EQ(again.status, ResultStatus::kOk);
  EXPECT_EQ(again.result_code, "REPEATED");
  EXPECT_EQ(again.fields.at("PrescriptionStatus"), "取消");
}

TEST_F(ExchangeTest, ARefusedCheckIsAnAnswerAndAnOpenOneIsNot) {
  gateway_.RefuseNext(
      ErrorBuilder(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED", "not you"));
  const auto refused = Check(EligibilityMessage());
  EXPECT_EQ(refused.processing_code, "ROLE_NOT_ALLOWED");
  EXPECT_EQ(refused.search.identity.number, "10");
  gateway_.RefuseNext(absl::UnavailableError("away"));
  const Outcome open = exchange_.Do(kEligibilityCheck, EligibilityMessage());
  EXPECT_EQ(open.kind, Outcome::Kind::kAgain);
  EXPECT_EQ(open.code, "UNAVAILABLE");
}

// TM-026
TEST_F(ExchangeTest, TM026ACheckIsAnsweredInItsEncoding) {
  std::string message = EligibilityMessage();
  message.replace(message.find("UTF-8"), 5, "Shift_JIS");
  const Outcome outcome = exchange_.Do(kEligibilityCheck, message);
  EXPECT_TRUE(absl::StrContains(outcome.answer, "Shift_JIS"));
  EXPECT_FALSE(national::IsUtf8(outcome.answer));
  EXPECT_EQ(Check(message).results.at(0).name, "合成　一郎");
}

TEST(OpenTest, TM021WhatIsNotKnownIsOpenAndARefusalIsNot) {
  EXPECT_TRUE(IsOpen(absl::UnavailableError("")));
  EXPECT_TRUE(IsOpen(absl::DeadlineExceededError("")));
  EXPECT_TRUE(IsOpen(absl::AbortedError("")));
  EXPECT_TRUE(IsOpen(absl::InternalError("")));
  EXPECT_TRUE(IsOpen(absl::UnknownError("")));
  EXPECT_FALSE(IsOpen(absl::OkStatus()));
  EXPECT_FALSE(IsOpen(absl::FailedPreconditionError("")));
  EXPECT_FALSE(IsOpen(absl::PermissionDeniedError("")));
}

}  // namespace
}  // namespace tsunagu::terminal
