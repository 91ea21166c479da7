#include "services/eligibility/oqs/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/match.h"
#include "services/eligibility/oqs/samples.h"

namespace tsunagu::eligibility::oqs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> Found(const std::string& xml) { return Texts(ReadAnswer(xml).findings); }

TEST(AnswerTest, ReadsTheValidSample) {
  const AnswerResult result = ReadAnswer(ValidAnswerSample());
  EXPECT_THAT(Texts(result.findings), IsEmpty());
  ASSERT_TRUE(result.answer.has_value());
  EXPECT_EQ(result.answer->validity, Validity::kValid);
  EXPECT_EQ(result.answer->process_execution_time, "20260512093015");
  EXPECT_EQ(result.answer->search.arbitrary_identifier, "K00001");
  ASSERT_EQ(result.answer->results.size(), 1u);
  const Qualification& q = result.answer->results[0];
  EXPECT_EQ(q.identity, (national::InsuredIdentity{"01130012", "12345678", "10", "00"}));
  EXPECT_EQ(q.name, "合成　一郎");
  EXPECT_EQ(q.contribution_ratio, "030");
  EXPECT_EQ(q.limit.flag, "A03");
  EXPECT_EQ(q.limit.valid_to, absl::CivilDay(2026, 7, 31));
  EXPECT_EQ(q.expires, std::nullopt) << "an absent end means no known end";
}

TEST(AnswerTest, ReadsTheInvalidSample) {
  const AnswerResult result = ReadAnswer(InvalidAnswerSample());
  EXPECT_THAT(Texts(result.findings), IsEmpty());
  EXPECT_EQ(result.answer->validity, Validity::kInvalidNewerExists);
  EXPECT_THAT(result.answer->results, IsEmpty());
}

TEST(AnswerTest, SamplesComeBackThroughTheWriter) {
  for (const std::string& xml : {ValidAnswerSample(), InvalidAnswerSample()}) {
    const Answer answer = *ReadAnswer(xml).answer;
    EXPECT_EQ(*ReadAnswer(*WriteAnswer(answer)).answer, answer);
  }
}

TEST(AnswerTest, EveryFieldComesBackInBothEncodings) {
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kShiftJis}) {
    Answer answer = FullAnswer();
    answer.encoding = encoding;
    const auto xml = WriteAnswer(answer);
    ASSERT_TRUE(xml.ok()) << xml.status();
    const AnswerResult result = ReadAnswer(*xml);
    EXPECT_THAT(Texts(result.findings), IsEmpty());
    ASSERT_TRUE(result.answer.has_value());
    EXPECT_EQ(*result.answer, answer);
  }
}

TEST(AnswerTest, TheDeclarationAndTheIdentifierTellTheEncoding) {
  Answer answer = FullAnswer();
  EXPECT_THAT(*WriteAnswer(answer), HasSubstr("encoding=\"UTF-8\""));
  EXPECT_THAT(*WriteAnswer(answer), HasSubstr("<CharacterCodeIdentifier>0<"));
  answer.encoding = Encoding::kShiftJis;
  EXPECT_THAT(*WriteAnswer(answer), HasSubstr("encoding=\"Shift_JIS\""));
  EXPECT_THAT(*WriteAnswer(answer), HasSubstr("<CharacterCodeIdentifier>1<"));
}

TEST(AnswerTest, InsurersArePaddedAndTheEchoIsAsWritten) {
  Answer answer = FullAnswer();
  answer.search.identity.insurer = "00138057";
  const std::string xml = *WriteAnswer(answer);
  EXPECT_THAT(xml, HasSubstr("<InsurerNumber>  138057<"));
  EXPECT_THAT(xml, HasSubstr("<InsurerNumber>00138057<"));
  EXPECT_THAT(xml, HasSubstr("<InsuredCardSymbol>０２－０２<"));
}

