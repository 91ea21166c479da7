// For tests: an exchange over a test gateway, asked with fields and answering with fields.
#ifndef TOOLS_TERMINAL_TEST_EXCHANGE_H_
#define TOOLS_TERMINAL_TEST_EXCHANGE_H_

#include <gtest/gtest.h>

#include <string>

#include "absl/time/time.h"
#include "services/eligibility/oqs/answer.h"
#include "services/prescription/envelope/interfaces.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/exchange.h"
#include "tools/terminal/names.h"
#include "tools/terminal/test_messages.h"

namespace tsunagu::terminal {

class ExchangeTest : public ::testing::Test {
 protected:
  prescription::envelope::Answer Ask(int interface, const prescription::envelope::Fields& fields) {
    return Read(interface, exchange_.Do(interface, MessageOf(interface, fields)));
  }

  prescription::envelope::Answer Read(int interface, const Outcome& outcome) {
    EXPECT_EQ(outcome.kind, Outcome::Kind::kAnswer) << outcome.code;
    const auto read = prescription::envelope::ReadAnswer(
        *prescription::envelope::FindInterface(interface), outcome.answer);
    EXPECT_TRUE(read.answer.has_value()) << outcome.answer;
    return read.answer.value_or(prescription::envelope::Answer());
  }

  eligibility::oqs::Answer Check(const std::string& message) {
    const Outcome outcome = exchange_.Do(kEligibilityCheck, message);
    EXPECT_EQ(outcome.kind, Outcome::Kind::kAnswer) << outcome.code;
    return eligibility::oqs::ReadAnswer(outcome.answer).answer.value_or(eligibility::oqs::Answer());
  }

  TestExchangeGateway gateway_;
  GatewayExchange exchange_{&gateway_, kInstitution,
                            [] { return absl::FromUnixSeconds(1'795'400'000); }};
};

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_TEST_EXCHANGE_H_
