#include "services/prescription/requests.h"

#include <gtest/gtest.h>

#include <string>

#include "services/platform/status/error.h"
#include "services/prescription/submission.h"

namespace tsunagu::prescription {
namespace {

TEST(RequestsTest, RX040ACommandIdHas8To64LettersDigitsHyphens) {
  for (const std::string& good :
       {std::string("12345678"), std::string("aZ-09-zA"), std::string(64, 'x')}) {
    EXPECT_TRUE(CheckCommandId(good).ok()) << good;
  }
  for (const std::string& bad :
       {std::string(), std::string("1234567"), std::string(65, 'x'), std::string("1234567/"),
        std::string("1234 678"), std::string("１２３４"), std::string("12345678\0", 9)}) {
    EXPECT_EQ(RuleOf(CheckCommandId(bad)), "RX-040") << bad;
  }
}

TEST(RequestsTest, RX049AnIdIsAUuidInLowerCase) {
  EXPECT_TRUE(CheckId("12ab34cd-0000-8000-8000-0000000000ff").ok());
  for (const char* bad :
       {"", "xx", "12AB34CD-0000-8000-8000-0000000000FF", "12ab34cd-0000-8000-8000-0000000000f",
        "12ab34cd00000-8000-8000-0000000000ff", "12ab34cd-0000-8000-8000-0000000000f/"}) {
    const absl::Status status = CheckId(bad);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad;
    EXPECT_EQ(RuleOf(status), "RX-049") << bad;
  }
}

v1::RegisterRequest GoodRegister() {
  v1::RegisterRequest request;
  request.set_command_id("register-1");
  request.set_issue_type(v1::ISSUE_TYPE_PAPER);
  request.set_document("x");
  return request;
}

TEST(RequestsTest, ARegisterNeedsTypeAndDocument) {
  EXPECT_TRUE(CheckRegister(GoodRegister()).ok());
  auto request = GoodRegister();
  request.clear_issue_type();
  EXPECT_EQ(RuleOf(CheckRegister(request)), "RX-042");
  request = GoodRegister();
  request.set_command_id("x");
  EXPECT_EQ(RuleOf(CheckRegister(request)), "RX-040");
}

TEST(RequestsTest, RX029ADocumentIsThereAndAtMostOneMebibyte) {
  auto request = GoodRegister();
  request.clear_document();
  EXPECT_EQ(RuleOf(CheckRegister(request)), "RX-029");
  request.set_document(std::string(kMaxDocumentBytes, 'x'));
  EXPECT_TRUE(CheckRegister(request).ok());
  request.set_document(std::string(kMaxDocumentBytes + 1, 'x'));
  EXPECT_EQ(RuleOf(CheckRegister(request)), "RX-029");
  v1::DispenseRequest dispense;
  dispense.set_command_id("dispense-1");
  EXPECT_EQ(RuleOf(CheckDispense(dispense)), "RX-029");
  dispense.set_document("x");
  EXPECT_TRUE(CheckDispense(dispense).ok());
}

v1::AcceptRequest GoodAccept() {
  v1::AcceptRequest request;
  request.set_command_id("accept-01");
  request.set_access_code("012345");
  request.mutable_identity()->set_insurer("01130012");
  request.mutable_identity()->set_number("1");
  request.mutable_identity()->set_branch("00");
  return request;
}

TEST(RequestsTest, RX041AnAcceptNamesAnIdOrACodeWithTheInsurance) {
  EXPECT_TRUE(CheckAccept(GoodAccept()).ok());
  v1::AcceptRequest by_id;
  by_id.set_command_id("accept-01");
  by_id.set_prescription_id("12ab34cd-0000-8000-8000-0000000000ff");
  EXPECT_TRUE(CheckAccept(by_id).ok());
  by_id.mutable_identity()->set_insurer("01130012");
  EXPECT_EQ(RuleOf(CheckAccept(by_id)), "RX-041");

  for (const char* code : {"", "12345", "1234567", "12345a"}) {
    auto request = GoodAccept();
    request.set_access_code(code);
    EXPECT_EQ(RuleOf(CheckAccept(request)), "RX-041") << code;
  }
  auto request = GoodAccept();
  request.clear_identity();
  EXPECT_EQ(RuleOf(CheckAccept(request)), "RX-041");
  request = GoodAccept();
  request.mutable_identity()->clear_insurer();
  EXPECT_EQ(RuleOf(CheckAccept(request)), "RX-041");
  request = GoodAccept();
  request.mutable_identity()->clear_branch();
  EXPECT_EQ(RuleOf(CheckAccept(request)), "RX-041");
  request.mutable_identity()->set_insurer("39131016");  // 後期高齢者 have none
  EXPECT_TRUE(CheckAccept(request).ok());
  request = GoodAccept();
  request.set_command_id("");
  EXPECT_EQ(RuleOf(CheckAccept(request)), "RX-040");
}

}  // namespace
}  // namespace tsunagu::prescription
