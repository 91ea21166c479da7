#include "services/prescription/envelope/xmlmsg.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::prescription::envelope {
namespace {

RegisterRequest ValidRequest() {
  return {"1311234567", "file-1", CharacterCode::kUtf8, IssueType::kElectronic, "<Document/>"};
}

RegisterAnswer ValidAnswer() {
  RegisterAnswer answer;
  answer.institution = "1311234567";
  answer.file_identifier = "file-1";
  answer.prescription_id = "12ab34cd-0000-8000-8000-000000000001";
  answer.access_code = "123456";
  return answer;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string RequestFault(const std::string& from, const std::string& to) {
  const std::string xml = Replaced(*WriteRegisterRequest(ValidRequest()), from, to);
  return std::string(ReadRegisterRequest(xml).status().message());
}

std::string AnswerFault(const std::string& from, const std::string& to) {
  const std::string xml = Replaced(*WriteRegisterAnswer(ValidAnswer()), from, to);
  return std::string(ReadRegisterAnswer(xml).status().message());
}

TEST(XmlMsgTest, ARequestIsReadAsItWasWritten) {
  const RegisterRequest request = ValidRequest();
  const auto xml = WriteRegisterRequest(request);
  ASSERT_TRUE(xml.ok());
  EXPECT_EQ(*ReadRegisterRequest(*xml), request);
}

TEST(XmlMsgTest, ReadsAMessageAsAClientLaysItOut) {
  const auto request = ReadRegisterRequest(
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<XmlMsg>\n"
      "  <MessageBody>\n    <PrescriptionInfo>\nPERvYz\n4=\n</PrescriptionInfo>\n"
      "    <IssueType>2</IssueType>\n  </MessageBody>\n"
      "  <MessageHeader><MedicalInstitutionCode>1311234567</MedicalInstitutionCode>\n"
      "  <CharacterCodeIdentifier>2</CharacterCodeIdentifier></MessageHeader>\n</XmlMsg>\n");
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->prescription_xml, "<Doc>");
  EXPECT_EQ(request->issue_type, IssueType::kPaper);
  EXPECT_EQ(request->character_code, CharacterCode::kShiftJis);
  EXPECT_EQ(request->file_identifier, "");
}

TEST(XmlMsgTest, RX301TooLargeAMessageIsRefusedUnread) {
  const auto request = ReadRegisterRequest(std::string(kMaxMessageBytes + 1, ' '));
  EXPECT_EQ(request.status().message(), "RX-301 the message is too large");
}

TEST(XmlMsgTest, RX302TheInstitutionHasTenDigits) {
  EXPECT_EQ(RequestFault("1311234567", "131123456"), "RX-302 MessageHeader/MedicalInstitutionCode");
  EXPECT_EQ(RequestFault("1311234567", "131123456A"),
            "RX-302 MessageHeader/MedicalInstitutionCode");
  EXPECT_EQ(RequestFault("file-1", std::string(65, 'x')),
            "RX-302 MessageHeader/ArbitraryFileIdentifier");
}

TEST(XmlMsgTest, RX303TheIssueTypeIsOneOrTwo) {
  for (const char* type : {"", "0", "3", "x"}) {
    EXPECT_EQ(RequestFault("<IssueType>1", absl::StrCat("<IssueType>", type)),
              "RX-303 MessageBody/IssueType");
  }
}

TEST(XmlMsgTest, RX304ThePrescriptionIsBase64) {
  const std::string base64 = absl::Base64Escape("<Document/>");
  EXPECT_EQ(RequestFault(base64, "***"), "RX-304 MessageBody/PrescriptionInfo");
  EXPECT_EQ(RequestFault(base64, ""), "RX-304 MessageBody/PrescriptionInfo");
}

TEST(XmlMsgTest, RX305TheSegmentIsOneTwoOrNine) {
  EXPECT_EQ(AnswerFault("<SegmentOfResult>1", "<SegmentOfResult>3"),
            "RX-305 MessageHeader/SegmentOfResult");
}

TEST(XmlMsgTest, RX306TheStatusIsOneOrTwo) {
  EXPECT_EQ(AnswerFault("<ProcessingResultStatus>1", "<ProcessingResultStatus>9"),
            "RX-306 MessageBody/ProcessingResultStatus");
}

TEST(XmlMsgTest, RX307TheCharsetIsOneOrTwo) {
  EXPECT_EQ(RequestFault("<CharacterCodeIdentifier>1", "<CharacterCodeIdentifier>3"),
            "RX-307 MessageHeader/CharacterCodeIdentifier");
}

TEST(XmlMsgTest, RX308ElementsStandOnce) {
  EXPECT_EQ(RequestFault("</IssueType>", "</IssueType><IssueType>2</IssueType>"),
            "RX-308 MessageBody/IssueType; RX-303 MessageBody/IssueType");
  EXPECT_EQ(ReadRegisterRequest("<Other/>").status().message(), "RX-308 XmlMsg");
}

TEST(XmlMsgTest, AllFaultsAreReportedAtOnceAndNoValue) {
  const auto request = ReadRegisterRequest("<XmlMsg><MessageHeader/></XmlMsg>");
  EXPECT_EQ(request.status().message(),
            "RX-302 MessageHeader/MedicalInstitutionCode; "
            "RX-307 MessageHeader/CharacterCodeIdentifier; RX-308 MessageBody; "
            "RX-303 MessageBody/IssueType; RX-304 MessageBody/PrescriptionInfo");
}

TEST(XmlMsgTest, RX309IdsHaveTheirForm) {
  EXPECT_EQ(AnswerFault("<AccessCode>123456", "<AccessCode>12345"),
            "RX-309 MessageBody/AccessCode");
  EXPECT_EQ(AnswerFault("<AccessCode>123456", "<AccessCode>12345a"),
            "RX-309 MessageBody/AccessCode");
  EXPECT_EQ(AnswerFault("<PrescriptionId>", "<PrescriptionId>x"),
            "RX-309 MessageBody/PrescriptionId");
  EXPECT_EQ(AnswerFault("<AccessCode>123456", "<AccessCode>1234567890123456"), "");
}

TEST(XmlMsgTest, RX310TheThreeListsStayApart) {
  RegisterAnswer answer = ValidAnswer();
  answer.status = ResultStatus::kError;
  answer.segment = Segment::kFailed;
  answer.error_code = "E1";
  answer.result_code = "EPSB1032W";
  answer.result_message = "エラー";
  answer.xml_findings = {{"SG-001", national::Severity::kError, 0, "", "構造", "structure"}};
  answer.record_findings = {
      {"RX-129", national::Severity::kError, 17, "201.dose", "数量", "quantity"},
      {"RX-171", national::Severity::kWarning, 11, "22.insurer", "検証番号", "check digit"}};
  answer.signature_findings = {{"SG-100", national::Severity::kError, 0, "", "署名", "signature"}};
  const auto xml = WriteRegisterAnswer(answer);
  ASSERT_TRUE(xml.ok()) << xml.status();
  EXPECT_TRUE(SameAnswer(*ReadRegisterAnswer(*xml), answer));
  RegisterAnswer swapped = answer;
  std::swap(swapped.xml_findings, swapped.signature_findings);
  EXPECT_FALSE(SameAnswer(swapped, answer));
}

TEST(XmlMsgTest, RX310AFindingNamesItsRecord) {
  RegisterAnswer answer = ValidAnswer();
  answer.record_findings = {{"RX-129", national::Severity::kError, 17}};
  const std::string xml = *WriteRegisterAnswer(answer);
  EXPECT_EQ(ReadRegisterAnswer(Replaced(xml, "<Record>17", "<Record>x")).status().message(),
            "RX-310 MessageBody/CsvCheckResultList/Finding/Record");
}

// RX-311
TEST(XmlMsgTest, RX311WhatCannotBeReadBackIsNotWritten) {
  RegisterAnswer answer = ValidAnswer();
  answer.error_message = "\x01";
  EXPECT_FALSE(WriteRegisterAnswer(answer).ok());
  answer.error_message = " spaces ";
  EXPECT_FALSE(WriteRegisterAnswer(answer).ok());
  RegisterRequest request = ValidRequest();
  request.institution = "13";
  EXPECT_FALSE(WriteRegisterRequest(request).ok());
}

RC_GTEST_PROP(XmlMsgTest, AnyPrescriptionBytesComeBack, (const std::string& bytes)) {
  RC_PRE(!bytes.empty());
  RegisterRequest request = ValidRequest();
  request.prescription_xml = bytes;
  RC_ASSERT(ReadRegisterRequest(*WriteRegisterRequest(request))->prescription_xml == bytes);
}

RC_GTEST_PROP(XmlMsgTest, ByteFlipsAreSurvived, ()) {
  std::string xml = *WriteRegisterAnswer(ValidAnswer());
  for (int i = *rc::gen::inRange(1, 10); i > 0; --i) {
    xml[*rc::gen::inRange<size_t>(0, xml.size())] = *rc::gen::arbitrary<char>();
  }
  (void)ReadRegisterAnswer(xml);
  (void)ReadRegisterRequest(xml);
}

TEST(XmlMsgTest, NoTruncationIsAccepted) {
  const std::string request = *WriteRegisterRequest(ValidRequest());
  const std::string answer = *WriteRegisterAnswer(ValidAnswer());
  for (size_t size = 0; size < request.rfind('>'); ++size) {
    EXPECT_FALSE(ReadRegisterRequest(request.substr(0, size)).ok()) << size;
  }
  for (size_t size = 0; size < answer.rfind('>'); ++size) {
    EXPECT_FALSE(ReadRegisterAnswer(answer.substr(0, size)).ok()) << size;
  }
}

// What a damaged message still says is written and read as any other message.
TEST(XmlMsgTest, ChangedBytesAreRefusedOrReadAsAWhole) {
  const std::string request = *WriteRegisterRequest(ValidRequest());
  const std::string answer = *WriteRegisterAnswer(ValidAnswer());
  for (const char flip : {'\x01', '\x06', '\x20', '\x80', '\xFF'}) {
    for (size_t at = 0; at < request.size(); ++at) {
      std::string changed = request;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const auto read = ReadRegisterRequest(changed);
      if (!read.ok()) continue;
      const auto written = WriteRegisterRequest(*read);
      ASSERT_TRUE(written.ok()) << at;
      EXPECT_EQ(*ReadRegisterRequest(*written), *read) << at;
    }
    for (size_t at = 0; at < answer.size(); ++at) {
      std::string changed = answer;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const auto read = ReadRegisterAnswer(changed);
      if (!read.ok()) continue;
      const auto written = WriteRegisterAnswer(*read);
      ASSERT_TRUE(written.ok()) << at;
      EXPECT_TRUE(SameAnswer(*ReadRegisterAnswer(*written), *read)) << at;
    }
  }
}

TEST(XmlMsgTest, ARequestIsNoAnswerAndAnAnswerNoRequest) {
  EXPECT_FALSE(ReadRegisterAnswer(*WriteRegisterRequest(ValidRequest())).ok());
  EXPECT_FALSE(ReadRegisterRequest(*WriteRegisterAnswer(ValidAnswer())).ok());
}

RC_GTEST_PROP(XmlMsgTest, GarbageIsRefusedWithoutBeingQuoted, (const std::string& bytes)) {
  for (const std::string& xml : {bytes, absl::StrCat("<XmlMsg>", bytes, "</XmlMsg>")}) {
    RC_ASSERT(ReadRegisterRequest(xml).status().code() == absl::StatusCode::kInvalidArgument);
    RC_ASSERT(ReadRegisterAnswer(xml).status().code() == absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace tsunagu::prescription::envelope
