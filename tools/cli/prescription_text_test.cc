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

TEST(PrescriptionText, WarningsAreCountedAndToldOneByOne) {
  google::protobuf::RepeatedPtrField<common::v1::Finding> warnings;
  EXPECT_EQ(WarningNotice(warnings), "");
  for (const char* rule : {"RX-048", "RX-052"}) {
    auto& warning = *warnings.Add();
    warning.set_rule(rule);
    warning.set_field("23");
    warning.set_text_ja("お確かめ\x1b[2Jください。");
  }
  const std::string text = WarningNotice(warnings);
  EXPECT_THAT(text, HasSubstr("【警告】2 件"));
  EXPECT_THAT(text, HasSubstr("RX-048"));
  EXPECT_THAT(text, HasSubstr("RX-052"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

// RX-051
TEST(PrescriptionText, AnotherSignerIsTold) {
  prescription::v1::Signer signer;
  EXPECT_EQ(SignerNotice(signer), "");
  signer.set_names_differ(true);
  EXPECT_THAT(SignerNotice(signer), HasSubstr("【注意】"));
}

}  // namespace
}  // namespace tsunagu::cli
