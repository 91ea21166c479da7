#include "services/platform/hpki/authorities.h"

#include <gtest/gtest.h>

#include <utility>

#include "services/platform/hpki/test_pki.h"

namespace tsunagu::hpki {
namespace {

Authorities Check(const CrlSet& lists, absl::Time now = TestPki::Now()) {
  const auto root = Certificate::FromPem(TestPki::Read("trust/hpki-root.pem"));
  const auto issuing = Certificate::ListFromPem(TestPki::Read("trust/intermediates.pem"));
  return CheckAuthorities(*root, *issuing, lists, now);
}

// Practitioners and facilities; the CA that only signs opens no door.
constexpr int kCas = 2;

TEST(AuthoritiesTest, TheListsOfTheHierarchyAreComplete) {
  EXPECT_EQ(Check(TestPki::Crls()).open, kCas);
  EXPECT_TRUE(Check(TestPki::Crls()).fault.ok()) << Check(TestPki::Crls()).fault;
}

// GW-017
TEST(AuthoritiesTest, GW017EveryListOfThePathIsNeeded) {
  const std::pair<const char*, int> kCases[] = {
      {"root/sarl.pem", 0}, {"root/rarl.pem", 0}, {"auth/crl.pem", 1}, {"org/crl.pem", 1}};
  for (const auto& [list, open] : kCases) {
    const Authorities found = Check(TestPki::CrlsWithout({list}));
    EXPECT_EQ(found.open, open) << list;
    EXPECT_EQ(found.closed, kCas - open) << list;
    EXPECT_EQ(found.fault.code(), absl::StatusCode::kUnavailable) << list;
  }
  EXPECT_EQ(Check(CrlSet()).open, 0);
}

TEST(AuthoritiesTest, GW017AListThatOnlySignersNeedChangesNothing) {
  EXPECT_EQ(Check(TestPki::CrlsWithout({"sign/crl.pem"})).open, kCas);
  EXPECT_EQ(Check(TestPki::CrlsWithout({"sign/crl.pem"})).closed, 0);
}

TEST(AuthoritiesTest, GW017AListEndsAtItsNextUpdate) {
  const CrlSet lists = TestPki::Crls();
  EXPECT_EQ(Check(lists, lists.earliest_next_update() - absl::Seconds(1)).open, kCas);
  EXPECT_LT(Check(lists, lists.earliest_next_update() + absl::Seconds(1)).open, kCas);
  EXPECT_EQ(Check(lists, TestPki::Now() - absl::Hours(48)).open, 0);  // not valid yet
}

TEST(AuthoritiesTest, AListThatItsCaDidNotSignIsNone) {
  const auto root = Certificate::FromPem(TestPki::Read("trust/hpki-root.pem"));
  // Has the name of an issuing CA and another key.
  const auto foreign = Certificate::FromPem(TestPki::Read("ca/foreign-auth/ca.pem"));
  ASSERT_TRUE(foreign.ok());
  EXPECT_EQ(CheckAuthorities(*root, {&*foreign, 1}, TestPki::Crls(), TestPki::Now()).open, 0);
}

}  // namespace
}  // namespace tsunagu::hpki
