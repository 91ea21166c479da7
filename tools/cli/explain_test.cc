#include "tools/cli/explain.h"

#include <gtest/gtest.h>

#include "services/platform/status/error.h"
#include "tools/cli/error_text.h"

namespace tsunagu::cli {
namespace {

TEST(Explain, WhatTheServerSaidStaysBesideWhatIsAdded) {
  common::v1::Findings findings;
  findings.add_record()->set_record(2);
  findings.add_signature()->set_record(2);
  const absl::Status refused =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, "FINDINGS", "has errors")
          .Rule("EL-002")
          .Metadata("a", "1")
          .RetryAfter(absl::Seconds(1))
          .Detail(findings);
  const absl::Status explained = Explain(refused, {{"rows_loaded", "7"}}, [](auto& finding) {
    finding.set_record(finding.record() + 100);
  });
  EXPECT_EQ(explained.code(), refused.code());
  EXPECT_EQ(explained.message(), refused.message());
  EXPECT_EQ(ReasonOf(explained), "FINDINGS");
  EXPECT_EQ(RuleOf(explained), "EL-002");
  EXPECT_EQ(MetadataOf(explained),
            (std::map<std::string, std::string>{{"a", "1"}, {"rows_loaded", "7"}}));
  EXPECT_TRUE(IsToBeRepeated(explained));
  const std::string text = ErrorText(explained);
  EXPECT_NE(text.find("102 行目"), std::string::npos) << text;
  EXPECT_NE(text.find(" 2 行目"), std::string::npos) << text;
}

TEST(Explain, AnErrorOfTheConnectionGetsItsMetadataToo) {
  const absl::Status explained = Explain(absl::UnavailableError("no route"), {{"file", "a.UKE"}});
  EXPECT_EQ(ReasonOf(explained), "");
  EXPECT_EQ(explained.message(), "no route");
  EXPECT_NE(ErrorText(explained).find("file: a.UKE"), std::string::npos);
}

TEST(Explain, OnlyARefusalIsCertain) {
  EXPECT_TRUE(IsRefusal(absl::InvalidArgumentError("")));
  EXPECT_TRUE(IsRefusal(absl::AbortedError("")));
  EXPECT_FALSE(IsRefusal(absl::DeadlineExceededError("")));
  EXPECT_FALSE(IsRefusal(absl::UnavailableError("")));
}

TEST(ListOf, ALongListEndsWithItsNumber) {
  EXPECT_EQ(ListOf({}), "");
  EXPECT_EQ(ListOf({"a", "b"}), "a, b");
  const std::string many = ListOf(std::vector<std::string>(21, "x"));
  EXPECT_TRUE(many.ends_with("x, ... (21 in all)")) << many;
}

}  // namespace
}  // namespace tsunagu::cli
