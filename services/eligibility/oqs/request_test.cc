#include "services/eligibility/oqs/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "services/eligibility/oqs/samples.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::eligibility::oqs {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Found(const std::string& xml) { return Texts(ReadRequest(xml).findings); }

TEST(RequestTest, ReadsTheSample) {
  const RequestResult result = ReadRequest(RequestSample());
  EXPECT_THAT(Texts(result.findings), IsEmpty());
  ASSERT_TRUE(result.request.has_value());
  EXPECT_EQ(result.request->institution_code, "1319999913");
  EXPECT_EQ(result.request->confirmation_date, absl::CivilDay(2026, 5, 12));
  EXPECT_EQ(result.request->file_identifier, "20260512000001");
  EXPECT_EQ(result.request->identity,
            (national::InsuredIdentity{"01130012", "12345678", "10", "00"}));
  EXPECT_EQ(result.request->birth_date, absl::CivilDay(1970, 4, 15));
  EXPECT_EQ(result.request->search.limit_consent, "1");
  EXPECT_EQ(result.request->search.arbitrary_identifier, "K00001");
}

TEST(RequestTest, KeepsTheSearchAsWrittenForTheEcho) {
  const auto request = ReadRequest(With(RequestSample(), ">01130012<", ">  138057<")).request;
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->search.identity.insurer, "  138057");
  EXPECT_EQ(request->search.identity.symbol, "１２３４５６７８");
  EXPECT_EQ(request->identity.insurer, "138057");
}

TEST(RequestTest, ReadsShiftJis) {
  const std::string xml = With(RequestSample(), "UTF-8", "Shift_JIS");
  const auto request = ReadRequest(*national::Utf8ToCp932(xml)).request;
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->identity.symbol, "12345678");
}

TEST(RequestTest, SymbolBranchAndIdentifiersAreOptional) {
  std::string xml = RequestSample();
  for (const char* line : {"<InsuredCardSymbol>１２３４５６７８</InsuredCardSymbol>",
                           "<InsuredBranchNumber>00</InsuredBranchNumber>",
                           "<ArbitraryIdentifier>K00001</ArbitraryIdentifier>",
                           "<ArbitraryFileIdentifier>20260512000001</ArbitraryFileIdentifier>",
                           "<LimitApplicationCertificateRelatedConsFlg>1</"
                           "LimitApplicationCertificateRelatedConsFlg>"}) {
    xml = With(xml, line, "");
  }
  EXPECT_THAT(Found(xml), IsEmpty());
}

TEST(RequestTest, UnknownElementsAreIgnored) {
  EXPECT_THAT(Found(With(RequestSample(), "<MessageBody>", "<New><X/></New><MessageBody>")),
              IsEmpty());
}

struct Change {
  const char* from;
  const char* to;
  const char* finding;
};

// EL-104 EL-105 EL-106 EL-107 EL-108 EL-110
TEST(RequestTest, EachBrokenRuleGivesExactlyItsFinding) {
  const Change kChanges[] = {
      {">20260512<", "><", "EL-105:4:MessageHeader.QualificationConfirmationDate"},
      {">20260512<", ">20260231<", "EL-106:4:MessageHeader.QualificationConfirmationDate"},
      {">1319999913<", "> <", "EL-105:5:MessageHeader.MedicalInstitutionCode"},
      {">1319999913<", ">13199999<", "EL-106:5:MessageHeader.MedicalInstitutionCode"},
      {">01130012<", "><", "EL-105:10:QualificationConfirmSearchInfo.InsurerNumber"},
      {">01130012<", ">0113001<", "EL-106:10:QualificationConfirmSearchInfo.InsurerNumber"},
      {">01130012<", ">0113001x<", "EL-106:10:QualificationConfirmSearchInfo.InsurerNumber"},
      {">01130012<", ">01130013<", "EL-107:10:QualificationConfirmSearchInfo.InsurerNumber"},
      {">１０<", "><", "EL-105:12:QualificationConfirmSearchInfo.InsuredIdentificationNumber"},
      {">00<", ">x1<", "EL-106:13:QualificationConfirmSearchInfo.InsuredBranchNumber"},
      {">19700415<", "><", "EL-105:14:QualificationConfirmSearchInfo.Birthdate"},
      {">19700415<", ">3450415<", "EL-106:14:QualificationConfirmSearchInfo.Birthdate"},
      {"Flg>1<", "Flg>2<",
       "EL-110:15:QualificationConfirmSearchInfo.LimitApplicationCertificateRelatedConsFlg"},
      {"<Birthdate>", "<Birthdate/><Birthdate>",
       "EL-108:14:QualificationConfirmSearchInfo.Birthdate"},
  };
  for (const Change& c : kChanges) {
    std::vector<std::string> found = Found(With(RequestSample(), c.from, c.to));
    if (absl::string_view(c.finding).substr(0, 6) == "EL-108") found.resize(1);
    EXPECT_THAT(found, ElementsAre(c.finding)) << c.from << c.to;
  }
}

// EL-107
TEST(RequestTest, AWrongCheckDigitIsOnlyAWarning) {
  EXPECT_TRUE(ReadRequest(With(RequestSample(), ">01130012<", ">01130013<")).request.has_value());
}

// EL-104
TEST(RequestTest, MissingGroupsAreNamed) {
  EXPECT_THAT(Found("<XmlMsg/>"),
              ElementsAre("EL-104:1:XmlMsg.MessageHeader", "EL-104:1:XmlMsg.MessageBody"));
  EXPECT_THAT(Found("<Other/>"), ElementsAre("EL-104:1:XmlMsg"));
}

// EL-109
TEST(RequestTest, LongTextIsRefused) {
  EXPECT_THAT(Found(With(RequestSample(), "K00001", std::string(1025, 'K'))),
              ElementsAre("EL-109:16:QualificationConfirmSearchInfo.ArbitraryIdentifier"));
}

TEST(RequestTest, FindingsHoldNoValues) {
  for (const auto& finding : ReadRequest(With(RequestSample(), "01130012", "SECRET")).findings) {
    EXPECT_EQ((finding.field + finding.text_ja + finding.text_en).find("SECRET"),
              std::string::npos);
  }
}

TEST(RequestTest, TruncationsAreRefused) {
  const std::string xml = RequestSample();
  for (size_t size = 0; size + 2 < xml.size(); ++size) {
    EXPECT_FALSE(ReadRequest(xml.substr(0, size)).request.has_value()) << size;
  }
}

RC_GTEST_PROP(RequestProperty, FlippedBytesNeverCrash, (uint32_t at, uint8_t value)) {
  static const auto* const kSample = new std::string(RequestSample());
  std::string xml = *kSample;
  xml[at % xml.size()] = static_cast<char>(value);
  const RequestResult result = ReadRequest(xml);
  RC_ASSERT(result.request.has_value() == !national::HasErrors(result.findings));
}

}  // namespace
}  // namespace tsunagu::eligibility::oqs
