#include "tools/cli/prescription_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tsunagu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// RX-054
TEST(PrescriptionText, ARepeatSaysWhatThePrescriptionIsNow) {
  EXPECT_EQ(RepeatNotice(false, prescription::v1::STATUS_REGISTERED), "");
  const std::string open = RepeatNotice(true, prescription::v1::STATUS_REGISTERED);
  EXPECT_THAT(open, HasSubstr("【再送】"));
  EXPECT_THAT(open, HasSubstr("薬局未受付"));
  EXPECT_THAT(open, Not(HasSubstr("【注意】")));
  for (const auto& [status, words] :
       {std::pair(prescription::v1::STATUS_CANCELLED, "取り消されていて、使えません"),
        std::pair(prescription::v1::STATUS_EXPIRED, "使用期限が過ぎていて、使えません"),
        std::pair(prescription::v1::STATUS_DISPENSED, "調剤済みです")}) {
    EXPECT_THAT(RepeatNotice(true, status), HasSubstr(words));
  }
}

// RX-051
TEST(PrescriptionText, AnotherSignerIsTold) {
  prescription::v1::Signer signer;
  EXPECT_EQ(SignerNotice(signer), "");
  signer.set_names_differ(true);
  EXPECT_THAT(SignerNotice(signer), HasSubstr("【注意】"));
  google::protobuf::RepeatedPtrField<common::v1::Finding> told;
  told.Add()->set_rule("RX-047");
  EXPECT_THAT(SignerNotice(signer, told), HasSubstr("【注意】"));
  told.Add()->set_rule("RX-051");
  EXPECT_EQ(SignerNotice(signer, told), "");
}

}  // namespace
}  // namespace tsunagu::cli
