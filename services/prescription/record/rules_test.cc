#include "services/prescription/record/rules.h"

#include <gtest/gtest.h>

namespace tsunagu::prescription::record {
namespace {

TEST(RulesTest, RulesStandInOrderWithTextsInBothLanguages) {
  int last = 0;
  for (const RuleText& rule : Rules()) {
    EXPECT_GT(static_cast<int>(rule.rule), last);
    last = static_cast<int>(rule.rule);
    EXPECT_FALSE(rule.ja.empty()) << last;
    EXPECT_FALSE(rule.en.empty()) << last;
  }
}

TEST(RulesTest, EveryRuleCanBeReported) {
  Report report;
  for (const RuleText& rule : Rules()) report.Add(rule.rule, 3, "201.dose");
  ASSERT_EQ(report.findings().size(), Rules().size());
  for (size_t i = 0; i < Rules().size(); ++i) {
    EXPECT_EQ(report.findings()[i].rule, RuleId(Rules()[i].rule));
    EXPECT_EQ(report.findings()[i].severity, Rules()[i].severity);
    EXPECT_EQ(report.findings()[i].text_ja, std::string(Rules()[i].ja));
  }
  EXPECT_EQ(report.findings()[0].record, 3);
  EXPECT_EQ(report.findings()[0].field, "201.dose");
}

TEST(RulesTest, IdsAreThoseOfTheRequirements) {
  EXPECT_EQ(RuleId(Rule::kHeader), "RX-100");
  EXPECT_EQ(RuleId(Rule::kPercentSum), "RX-582");
}

TEST(RulesTest, FindingsAreBounded) {
  Report report;
  for (size_t i = 0; i < kMaxFindings + 10; ++i) report.Add(Rule::kRequired, 1);
  EXPECT_EQ(report.findings().size(), kMaxFindings);
}

}  // namespace
}  // namespace tsunagu::prescription::record
