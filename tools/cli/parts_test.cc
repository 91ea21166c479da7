#include "tools/cli/parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"

namespace tsunagu::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SplitCsv, AFileThatFitsStaysWhole) {
  EXPECT_THAT(SplitCsv("h\n1\n", 100), ElementsAre("h\n1\n"));
  EXPECT_THAT(SplitCsv("", 100), IsEmpty());
}

TEST(SplitCsv, EveryPartHasTheHeader) {
  EXPECT_THAT(SplitCsv("h\n1\n2\n3\n", 6), ElementsAre("h\n1\n2\n", "h\n3\n"));
}

TEST(SplitCsv, TheLastRowMayLackItsLineEnd) {
  EXPECT_THAT(SplitCsv("h\n1\n2", 4), ElementsAre("h\n1\n", "h\n2"));
}

TEST(SplitCsv, ALineEndInQuotesIsNoCut) {
  EXPECT_THAT(SplitCsv("h\n\"a\nb\"\nc\n", 8), ElementsAre("h\n\"a\nb\"\n", "h\nc\n"));
}

TEST(SplitCsv, ARowThatDoesNotFitStaysWhole) {
  EXPECT_THAT(SplitCsv("h\nlonglong\n1\n", 5), ElementsAre("h\nlonglong\n", "h\n1\n"));
}

RC_GTEST_PROP(SplitCsv, NoRowIsLostOrTurned, ()) {
  const int rows = *rc::gen::inRange(1, 200);
  const auto limit = static_cast<size_t>(*rc::gen::inRange(1, 400));
  std::string file = "head\n";
  for (int i = 0; i < rows; ++i) absl::StrAppend(&file, i, "\n");
  std::string joined;
  for (const std::string& part : SplitCsv(file, limit)) {
    RC_ASSERT(part.rfind("head\n", 0) == 0);
    joined += part.substr(5);
  }
  RC_ASSERT("head\n" + joined == file);
}

}  // namespace
}  // namespace tsunagu::cli
