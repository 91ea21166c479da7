// What an insurer loads.
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "services/eligibility/load.h"
#include "services/eligibility/test_service.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::eligibility {
namespace {

using access::v1::FACILITY_KIND_PHARMACY;

// EL-002
TEST_F(EligibilityTest, AFileWithAnErrorLoadsNothingAndNamesAllErrors) {
  const std::string bad = "01130012,12,99,,x,bad,20240401,,,,,\r\n";
  const absl::Status status = Load(absl::StrCat(kHeader, kFather, bad));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "FINDINGS");
  const google::rpc::Status rpc = ToRpcStatus(status);
  common::v1::Findings findings;
  for (const auto& detail : rpc.details()) detail.UnpackTo(&findings);
  std::set<std::string> rules;
  for (const auto& finding : findings.record()) rules.insert(finding.rule());
  EXPECT_EQ(rules, (std::set<std::string>{"EL-129", "EL-132"}));
  EXPECT_EQ(ValidityOf(Father()), v1::VALIDITY_NONE);
}

TEST_F(EligibilityTest, WarningsAreAnswered) {
  v1::LoadInsuredResponse loaded;
  ASSERT_TRUE(
      Load(absl::StrCat(kHeader, "01130013,12,10,00,x,19700415,20240401,,,,,\r\n"), &loaded).ok());
  ASSERT_EQ(loaded.findings_size(), 1);
  EXPECT_EQ(loaded.findings(0).rule(), "EL-131");
  EXPECT_EQ(loaded.findings(0).severity(), common::v1::SEVERITY_WARNING);
}

// EL-001
TEST_F(EligibilityTest, AFileBeyondTheLimitIsRefusedUnread) {
  const absl::Status status = Load(std::string(kMaxLoadBytes + 1, 'x'));
  EXPECT_EQ(ReasonOf(status), "LOAD_TOO_LARGE");
  EXPECT_EQ(RuleOf(status), "EL-001");
}

TEST_F(EligibilityTest, AFullLoadIsTaken) {
  std::string file = kHeader;
  int persons = 0;
  const std::string name(150, 'n');
  while (file.size() + 250 < kMaxLoadBytes) {
    absl::StrAppend(&file, "01130012,12,", ++persons, ",00,", name, ",19700415,20240401,,,,,\r\n");
  }
  v1::LoadInsuredResponse loaded;
  const absl::Status status = Load(file, &loaded);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(loaded.loaded(), persons);
  EXPECT_EQ(ValidityOf(Question("01130012", "12", absl::StrCat(persons), "00", "19700415")),
            v1::VALIDITY_VALID);
}

TEST_F(EligibilityTest, TheSameRowsAgainPublishNothing) {
  LoadFamily();
  const auto before = Tail<journal::v1::Published>("eligibility.events", SubjectOf(Father()));
  LoadFamily();
  const auto after = Tail<journal::v1::Published>("eligibility.events", SubjectOf(Father()));
  EXPECT_GT(before.version(), 0u);
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
}

TEST_F(EligibilityTest, ChangesArePublished) {
  ASSERT_TRUE(Load(absl::StrCat(kHeader, kFormer)).ok());
  const auto published = Tail<journal::v1::Published>("eligibility.events", SubjectOf(Former()));
  v1::PersonChanged changed;
  ASSERT_TRUE(changed.ParseFromString(published.event()));
  EXPECT_EQ(published.subject(), SubjectOf(Former()));
  EXPECT_EQ(changed.person().qualification().valid_to(), "20240331");
}

TEST_F(EligibilityTest, OnlyAnInsurerLoads) {
  const absl::Status status = Load(absl::StrCat(kHeader, kFather), nullptr, FACILITY_KIND_PHARMACY);
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
}

// EL-137
TEST_F(EligibilityTest, AnInsurerLoadsNobodyOfOthers) {
  const absl::Status status =
      Load(absl::StrCat(kHeader, kFather, "06139998,12,10,00,x,19700415,20240401,,,,,\r\n"));
  EXPECT_EQ(ReasonOf(status), "FINDINGS");
  const google::rpc::Status rpc = ToRpcStatus(status);
  common::v1::Findings findings;
  for (const auto& detail : rpc.details()) detail.UnpackTo(&findings);
  ASSERT_GE(findings.record_size(), 1);
  EXPECT_EQ(findings.record(0).rule(), "EL-137");
  EXPECT_EQ(findings.record(0).record(), 3);
  EXPECT_EQ(findings.record(0).field(), "InsurerNumber");
  EXPECT_EQ(ValidityOf(Father()), v1::VALIDITY_NONE);
}

}  // namespace
}  // namespace tsunagu::eligibility
