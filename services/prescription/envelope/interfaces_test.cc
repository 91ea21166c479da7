#include "services/prescription/envelope/interfaces.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tsunagu::prescription::envelope {
namespace {

// 103 is the answer to each check.
constexpr int kCheckResult = 103;

TEST(InterfacesTest, RX520EachInterfaceStandsOnceUnderANameOfItsOwn) {
  std::set<int> ids;
  std::set<std::string> names;
  int last = 0;
  for (const Interface& interface : Interfaces()) {
    EXPECT_GT(interface.id, last);
    last = interface.id;
    EXPECT_TRUE(ids.insert(interface.id).second) << interface.id;
    const bool answers_several = interface.answer == kCheckResult;
    EXPECT_TRUE(ids.insert(interface.answer).second || answers_several) << interface.id;
    EXPECT_TRUE(names.insert(interface.name).second) << interface.name;
    EXPECT_EQ(FindInterface(interface.id), &interface);
    EXPECT_EQ(interface.call == Call::kNone, interface.response.empty()) << interface.id;
  }
  EXPECT_EQ(FindInterface(202), nullptr);
}

TEST(InterfacesTest, RX520OnlyNamesThatWereSeenCountAsSeen) {
  std::set<std::string> seen;
  for (const Interface& interface : Interfaces()) {
    if (interface.name_certainty == Certainty::kSecondHand) seen.insert(interface.name);
  }
  EXPECT_EQ(seen, (std::set<std::string>{"EPSsiDMP01", "ESPsiPIR01", "EPSsiPIR06"}));
}

}  // namespace
}  // namespace tsunagu::prescription::envelope
