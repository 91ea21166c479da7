#include "tools/cli/ltc_sending.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/platform/status/error.h"
#include "tools/cli/error_text.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ltc::v1::File Named(const std::string& name) {
  ltc::v1::File file;
  file.set_name(name);
  return file;
}

const char kTable1[] = "UP1KYO_1370000001_43_1370000002_11_20260825101530.CSV";
const char kTable2[] = "UP2KYO_1370000001_43_1370000002_11_20260825101530.CSV";

TEST(LtcSending, APackageIsWhatGoesToOneOfficeAtOneTimeOldestFirst) {
  const auto packages = MakePackages({
      Named("UPPLAN_202609_1370000001_43_1370000002_11_20260825101540.CSV"),
      Named(kTable1),
      Named("UP1KYO_1370000001_43_1370000002_13_20260825101530.CSV"),
      Named(kTable2),
  });
  ASSERT_TRUE(packages.ok()) << packages.status();
  ASSERT_EQ(packages->size(), 3u);
  EXPECT_EQ((*packages)[0].files_size(), 2);
  EXPECT_EQ((*packages)[0].files(1).name(), kTable2);
  EXPECT_EQ((*packages)[2].files_size(), 1);
}

// LTC-107
TEST(LtcSending, EveryFileNameThatCannotBeReadIsNamed) {
  const absl::Status status =
      MakePackages({Named(kTable1), Named("UP1KYO_1.CSV"), Named("plan.csv")}).status();
  EXPECT_EQ(RuleOf(status), "LTC-100");
  const std::string text = ErrorText(status);
  EXPECT_THAT(text, HasSubstr("nothing was sent"));
  EXPECT_THAT(text, HasSubstr("UP1KYO_1.CSV: "));
  EXPECT_THAT(text, HasSubstr("plan.csv: "));
  EXPECT_THAT(text, Not(HasSubstr(kTable1)));
  const absl::Status prevention =
      MakePackages({Named("UPYOBO_1370000001_46_1370000002_A2_20260825101530.CSV")}).status();
  EXPECT_EQ(RuleOf(prevention), "LTC-107");
  EXPECT_THAT(ErrorText(prevention), HasSubstr("予防"));
}

TEST(LtcSending, AnErrorSaysInBothLanguagesWhichFilesWereMeant) {
  ltc::v1::SendPackageRequest package;
  *package.add_files() = Named(kTable1);
  const absl::Status refused =
      ErrorBuilder(absl::StatusCode::kFailedPrecondition, "DESTINATION_UNKNOWN", "nobody fetches")
          .Rule("LTC-007");
  ltc::v1::SendPackageRequest before, after;
  *before.add_files() = Named("before");
  *after.add_files() = Named("after");
  const absl::Status status = ExplainSending(refused, {before, before, package, after}, 2);
  EXPECT_EQ(status.code(), refused.code());
  EXPECT_EQ(ReasonOf(status), "DESTINATION_UNKNOWN");
  EXPECT_EQ(RuleOf(status), "LTC-007");
  const std::string text = ErrorText(status);
  EXPECT_THAT(text, HasSubstr("宛先の事業所は登録されていない"));
  EXPECT_THAT(text, HasSubstr("nobody fetches"));
  EXPECT_THAT(text, HasSubstr(kTable1));
  EXPECT_THAT(text, HasSubstr("packages_sent_before: 2"));
  EXPECT_THAT(text, HasSubstr("files_sent: before, before\n"));
  EXPECT_THAT(text, HasSubstr(std::string("files_not_sent: ") + kTable1 + ", after\n"));
}

TEST(LtcSending, AFindingSaysWhichFileItLiesIn) {
  ltc::v1::SendPackageRequest package;
  *package.add_files() = Named(kTable1);
  *package.add_files() = Named(kTable2);
  common::v1::Findings findings;
  for (const char* field : {"UP2KYO.need_no", "file[1]", "file[9]", ""}) {
    findings.add_record()->set_field(field);
  }
  const absl::Status refused =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, "FINDINGS", "errors").Detail(findings);
  const std::string text = ErrorText(ExplainSending(refused, {package}, 0));
  EXPECT_THAT(text, HasSubstr(std::string(kTable2) + ": UP2KYO.need_no\n"));
  EXPECT_THAT(text, HasSubstr(std::string(kTable1) + "\n"));
  EXPECT_THAT(text, HasSubstr("file[9]"));
}

TEST(LtcSending, OfAPackageWithoutAnAnswerItIsNotKnown) {
  ltc::v1::SendPackageRequest package;
  *package.add_files() = Named(kTable1);
  const std::string text =
      ErrorText(ExplainSending(absl::UnavailableError("no connection"), {package}, 0));
  EXPECT_THAT(text, HasSubstr("no connection\n"));
  EXPECT_THAT(text, HasSubstr("files_sent: \n"));
  EXPECT_THAT(text, HasSubstr("files_not_sent: \n"));
  EXPECT_THAT(text, HasSubstr(std::string("files_unknown: ") + kTable1));
}

}  // namespace
}  // namespace tsunagu::cli
