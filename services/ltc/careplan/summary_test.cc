#include "services/ltc/careplan/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/ltc/careplan/samples.h"

namespace tsunagu::ltc::careplan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(SummaryTest, TellsWhatThePackageIs) {
  const std::string text = Summarise(*ReadPackage(MonthPlanSample(), SampleTime()).package);
  for (const char* part : {"(monthly plan)", "1370000001/43", "1370000002/11", "20260825101540",
                           "(month): 202609", "(persons): 1", "UPPLAN: 9 ", "UPSIKYU: 3 "}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(SummaryTest, EveryKindHasItsOwnWords) {
  std::vector<std::string> first_lines;
  for (const auto& files : AllSamples()) {
    const std::string text = Summarise(*ReadPackage(files, SampleTime()).package);
    first_lines.push_back(text.substr(0, text.find('\n')));
  }
  std::sort(first_lines.begin(), first_lines.end());
  EXPECT_EQ(std::unique(first_lines.begin(), first_lines.end()), first_lines.end());
}

TEST(SummaryTest, Version3OfficesHaveNoKind) {
  Package package;
  package.source = {"1370000001", ""};
  EXPECT_THAT(Summarise(package), HasSubstr("(sender): 1370000001\n"));
  EXPECT_THAT(Summarise(package), Not(HasSubstr("(month)")));
}

TEST(SummaryTest, HoldsNoPersonalData) {
  for (const auto& files : AllSamples()) {
    EXPECT_THAT(Summarise(*ReadPackage(files, SampleTime()).package), Not(HasSubstr("0000012345")));
  }
}

}  // namespace
}  // namespace tsunagu::ltc::careplan
