#include "services/prescription/record/check_structure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::All;
using testing::Change;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::ValidCj1;
using testing::ValidSj1;

std::vector<std::string> Findings(absl::string_view bytes) {
  return All(CheckRecordFile(bytes, nullptr).findings);
}

struct Broken {
  const char* from;
  const char* to;
  std::vector<std::string> findings;
};

// Each change of the valid text breaks one rule, and that one only.
TEST(CheckStructureTest, EachBrokenStructureGivesItsFinding) {
  const Broken kBroken[] = {
      {"SJ1\n", "SJ2\n", {"RX-100@1"}},
      {"12,2\n", "12,2\n999,1\n", {"RX-106@9"}},
      {"12,2\n", "12,2\n\n", {"RX-106@9"}},
      {"12,2\n", "012,2\n", {"RX-106@8", "RX-110@0 12"}},
      {"１日１回朝食後", "１日１回,朝食後", {"RX-107@19 111"}},
      {"101,1,1,,14\n", "521,1,1,\n101,1,1,,14\n", {"RX-108@14 521"}},
      {"51,20260510\n", "", {"RX-110@0 51"}},
      {"22,01130012\n", "", {"RX-110@0 22"}},
      {"12,2\n", "12,2\n12,2\n", {"RX-111@9 12"}},
      {"12,2\n13,19600606\n", "13,19600606\n12,2\n", {"RX-112@9 12"}},
      {"12,2\n", "301,1,,x\n12,2\n", {"RX-112@9 12"}},
      {"101,2,1,,7\n111,2,3", "101,3,1,,7\n111,2,3", {"RX-113@18 101"}},
      {"101,2,1,,7\n", "", {"RX-114@18 101"}},
      {"101,2,1,,7\n", "101,2,1,,7\n101,2,1,,7\n", {"RX-114@19 101"}},
      {"111,2,3,1011000400000000,１日１回朝食後,1\n", "", {"RX-115@18 111"}},
      {"201,1,2,1,7", "201,1,1,1,7", {"RX-117@17 201.seq"}},
      {"101,2,1,,7\n", "241,1,3,1,\n101,2,1,,7\n", {"RX-112@18 241", "RX-118@18 241"}},
  };
  for (const Broken& broken : kBroken) {
    std::string text = Change(ValidSj1(), broken.from, broken.to);
    // A gap in the RP numbers: the other records of that RP move with it.
    if (broken.findings[0] == "RX-113@18 101") {
      text = Change(Change(text, "111,2,3", "111,3,3"), "201,2,1,1", "201,3,1,1");
    }
    EXPECT_EQ(Findings(text), broken.findings) << broken.to;
  }
}

TEST(CheckStructureTest, RX116AnRpNeedsADrug) {
  EXPECT_THAT(Findings(ValidSj1() + "101,3,1,,7\n111,3,3,1011000400000000,朝食後,1\n"),
              ElementsAre("RX-116@21 101"));
}

TEST(CheckStructureTest, RX110AFileNeedsAnRp) {
  const std::string text = ValidSj1();
  EXPECT_THAT(Findings(absl::string_view(text).substr(0, text.find("101,1,1"))),
              ElementsAre("RX-110@0 101"));
}

TEST(CheckStructureTest, RX119SequenceNumbersAreUnique) {
  EXPECT_THAT(Findings(Change(ValidSj1(), "101,1,1,", "81,1,,甲\n81,1,,乙\n101,1,1,")),
              ElementsAre("RX-119@15 81.seq"));
  EXPECT_THAT(Findings(ValidSj1() + "281,2,1,1,3,甲\n281,2,1,1,4,乙\n"),
              ElementsAre("RX-119@22 281.supplement_seq"));
  EXPECT_THAT(Findings(ValidSj1() + "281,2,1,1,3,甲\n281,2,1,2,4,乙\n"), IsEmpty());
}

TEST(CheckStructureTest, RX111DetailsStandOncePerDrug) {
  EXPECT_THAT(Findings(ValidSj1() + "211,2,1,10\n211,2,1,10\n"), ElementsAre("RX-111@22 211"));
}

TEST(CheckStructureTest, RX112AnRpDoesNotContinueAfterAnother) {
  EXPECT_THAT(Findings(ValidSj1() + "281,1,2,1,3,甲\n"), ElementsAre("RX-112@21 281"));
}

TEST(CheckStructureTest, RX112DetailsFollowTheirOwnDrug) {
  const std::string text = Change(ValidSj1(), "101,2,1,,7\n", "281,1,1,1,3,甲\n101,2,1,,7\n");
  EXPECT_THAT(Findings(text), ElementsAre("RX-112@18 281"));
}

TEST(CheckStructureTest, RX112DispensingHasItsCautionsBehindTheDrugs) {
  EXPECT_THAT(Findings(ValidCj1()), IsEmpty());
  const std::string text = Change(ValidCj1(), "291,1,1,眠気に注意\n391,1,食後に服用\n",
                                  "391,1,食後に服用\n291,1,1,眠気に注意\n");
  EXPECT_THAT(Findings(text), ElementsAre("RX-112@15 291"));
}

TEST(CheckStructureTest, RX108DispensingRecordsBelongToDispensing) {
  EXPECT_THAT(Findings(Change(ValidCj1(), "521,1,2,20260525", "302,1,x")),
              ElementsAre("RX-108@20 302"));
}

TEST(CheckStructureTest, EverythingIsReportedAtOnce) {
  EXPECT_GT(Findings("SJ1\n101,1,1,,x\n201,1,1\n").size(), 10u);
}

}  // namespace
}  // namespace tsunagu::prescription::record
