#include "services/platform/national/finding_proto.h"

#include <gtest/gtest.h>

namespace tsunagu::national {
namespace {

TEST(FindingProtoTest, KeepsOrderAndEveryField) {
  const auto messages = ToProto({{"XX-1", Severity::kError, 7, "a.b", "誤り", "wrong"},
                                 {"XX-2", Severity::kWarning, 0, "", "注意", "look"}});
  ASSERT_EQ(messages.size(), 2);
  EXPECT_EQ(messages[0].ShortDebugString(),
            R"(rule: "XX-1" severity: SEVERITY_ERROR record: 7 field: "a.b" )"
            R"(text_ja: "\350\252\244\343\202\212" text_en: "wrong")");
  EXPECT_EQ(messages[1].severity(), tsunagu::common::v1::SEVERITY_WARNING);
  EXPECT_EQ(messages[1].record(), 0);
}

TEST(FindingProtoTest, NoFindingsAreNoMessages) { EXPECT_TRUE(ToProto({}).empty()); }

}  // namespace
}  // namespace tsunagu::national
