#include "services/platform/rpc/request_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "google/rpc/details.pb.h"
#include "services/platform/status/error.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/ltc/v1/ltc.pb.h"

namespace tsunagu::rpc {
namespace {

std::vector<std::string> FieldsOf(const absl::Status& status) {
  google::rpc::BadRequest bad;
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.BadRequest");
  if (payload.has_value()) bad.ParseFromString(std::string(*payload));
  std::vector<std::string> fields;
  for (const auto& violation : bad.field_violations()) fields.push_back(violation.field());
  return fields;
}

TEST(RequestTextTest, PlainTextsOfTheGreatestLengthPass) {
  tsunagu::eligibility::v1::CheckInRequest request;
  EXPECT_TRUE(CheckTexts(request).ok());
  request.mutable_check()->mutable_identity()->set_symbol("記号・ｱ １");
  request.mutable_check()->set_date(std::string(kMaxTextBytes, '1'));
  EXPECT_TRUE(CheckTexts(request).ok());
}

TEST(RequestTextTest, PF003EveryWrongTextIsNamedByItsPathAndNotByItsValue) {
  tsunagu::eligibility::v1::CheckInRequest request;
  request.mutable_check()->mutable_identity()->set_number("1\x1b[31m");
  request.mutable_check()->set_date(std::string(kMaxTextBytes + 1, '1'));
  request.mutable_long_term_care()->set_insurer(std::string("13\0", 3));
  const absl::Status status = CheckTexts(request);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "TEXT_MALFORMED");
  EXPECT_EQ(RuleOf(status), "PF-003");
  EXPECT_EQ(FieldsOf(status), (std::vector<std::string>{"check.identity.number", "check.date",
                                                        "long_term_care.insurer"}));
  EXPECT_EQ(status.ToString().find("[31m"), std::string::npos);
}

TEST(RequestTextTest, PF003ATextOfARepeatedMessageHasItsPlace) {
  tsunagu::ltc::v1::SendPackageRequest request;
  request.add_files()->set_name("UP1KYO.CSV");
  request.add_files()->set_name("UP1KYO.CSV\n");
  EXPECT_EQ(FieldsOf(CheckTexts(request)), (std::vector<std::string>{"files[1].name"}));
}

TEST(RequestTextTest, FilesMayHoldAnything) {
  tsunagu::eligibility::v1::LoadInsuredRequest request;
  request.set_file(std::string(100'000, '\n'));
  EXPECT_TRUE(CheckTexts(request).ok());
}

TEST(RequestTextTest, ManyWrongTextsAreNotAllListed) {
  tsunagu::ltc::v1::SendPackageRequest request;
  for (int i = 0; i < 1000; ++i) request.add_files()->set_name("\t");
  EXPECT_EQ(FieldsOf(CheckTexts(request)).size(), 20u);
}

}  // namespace
}  // namespace tsunagu::rpc
