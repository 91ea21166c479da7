#include "services/prescription/envelope/message_kind.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace tsunagu::prescription::envelope {
namespace {

// "201 request", "201 answer"; empty for none.
std::string Words(const std::optional<MessageKind>& kind) {
  if (!kind.has_value()) return "";
  return absl::StrCat(kind->interface->id, kind->is_answer ? " answer" : " request");
}

std::string Message(absl::string_view body) {
  return absl::StrCat(
      "<?xml version=\"1.0\"?>\n<XmlMsg><MessageHeader><MedicalInstitutionCode>1311234567"
      "</MedicalInstitutionCode></MessageHeader><MessageBody>",
      body, "</MessageBody></XmlMsg>");
}

// CL-040
TEST(MessageKindTest, EveryInterfaceIsKnownByTheNamesOfItsFiles) {
  for (const Interface& interface : Interfaces()) {
    EXPECT_EQ(Words(KindByName(absl::StrCat(interface.name, "req_20260601.xml"))),
              absl::StrCat(interface.id, " request"));
    EXPECT_EQ(Words(KindByName(absl::StrCat(interface.name, "res_20260601.xml"))),
              absl::StrCat(interface.id, " answer"));
  }
}

// CL-040
TEST(MessageKindTest, OtherNamesAreNobodys) {
  for (const char* name : {"", "ESPsiPIR01req", "ESPsiPIR01_1.xml", "ESPsiPIR01request_1.xml",
                           "OQSsiquc01req_1.xml", "x_ESPsiPIR01req_1.xml"}) {
    EXPECT_EQ(Words(KindByName(name)), "") << name;
  }
}

// CL-040
TEST(MessageKindTest, ElementsTellTheInterface) {
  const struct {
    const char* body;
    const char* words;
  } kCases[] = {
      {"<IssueType>1</IssueType><PrescriptionInfo>eA==</PrescriptionInfo>", "201 request"},
      {"<IssueType>1</IssueType>", "201 request"},  // what is missing is its check's to say
      {"<PrescriptionId>a</PrescriptionId>", "203 request"},  // or 207, 209, 303, ...
      {"<PrescriptionId>a</PrescriptionId><IssueType>1</IssueType><PrescriptionInfo/>",
       "205 request"},
      {"<e:AccessCode>123456</e:AccessCode><e:InsurerNumber>01130012</e:InsurerNumber>",
       "301 request"},
      {"<PrescriptionId>a</PrescriptionId><DispensingInfo\n/>", "307 request"},
      {"<ProcessingResultStatus>1</ProcessingResultStatus><PrescriptionId>a</PrescriptionId>"
       "<AccessCode>123456</AccessCode><ExpirationDate>20260604</ExpirationDate>",
       "201 answer"},
      {"<ProcessingResultStatus>1</ProcessingResultStatus><PrescriptionCopyPdf>eA==", "211 answer"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Words(KindByContent(Message(c.body))), c.words) << c.body;
}

// CL-040
TEST(MessageKindTest, WhereNoElementIsOfTheTableItIsNoneOfOurs) {
  for (const std::string& xml : {std::string(), Message(""), Message("<Unknown>x</Unknown>"),
                                 std::string("<XmlMsg"), std::string("<")}) {
    EXPECT_EQ(Words(KindByContent(xml)), "") << xml;
  }
}

RC_GTEST_PROP(MessageKindTest, AnyBytesGiveAnInterfaceOrNone, ()) {
  const auto kind = KindByContent(Message(*rc::gen::arbitrary<std::string>()));
  RC_ASSERT(!kind.has_value() || kind->interface != nullptr);
}

}  // namespace
}  // namespace tsunagu::prescription::envelope
