#include "services/audit/errors.h"

#include <gtest/gtest.h>

#include "services/platform/status/error.h"

namespace tsunagu::audit {
namespace {

tsunagu::common::v1::InsuredIdentity Identity(const char* insurer, const char* number,
                                              const char* branch) {
  tsunagu::common::v1::InsuredIdentity identity;
  identity.set_insurer(insurer);
  identity.set_number(number);
  identity.set_branch(branch);
  return identity;
}

// The fields that an error names.
int FieldsOf(const absl::Status& status) {
  const google::rpc::Status rpc = ToRpcStatus(status);
  for (const auto& detail : rpc.details()) {
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&bad)) return bad.field_violations_size();
  }
  return 0;
}

TEST(AuditErrorsTest, ACompleteIdentityIsGood) {
  EXPECT_TRUE(CheckComplete(Identity("01130012", "45", "01")).ok());
  EXPECT_TRUE(CheckComplete(Identity("１３８０５７", "45", "1")).ok());
}

TEST(AuditErrorsTest, TheLateElderlyNeedNoBranch) {
  EXPECT_TRUE(CheckComplete(Identity("39131156", "00000045", "")).ok());
}

TEST(AuditErrorsTest, AU012LongTermCareKnowsNoBranches) {
  EXPECT_TRUE(CheckComplete(Identity("131003", "0000012345", "")).ok());
  EXPECT_TRUE(CheckComplete(Identity("131003", "H000012345", "")).ok());
  EXPECT_FALSE(CheckComplete(Identity("131003", "12345", "")).ok());
  EXPECT_FALSE(CheckComplete(Identity("01130012", "0000012345", "")).ok());
}

TEST(AuditErrorsTest, AU012AnIncompleteIdentityIsRefusedWithEveryField) {
  struct Case {
    const char *insurer, *number, *branch;
    int fields;
  };
  for (const Case& c : {Case{"", "", "", 3}, Case{"01130012", "45", "", 1},
                        Case{"01130012", "", "01", 1}, Case{"0113001", "45", "01", 1},
                        Case{"0113001x", "45", "01", 1}, Case{"39131156", "", "", 1}}) {
    const absl::Status status = CheckComplete(Identity(c.insurer, c.number, c.branch));
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ReasonOf(status), "IDENTITY_INCOMPLETE");
    EXPECT_EQ(RuleOf(status), "AU-012");
    EXPECT_EQ(FieldsOf(status), c.fields) << c.insurer << "/" << c.number << "/" << c.branch;
  }
}

TEST(AuditErrorsTest, ErrorsHoldNoValueOfTheRequest) {
  const absl::Status status = CheckComplete(Identity("98765432", "13579", ""));
  const std::string text = ToRpcStatus(status).SerializeAsString();
  EXPECT_EQ(text.find("98765432"), std::string::npos);
  EXPECT_EQ(text.find("13579"), std::string::npos);
}

}  // namespace
}  // namespace tsunagu::audit
