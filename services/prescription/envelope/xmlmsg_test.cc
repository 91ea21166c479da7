#include "services/prescription/envelope/xmlmsg.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::prescription::envelope {
namespace {

const Interface& Register() { return *FindInterface(201); }
const Interface& Accept() { return *FindInterface(301); }

Request ValidRequest() {
  return {{"1311234567", "file-1", CharacterCode::kUtf8},
          {{"IssueType", "1"}, {"PrescriptionInfo", "<Document/>"}}};
}

Answer ValidAnswer() {
  Answer answer;
  answer.header = {"1311234567", "file-1", CharacterCode::kUtf8};
  answer.fields = {{"PrescriptionId", "12ab34cd-0000-8000-8000-000000000001"},
                   {"AccessCode", "123456"}};
  return answer;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string Faults(const national::Findings& findings) {
  return absl::StrJoin(findings, "; ", [](std::string* out, const national::Finding& finding) {
    EXPECT_FALSE(finding.text_ja.empty());
    absl::StrAppend(out, finding.rule, finding.field.empty() ? "" : " ", finding.field);
  });
}

std::string RequestFault(const std::string& from, const std::string& to) {
  const std::string xml = Replaced(*WriteRequest(Register(), ValidRequest()), from, to);
  const RequestResult result = ReadRequest(Register(), xml);
  EXPECT_NE(result.request.has_value(), !result.findings.empty());
  return Faults(result.findings);
}

std::string AnswerFault(const std::string& from, const std::string& to) {
  const std::string xml = Replaced(*WriteAnswer(Register(), ValidAnswer()), from, to);
  return Faults(ReadAnswer(Register(), xml).findings);
}

TEST(XmlMsgTest, ARequestIsReadAsItWasWritten) {
  const auto xml = WriteRequest(Register(), ValidRequest());
  ASSERT_TRUE(xml.ok());
  EXPECT_EQ(ReadRequest(Register(), *xml).request, ValidRequest());
}

TEST(XmlMsgTest, ReadsAMessageAsAClientLaysItOut) {
  const RequestResult result = ReadRequest(
      Register(),
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<XmlMsg>\n"
      "  <MessageBody>\n    <PrescriptionInfo>\nPERvYz\n4=\n</PrescriptionInfo>\n"
      "    <Unknown>x</Unknown><IssueType>2</IssueType>\n  </MessageBody>\n"
      "  <MessageHeader><MedicalInstitutionCode>1311234567</MedicalInstitutionCode>\n"
      "  <CharacterCodeIdentifier>2</CharacterCodeIdentifier></MessageHeader>\n</XmlMsg>\n");
  ASSERT_TRUE(result.request.has_value()) << Faults(result.findings);
  EXPECT_EQ(result.request->fields.at("PrescriptionInfo"), "<Doc>");
  EXPECT_EQ(result.request->fields.at("IssueType"), "2");
  EXPECT_EQ(result.request->header.character_code, CharacterCode::kShiftJis);
  EXPECT_EQ(result.request->header.file_identifier, "");
}

TEST(XmlMsgTest, RX301TooLargeAMessageIsRefusedUnread) {
  EXPECT_EQ(Faults(ReadRequest(Register(), std::string(kMaxMessageBytes + 1, ' ')).findings),
            "RX-301");
}

TEST(XmlMsgTest, RX302TheInstitutionHasTenDigits) {
  for (const std::string wrong : {"131123456", "131123456A"}) {
    EXPECT_EQ(RequestFault("1311234567", wrong), "RX-302 MessageHeader/MedicalInstitutionCode");
  }
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
  EXPECT_EQ(Faults(ReadRequest(Register(), "<Other/>").findings), "RX-308 XmlMsg");
}

TEST(XmlMsgTest, AllFaultsAreReportedAtOnceAndNoValue) {
  EXPECT_EQ(Faults(ReadRequest(Register(), "<XmlMsg><MessageHeader/></XmlMsg>").findings),
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
  Answer answer = ValidAnswer();
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
  const auto xml = WriteAnswer(Register(), answer);
  ASSERT_TRUE(xml.ok()) << xml.status();
  EXPECT_TRUE(SameAnswer(*ReadAnswer(Register(), *xml).answer, answer));
  Answer swapped = answer;
  std::swap(swapped.xml_findings, swapped.signature_findings);
  EXPECT_FALSE(SameAnswer(swapped, answer));
}

TEST(XmlMsgTest, RX310AFindingNamesItsCodeLineAndRecord) {
  Answer answer = ValidAnswer();
  answer.record_findings = {{"RX-129", national::Severity::kError, 17, "201.unit"}};
  const std::string xml = *WriteAnswer(Register(), answer);
  for (const char* element : {"<Code>RX129E<", "<Line>17<", "<Record>201<", "<Field>201.unit<"}) {
    EXPECT_NE(xml.find(element), std::string::npos) << element;
  }
  EXPECT_EQ(Faults(ReadAnswer(Register(), Replaced(xml, "<Line>17", "<Line>x")).findings),
            "RX-310 MessageBody/CsvCheckResultList/Finding/Line");
}

TEST(XmlMsgTest, RX311WhatCannotBeReadBackIsNotWritten) {
  Answer answer = ValidAnswer();
  answer.error_message = "\x01";
  EXPECT_FALSE(WriteAnswer(Register(), answer).ok());
  answer.error_message = " spaces ";
  EXPECT_FALSE(WriteAnswer(Register(), answer).ok());
  Request request = ValidRequest();
  request.header.institution = "13";
  EXPECT_FALSE(WriteRequest(Register(), request).ok());
  request = ValidRequest();
  request.fields["AccessCode"] = "123456";  // no field of a registration
  EXPECT_FALSE(WriteRequest(Register(), request).ok());
}

TEST(XmlMsgTest, RX521BothCharsetsAreReadAndWritten) {
  Answer answer = ValidAnswer();
  answer.header.character_code = CharacterCode::kShiftJis;
  answer.result_message = "髙橋〜①𠮷";  // CP932 lacks the last one and the wave dash
  const std::string xml = *WriteAnswer(Register(), answer);
  EXPECT_TRUE(absl::StrContains(xml, "encoding=\"Shift_JIS\""));
  EXPECT_TRUE(absl::StrContains(xml, "&#x20BB7;"));
  EXPECT_TRUE(national::Cp932ToUtf8(xml).ok());
  EXPECT_TRUE(SameAnswer(*ReadAnswer(Register(), xml).answer, answer));

  Request request{{"1311234567", "", CharacterCode::kShiftJis},
                  {{"AccessCode", "123456"}, {"InsuredCardSymbol", "記号～①"}}};
  const std::string asked = *WriteRequest(Accept(), request);
  EXPECT_FALSE(national::IsUtf8(asked));
  EXPECT_EQ(ReadRequest(Accept(), asked).request, request);
  for (const char* other : {"EUC-JP", "UTF-16", "no-such"}) {
    EXPECT_EQ(Faults(ReadRequest(Accept(), Replaced(asked, "Shift_JIS", other)).findings),
              "RX-521");
  }
  EXPECT_EQ(Faults(ReadRequest(Accept(), Replaced(asked, "Shift_JIS", "UTF-8")).findings),
            "RX-521");
}

TEST(XmlMsgTest, RX522AHeaderIsReadWhereTheBodyIsNot) {
  const std::string xml =
      Replaced(*WriteRequest(Register(), ValidRequest()), "<IssueType>1", "<IssueType>7");
  const RequestResult result = ReadRequest(Register(), xml);
  EXPECT_FALSE(result.request.has_value());
  EXPECT_EQ(result.header, ValidRequest().header);
  EXPECT_FALSE(ReadRequest(Register(), "<XmlMsg/>").header.has_value());
  EXPECT_EQ(ReadHeader("<XmlMsg><MessageHeader><MedicalInstitutionCode>1311234567"
                       "</MedicalInstitutionCode></MessageHeader></XmlMsg>")
                ->institution,
            "1311234567");
}

std::string AcceptFault(const std::string& element, const std::string& text) {
  const std::string xml = absl::StrCat(
      "<XmlMsg><MessageHeader><MedicalInstitutionCode>1311234567</MedicalInstitutionCode>"
      "<CharacterCodeIdentifier>1</CharacterCodeIdentifier></MessageHeader><MessageBody><",
      element, ">", text, "</", element, "></MessageBody></XmlMsg>");
  const Interface& interface = *FindInterface(element.starts_with("Target") ? 220 : 301);
  return Faults(ReadRequest(interface, xml).findings);
}

TEST(XmlMsgTest, RX523TextsAreShortAndOfOneLine) {
  EXPECT_EQ(AcceptFault("InsurerNumber", "01130012"), "");
  EXPECT_EQ(AcceptFault("InsurerNumber", std::string(257, '1')),
            "RX-523 MessageBody/InsurerNumber");
  EXPECT_EQ(AcceptFault("InsurerNumber", "1\n2"), "RX-523 MessageBody/InsurerNumber");
}

TEST(XmlMsgTest, RX524DaysExist) {
  Answer answer = ValidAnswer();
  answer.fields["ExpirationDate"] = "20260229";
  EXPECT_FALSE(WriteAnswer(Register(), answer).ok());
  answer.fields["ExpirationDate"] = "20240229";
  EXPECT_TRUE(WriteAnswer(Register(), answer).ok());
  EXPECT_EQ(Faults(ReadAnswer(Register(),
                              Replaced(*WriteAnswer(Register(), answer), "20240229", "20260229"))
                       .findings),
            "RX-524 MessageBody/ExpirationDate");
}

TEST(XmlMsgTest, RX525ADigestHas64HexadecimalDigits) {
  EXPECT_EQ(AcceptFault("TargetFileDigest", std::string(64, 'a')), "");
  EXPECT_EQ(AcceptFault("TargetFileDigest", std::string(63, 'a')),
            "RX-525 MessageBody/TargetFileDigest");
  EXPECT_EQ(AcceptFault("TargetFileDigest", std::string(64, 'g')),
            "RX-525 MessageBody/TargetFileDigest");
}

TEST(XmlMsgTest, RX526AFlagIsOneOrTwo) {
  const Interface& status = *FindInterface(217);
  Answer answer = ValidAnswer();
  answer.fields = {{"MessageFlg", "2"}};
  const std::string xml = *WriteAnswer(status, answer);
  EXPECT_EQ(Faults(ReadAnswer(status, Replaced(xml, "<MessageFlg>2", "<MessageFlg>0")).findings),
            "RX-526 MessageBody/MessageFlg");
}

// A text that has each form.
std::string Sample(Form form) {
  switch (form) {
    case Form::kBase64:
      return "<Document/>";
    case Form::kIssueType:
    case Form::kFlag:
      return "1";
    case Form::kAccessCode:
      return "123456";
    case Form::kDay:
      return "20260512";
    case Form::kDigest:
      return std::string(64, 'a');
    default:
      return "x";
  }
}

Fields Samples(std::span<const Field> fields) {
  Fields samples;
  for (const Field& field : fields) samples[field.name] = Sample(field.form);
  return samples;
}

TEST(XmlMsgTest, EveryInterfaceIsWrittenAndReadInBothCharsets) {
  for (const Interface& interface : Interfaces()) {
    for (const auto charset : {CharacterCode::kUtf8, CharacterCode::kShiftJis}) {
      const Request request{{"1311234567", "f", charset}, Samples(interface.request)};
      EXPECT_EQ(ReadRequest(interface, *WriteRequest(interface, request)).request, request)
          << interface.id;
      Answer answer;
      answer.header = request.header;
      answer.fields = Samples(interface.response);
      if (interface.rows.list != nullptr) answer.rows.assign(2, Samples(interface.rows.fields));
      EXPECT_TRUE(
          SameAnswer(*ReadAnswer(interface, *WriteAnswer(interface, answer)).answer, answer))
          << interface.id;
    }
  }
}

RC_GTEST_PROP(XmlMsgTest, AnyPrescriptionBytesComeBack, (const std::string& bytes)) {
  RC_PRE(!bytes.empty());
  Request request = ValidRequest();
  request.fields["PrescriptionInfo"] = bytes;
  RC_ASSERT(ReadRequest(Register(), *WriteRequest(Register(), request)).request == request);
}

RC_GTEST_PROP(XmlMsgTest, ByteFlipsAreSurvived, ()) {
  std::string xml = *WriteAnswer(Register(), ValidAnswer());
  for (int i = *rc::gen::inRange(1, 10); i > 0; --i) {
    xml[*rc::gen::inRange<size_t>(0, xml.size())] = *rc::gen::arbitrary<char>();
  }
  (void)ReadAnswer(Register(), xml);
  (void)ReadRequest(Register(), xml);
}

TEST(XmlMsgTest, NoTruncationIsAccepted) {
  const std::string request = *WriteRequest(Register(), ValidRequest());
  const std::string answer = *WriteAnswer(Register(), ValidAnswer());
  for (size_t size = 0; size < request.rfind('>'); ++size) {
    EXPECT_FALSE(ReadRequest(Register(), request.substr(0, size)).request.has_value()) << size;
  }
  for (size_t size = 0; size < answer.rfind('>'); ++size) {
    EXPECT_FALSE(ReadAnswer(Register(), answer.substr(0, size)).answer.has_value()) << size;
  }
}

// What a damaged message still says is written and read as any other message.
TEST(XmlMsgTest, ChangedBytesAreRefusedOrReadAsAWhole) {
  const std::string request = *WriteRequest(Register(), ValidRequest());
  const std::string answer = *WriteAnswer(Register(), ValidAnswer());
  for (const char flip : {'\x01', '\x06', '\x20', '\x80', '\xFF'}) {
    for (size_t at = 0; at < request.size(); ++at) {
      std::string changed = request;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const RequestResult read = ReadRequest(Register(), changed);
      if (!read.request) continue;
      const auto written = WriteRequest(Register(), *read.request);
      ASSERT_TRUE(written.ok()) << at;
      EXPECT_EQ(ReadRequest(Register(), *written).request, *read.request) << at;
    }
    for (size_t at = 0; at < answer.size(); ++at) {
      std::string changed = answer;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const AnswerResult read = ReadAnswer(Register(), changed);
      if (!read.answer) continue;
      const auto written = WriteAnswer(Register(), *read.answer);
      ASSERT_TRUE(written.ok()) << at;
      EXPECT_TRUE(SameAnswer(*ReadAnswer(Register(), *written).answer, *read.answer)) << at;
    }
  }
}

TEST(XmlMsgTest, ARequestIsNoAnswerAndAnAnswerNoRequest) {
  EXPECT_FALSE(
      ReadAnswer(Register(), *WriteRequest(Register(), ValidRequest())).answer.has_value());
  EXPECT_FALSE(
      ReadRequest(Register(), *WriteAnswer(Register(), ValidAnswer())).request.has_value());
}

RC_GTEST_PROP(XmlMsgTest, GarbageIsRefused, (const std::string& bytes)) {
  for (const std::string& xml : {bytes, absl::StrCat("<XmlMsg>", bytes, "</XmlMsg>")}) {
    RC_ASSERT(!ReadRequest(Register(), xml).findings.empty());
    RC_ASSERT(!ReadAnswer(Register(), xml).findings.empty());
  }
}

}  // namespace
}  // namespace tsunagu::prescription::envelope
