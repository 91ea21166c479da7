#include "services/platform/national/insured.h"

#include <gtest/gtest.h>

namespace tsunagu::national {
namespace {

SubjectKey TestKey() { return *SubjectKey::Create(std::string(32, 'k')); }

TEST(InsuredTest, SpellingsOfOneIdentityHaveOneNormalForm) {
  const InsuredIdentity padded = {"  138057", "０２－０２", "２２", "1"};
  const InsuredIdentity plain = {"00138057", "02-02", "22", "01"};
  EXPECT_EQ(Normalise(padded), Normalise(plain));
  EXPECT_EQ(Normalise(padded).insurer, "138057");
}

TEST(InsuredTest, LeadingZerosOfAnInsurerWithEightDigitsStay) {
  EXPECT_EQ(Normalise({"01130012", "", "1", ""}).insurer, "01130012");
}

TEST(InsuredTest, PublishedInsurerNumbersSatisfyTheirCheckDigit) {
  for (const char* number : {"01130012", "33120015", "138057", "39131016"}) {
    EXPECT_TRUE(CheckDigitHolds(number)) << number;
  }
  for (const char* number : {"01130013", "138058", "", "13805", "13805x"}) {
    EXPECT_FALSE(CheckDigitHolds(number)) << number;
  }
}

TEST(InsuredTest, TheLateElderlyNeedNoBranch) {
  EXPECT_FALSE(NeedsBranch({"39131016", "", "12345678", ""}));
  EXPECT_TRUE(NeedsBranch({"01130012", "1", "1", ""}));
}

TEST(SubjectKeyTest, ShortKeysAreRefused) { EXPECT_FALSE(SubjectKey::Create("short").ok()); }

TEST(SubjectKeyTest, BranchesOfAHouseholdShareTheirRouteAndNothingElse) {
  const SubjectKey key = TestKey();
  const Subject first = key.MakeSubject({"01130012", "1", "10", "00"});
  const Subject second = key.MakeSubject({"01130012", "1", "10", "01"});
  EXPECT_EQ(first.size(), 32u);
  EXPECT_NE(first, second);
  EXPECT_EQ(RoutingHash(first), RoutingHash(second));
  EXPECT_EQ(RoutingHash(first), RoutingHash(key.Household({"01130012", "1", "10", ""})));
}

TEST(SubjectKeyTest, PartsCannotSlideIntoEachOther) {
  const SubjectKey key = TestKey();
  EXPECT_NE(key.MakeSubject({"01130012", "1", "23", "00"}),
            key.MakeSubject({"01130012", "12", "3", "00"}));
}

TEST(SubjectKeyTest, AnotherKeyGivesAnotherPseudonym) {
  const InsuredIdentity identity = {"01130012", "1", "10", "00"};
  EXPECT_NE(TestKey().MakeSubject(identity),
            SubjectKey::Create(std::string(32, 'x'))->MakeSubject(identity));
}

TEST(MakeIdTest, IdsCarryTheRouteInUuidForm) {
  const std::string id = MakeId(0xabcd, "seed");
  ASSERT_EQ(id.size(), 36u);
  EXPECT_EQ(RoutingHash(id), 0xabcd);
  EXPECT_EQ(id[14], '8');
  EXPECT_EQ(id, MakeId(0xabcd, "seed"));
  EXPECT_NE(id, MakeId(0xabcd, "seed2"));
}

}  // namespace
}  // namespace tsunagu::national