TEST(AnswerTest, EmptyFieldsAreLeftOut) {
  Answer answer;
  answer.institution_code = "1319999913";
  answer.segment_of_result = "2";
  const std::string xml = *WriteAnswer(answer);
  for (const char* absent : {"QualificationValidity", "ResultList", "SearchInfo", "ErrorCode"}) {
    EXPECT_THAT(xml, Not(HasSubstr(absent)));
  }
  EXPECT_EQ(*ReadAnswer(xml).answer, answer);
}

TEST(AnswerTest, RefusesToWriteWhatCannotBeCarried) {
  Answer answer = FullAnswer();
  answer.results[0].name = "a\x01";
  EXPECT_EQ(WriteAnswer(answer).status().message(), "XML cannot carry the text of Name");
  answer.results[0].name = "\xFF";
  EXPECT_FALSE(WriteAnswer(answer).ok());
  answer.results[0].name = "\xEF\xBF\xBF";
  EXPECT_FALSE(WriteAnswer(answer).ok());
  answer.results[0].name = "😀";
  EXPECT_TRUE(WriteAnswer(answer).ok());
  answer.encoding = Encoding::kShiftJis;
  EXPECT_FALSE(WriteAnswer(answer).ok());
}

TEST(AnswerTest, RefusesToWriteTooManyResults) {
  Answer answer = FullAnswer();
  answer.results.resize(kMaxResults + 1, answer.results[0]);
  EXPECT_FALSE(WriteAnswer(answer).ok());
}

TEST(AnswerTest, ElementOrderDoesNotMatter) {
  std::string xml = ValidAnswerSample();
  xml = With(xml, "<Name>合成　一郎</Name>", "");
  xml = With(xml, "<InsuredCardClassification>",
             "<Name>合成　一郎</Name><InsuredCardClassification>");
  EXPECT_EQ(*ReadAnswer(xml).answer, *ReadAnswer(ValidAnswerSample()).answer);
}

struct Change {
  const char* from;
  const char* to;
  const char* finding;
};

// EL-104 EL-105 EL-106 EL-108 EL-110 EL-111 EL-112
TEST(AnswerTest, EachBrokenRuleGivesExactlyItsFinding) {
  const std::string result = "ResultOfQualificationConfirmation.";
  const std::pair<Change, std::string> kChanges[] = {
      {{">20260512093015<", ">20260512253015<", "EL-106:4:"}, "MessageHeader.ProcessExecutionTime"},
      {{"Result>1<", "Result>3<", "EL-110:9:"}, "MessageHeader.SegmentOfResult"},
      {{"Result>1<", "Result><", "EL-105:9:"}, "MessageHeader.SegmentOfResult"},
      {{"Identifier>0<", "Identifier>2<", "EL-110:10:"}, "MessageHeader.CharacterCodeIdentifier"},
      {{"Status>1<", "Status>3<", "EL-110:13:"}, "MessageBody.ProcessingResultStatus"},
      {{"Validity>1<", "Validity>6<", "EL-110:14:"}, "MessageBody.QualificationValidity"},
      {{"Classification>01<", "Classification>09<", "EL-110:25:"},
       result + "InsuredCardClassification"},
      {{"Sex1>1<", "Sex1>4<", "EL-110:34:"}, result + "Sex1"},
      {{">030<", ">130<", "EL-106:40:"}, result + "InsuredPartialContributionRatio"},
      {{"<MessageHeader>", "<MessageHeader/><MessageHeader>", "EL-108:3:"}, "XmlMsg.MessageHeader"},
      {{"</InsuredCardValidDate>",
        "</InsuredCardValidDate><InsuredCardExpirationDate>20240331</InsuredCardExpirationDate>",
        "EL-112:39:"},
       result + "InsuredCardExpirationDate"},
  };
  for (const auto& [c, field] : kChanges) {
    std::vector<std::string> found = Found(With(ValidAnswerSample(), c.from, c.to));
    if (absl::StartsWith(c.finding, "EL-108")) found.resize(1);  // the first one lacks its elements
    EXPECT_THAT(found, ElementsAre(c.finding + field)) << c.from << c.to;
  }
}

