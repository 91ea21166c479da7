#include "tools/cli/recognise.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "absl/strings/string_view.h"
#include "services/platform/status/error.h"

namespace tsunagu::cli {
namespace {

TEST(Recognise, ByContent) {
  const struct {
    const char* bytes;
    Format format;
  } kCases[] = {
      {"IR,1,13,1,1234567,,x\r\n", Format::kReceipt},
      {"RE,1,1112,202605\n", Format::kReceipt},  // its header is missing
      {"UK,1,13,3,1234567,,x\r\n", Format::kReceipt},
      {"YK,1,13,4,1234567,,x\r\n", Format::kReceipt},
      {"SJ1\n1,1,1234567,13,x\n", Format::kRecord},
      {"CJ1\n", Format::kRecord},
      {"JAHIS10\r\n", Format::kRecord},
      {"SJ9\n", Format::kRecord},  // its check says that the version is unknown
      {"<?xml version=\"1.0\"?><Document><Prescription/></Document>", Format::kPrescription},
      {"\xef\xbb\xbf\n<Document><Dispensing><ReferencePrescription/></Dispensing></Document>",
       Format::kDispensing},
      {"<XmlMsg><MessageHeader/></XmlMsg>", Format::kEligibilityRequest},
      {"<XmlMsg><ProcessExecutionTime/></XmlMsg>", Format::kEligibilityAnswer},
      {"<XmlMsg><QualificationConfirmSearchInfo><InsurerNumber/></QualificationConfirmSearchInfo>",
       Format::kEligibilityRequest},
      {"<XmlMsg><IssueType/><PrescriptionInfo/></XmlMsg>", Format::kPrescriptionRequest},
      {"<XmlMsg><SegmentOfResult/><AccessCode/></XmlMsg>", Format::kPrescriptionAnswer},
      {"InsurerNumber,InsuredCardSymbol\n", Format::kInsurerFile},
      {"\xef\xbb\xbfName,InsurerNumber\n", Format::kInsurerFile},
      {"\"0\",\"Y\",\"620007818\",\"14\"\r\n", Format::kDrugMaster},
      {"5,Y,610408632,,\n", Format::kDrugMaster},
  };
  for (const auto& c : kCases) {
    EXPECT_STREQ(FormatName(Recognise("x", c.bytes)), FormatName(c.format)) << c.bytes;
  }
}

// CL-040
TEST(Recognise, AMessageOfPrescriptionsByTheNameOfItsFile) {
  const char kEmpty[] = "<XmlMsg><MessageHeader/></XmlMsg>";
  EXPECT_EQ(Recognise("EPSif213req_1.xml", kEmpty), Format::kPrescriptionRequest);
  EXPECT_EQ(Recognise("ESPsiPIR01res_1.xml", kEmpty), Format::kPrescriptionAnswer);
  EXPECT_EQ(Recognise("OQSsiquc01req_1.xml", kEmpty), Format::kEligibilityRequest);
}

TEST(Recognise, WhatIsNothingOfOurs) {
  for (const char* bytes :
       {"", " ", "hello", "<html/>", "<Document/>", "a,b\n1,2\n", "\xff\xfe", "{}"}) {
    EXPECT_EQ(Recognise("x.txt", bytes), Format::kUnknown) << bytes;
  }
}

TEST(Recognise, NationalFormatsThatAreNotReadHereHaveAName) {
  const struct {
    const char* bytes;
    const char* name;
  } kCases[] = {
      {"<XmlMsg><MessageHeader><QuaInf><Name/></QuaInf></MessageHeader></XmlMsg>",
       "answer with medication or treatments"},
      {"<?xml version=\"1.0\"?>\n<ClinicalDocument/>", "HL7 CDA, such as health checkups"},
      {"\xef\xbb\xbf"
       "FORM_0900_2021\r\n",
       "LIFE"},
      {"hello", ""},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Recognise("x", c.bytes), Format::kUnknown) << c.bytes;
    EXPECT_EQ(ForeignFormat(c.bytes).en, c.name) << c.bytes;
  }
}

// CL-019
TEST(CheckFormat, SaysWhatAFileIsAndWhatIsWanted) {
  constexpr Format kWanted[] = {Format::kPrescription, Format::kDispensing};
  EXPECT_TRUE(CheckFormat("a/x", "<Document><Prescription/></Document>", kWanted).ok());
  const struct {
    const char* bytes;
    const char* is;
  } kCases[] = {
      {"SJ1\n", "it is a record (SJ1, CJ1 or JAHIS); wanted is a prescription XML or a dispensing"},
      {"", "it is an empty file"},
      {"hello", "it is a file of no format"},
      {"PK\x03\x04", "it is ZIP"},
  };
  for (const auto& c : kCases) {
    const absl::Status status = CheckFormat("a/x", c.bytes, kWanted);
    EXPECT_EQ(ReasonOf(status), "OTHER_KIND_OF_FILE");
    EXPECT_EQ(RuleOf(status), "CL-019");
    EXPECT_NE(status.message().find(c.is), absl::string_view::npos) << status;
  }
}

TEST(Recognise, CarePlansByTheirName) {
  EXPECT_EQ(Recognise("UP1KYO_1370000001_43_1370000002_11_20260825101530.CSV", "1,2\n"),
            Format::kCarePlan);
  EXPECT_EQ(Recognise("UP1KYO_wrong.CSV", "1,2\n"), Format::kCarePlan);
  EXPECT_EQ(Recognise("upload.txt", "1,2\n"), Format::kUnknown);
}

TEST(Recognise, ReceiptsByTheirNameWhenTheHeaderIsBroken) {
  EXPECT_EQ(Recognise("RECEIPTC.UKE", "RE,1\n"), Format::kReceipt);
  EXPECT_EQ(Recognise("receipty.cyo", ""), Format::kReceipt);
}

RC_GTEST_PROP(Recognise, AnyBytesHaveAnAnswer,
              (const std::string& name, const std::string& bytes)) {
  RC_ASSERT(FormatName(Recognise(name, bytes)) != nullptr);
}

}  // namespace
}  // namespace tsunagu::cli
