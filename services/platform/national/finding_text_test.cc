#include "services/platform/national/finding_text.h"

#include <gtest/gtest.h>

namespace tsunagu::national {
namespace {

// CL-041
TEST(FindingTextTest, TheCodeIsTheRuleAndHowGraveItIs) {
  EXPECT_EQ(FindingCode("RX-182", true), "RX182E");
  EXPECT_EQ(FindingCode("SIG-053", false), "SIG053W");
}

// CL-041
TEST(FindingTextTest, TheRecordIsTheNumberBeforeTheFieldsName) {
  EXPECT_EQ(RecordNumberOf("201.dose"), 201);
  EXPECT_EQ(RecordNumberOf("51"), 51);
  for (const char* other :
       {"", "HO[4]", "MessageBody/IssueType", "1311234567", "-1", "+1.x", ".x"}) {
    EXPECT_EQ(RecordNumberOf(other), 0) << other;
  }
}

}  // namespace
}  // namespace tsunagu::national
