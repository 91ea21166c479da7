#include "services/gateway/lists.h"

#include <gtest/gtest.h>

#include "services/platform/hpki/test_pki.h"

namespace tsunagu::gateway {
namespace {

using hpki::Certificate;
using hpki::CrlSet;
using hpki::TestPki;

absl::Status Check(const CrlSet& lists, absl::Time now = TestPki::Now()) {
  const auto root = Certificate::FromPem(TestPki::Read("trust/hpki-root.pem"));
  const auto issuing = Certificate::ListFromPem(TestPki::Read("trust/intermediates.pem"));
  return CheckLists(*root, *issuing, lists, now);
}

TEST(ListsTest, TheListsOfTheHierarchyAreComplete) {
  EXPECT_TRUE(Check(TestPki::Crls()).ok()) << Check(TestPki::Crls());
}

TEST(ListsTest, GW017EveryListOfThePathIsNeeded) {
  for (const char* list : {"root/sarl.pem", "root/rarl.pem", "auth/crl.pem", "org/crl.pem"}) {
    EXPECT_EQ(Check(TestPki::CrlsWithout({list})).code(), absl::StatusCode::kUnavailable) << list;
  }
  EXPECT_FALSE(Check(CrlSet()).ok());
}

TEST(ListsTest, GW017AListEndsAtItsNextUpdate) {
  const CrlSet lists = TestPki::Crls();
  EXPECT_TRUE(Check(lists, lists.earliest_next_update() - absl::Seconds(1)).ok());
  EXPECT_FALSE(Check(lists, lists.earliest_next_update() + absl::Seconds(1)).ok());
  EXPECT_FALSE(Check(lists, TestPki::Now() - absl::Hours(48)).ok());  // not valid yet
}

TEST(ListsTest, AListThatItsCaDidNotSignIsNone) {
  const auto root = Certificate::FromPem(TestPki::Read("trust/hpki-root.pem"));
  // Has the name of an issuing CA and another key.
  const auto foreign = Certificate::FromPem(TestPki::Read("ca/foreign-auth/ca.pem"));
  ASSERT_TRUE(foreign.ok());
  EXPECT_FALSE(CheckLists(*root, {&*foreign, 1}, TestPki::Crls(), TestPki::Now()).ok());
}

}  // namespace
}  // namespace tsunagu::gateway