// EL-111
TEST(AnswerTest, AValidQualificationNeedsItsResult) {
  EXPECT_THAT(Found(With(InvalidAnswerSample(), "Validity>3<", "Validity>1<")),
              ElementsAre("EL-111:12:ResultList"));
}

// EL-113
TEST(AnswerTest, TooManyResultsAreRefused) {
  const std::string one =
      "<ResultOfQualificationConfirmation>"
      "<InsurerNumber>138057</InsurerNumber><InsuredIdentificationNumber>1"
      "</InsuredIdentificationNumber></ResultOfQualificationConfirmation>";
  std::string many;
  for (size_t i = 0; i <= kMaxResults; ++i) many += one;
  EXPECT_THAT(Found(With(ValidAnswerSample(), "<ResultList>", "<ResultList>" + many)),
              ElementsAre("EL-113:23:ResultList"));
}

// EL-104
TEST(AnswerTest, OtherDocumentsAreRefused) {
  EXPECT_THAT(Found("<a/>"), ElementsAre("EL-104:1:XmlMsg"));
  EXPECT_THAT(Found("<XmlMsg/>"), ElementsAre("EL-104:1:XmlMsg.MessageHeader"));
}

TEST(AnswerTest, HalfWrittenFilesAreRefused) {
  const std::string xml = ValidAnswerSample();
  for (size_t size = 0; size + 2 < xml.size(); ++size) {
    EXPECT_FALSE(ReadAnswer(xml.substr(0, size)).answer.has_value()) << size;
  }
}

RC_GTEST_PROP(AnswerProperty, AnyNameComesBack, (bool shift_jis)) {
  Answer answer = FullAnswer();
  answer.encoding = shift_jis ? Encoding::kShiftJis : Encoding::kUtf8;
  const auto part = rc::gen::element<std::string>("<", "&", ">", "\"", "'", "髙", "ﾅ", "～", "　",
                                                  "x", "]]>", "&amp;");
  std::string name = "n";
  for (const std::string& p : *rc::gen::container<std::vector<std::string>>(part)) name += p;
  answer.results[0].name = name;
  answer.validity = static_cast<Validity>(*rc::gen::inRange(1, 6));
  const auto xml = WriteAnswer(answer);
  RC_ASSERT(xml.ok());
  const AnswerResult result = ReadAnswer(*xml);
  RC_ASSERT(result.answer.has_value());
  RC_ASSERT(*result.answer == answer);
}

RC_GTEST_PROP(AnswerProperty, FlippedBytesNeverCrash, (uint32_t at, uint8_t value)) {
  static const auto* const kSample = new std::string(ValidAnswerSample());
  std::string xml = *kSample;
  xml[at % xml.size()] = static_cast<char>(value);
  ReadAnswer(xml);
}

// What a damaged answer still says can be passed on, and says the same.
TEST(AnswerTest, ChangedBytesAreRefusedOrReadAsAWhole) {
  for (const std::string& xml : {ValidAnswerSample(), InvalidAnswerSample()}) {
    for (size_t at = 0; at < xml.size(); ++at) {
      for (const char flip : {'\x01', '\x06', '\x80', '\xFF'}) {
        std::string changed = xml;
        changed[at] = static_cast<char>(changed[at] ^ flip);
        const AnswerResult result = ReadAnswer(changed);
        ASSERT_EQ(result.answer.has_value(), !national::HasErrors(result.findings)) << at;
        if (!result.answer.has_value()) continue;
        const auto written = WriteAnswer(*result.answer);
        ASSERT_TRUE(written.ok()) << at;
        const AnswerResult again = ReadAnswer(*written);
        ASSERT_TRUE(again.answer.has_value()) << at;
        EXPECT_EQ(*again.answer, *result.answer) << at;
      }
    }
  }
}

}  // namespace
}  // namespace tsunagu::eligibility::oqs
