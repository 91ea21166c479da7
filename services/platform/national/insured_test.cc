#include "services/platform/national/insured.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

#include "absl/strings/str_cat.h"

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

TEST(InsuredTest, ABranchOfTheLateElderlyIsDropped) {
  EXPECT_EQ(Normalise({"39131016", "", "12345678", "00"}).branch, "");
}

TEST(InsuredTest, KokuhoOfKochiIsNotTheLateElderly) {
  EXPECT_TRUE(NeedsBranch(Normalise({"  390013", "1", "1", "00"})));
  EXPECT_EQ(Normalise({"00390013", "1", "1", "0"}).branch, "00");
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

TEST(InsuredTest, EverySpellingOfAPartHasItsNormalForm) {
  const struct {
    InsuredIdentity spelled, normal;
  } kCases[] = {
      {{"00138057", "", "", ""}, {"138057", "", "", ""}},
      {{"　　138057", "", "", ""}, {"138057", "", "", ""}},
      {{"１３８０５７", "", "", ""}, {"138057", "", "", ""}},
      {{"01130012", "", "", ""}, {"01130012", "", "", ""}},
      {{"0138057", "", "", ""}, {"0138057", "", "", ""}},  // seven digits: not ours to mend
      {{"", "記号　１２", "", ""}, {"", "記号12", "", ""}},
      {{"", "Ａ－１", "", ""}, {"", "A-1", "", ""}},
      {{"", "", "００１２", ""}, {"", "", "0012", ""}},  // zeros of a number belong to it
      {{"", "", "", "１"}, {"", "", "", "01"}},
      {{"", "", "", " 2 "}, {"", "", "", "02"}},
      {{"", "", "", "00"}, {"", "", "", "00"}},
      {{"", "", "", ""}, {"", "", "", ""}},
  };
  for (const auto& [spelled, normal] : kCases) EXPECT_EQ(Normalise(spelled), normal);
}

TEST(InsuredTest, OneChangedDigitNeverKeepsTheCheck) {
  for (const std::string good : {"01130012", "33120015", "138057", "39131016"}) {
    for (size_t at = 0; at < good.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string other = good;
        other[at] = digit;
        EXPECT_EQ(CheckDigitHolds(other), digit == good[at]) << other;
      }
    }
  }
}

TEST(InsuredTest, OnlySixOrEightDigitsHaveACheck) {
  for (const char* number :
       {"0", "00000", "0000000", "000000000", "０１１３００１２", "0113001 ", "+1130012"}) {
    EXPECT_FALSE(CheckDigitHolds(number)) << number;
  }
  EXPECT_TRUE(CheckDigitHolds("000000"));
}

TEST(InsuredTest, OnlyTheLateElderlyAreToldWithoutABranch) {
  for (const char* insurer : {"138057", "06130017", "63130019", "013900", "93131016", "3", ""}) {
    EXPECT_TRUE(NeedsBranch({insurer, "", "1", ""})) << insurer;
  }
}

TEST(SubjectKeyTest, TheShortestKeyHas32Bytes) {
  EXPECT_FALSE(SubjectKey::Create(std::string(31, 'k')).ok());
  EXPECT_TRUE(SubjectKey::Create(std::string(32, 'k')).ok());
}

// Pseudonyms stand in topics for years: no release may change them.
TEST(SubjectKeyTest, PseudonymsNeverChange) {
  const SubjectKey key = TestKey();
  const InsuredIdentity identity = {"01130012", "12-34", "10", "00"};
  EXPECT_EQ(key.MakeSubject(identity), "d6712228a7df1225fd40ddf79709ddee");
  EXPECT_EQ(key.Household(identity), "d671e71b9af404f8c38e5ea96ad540f5");
  EXPECT_EQ(key.Pseudonym("office", "1370000001"), "49e3e44a692b6d0bafbfa9789037a8ba");
  EXPECT_EQ(MakeId(0xabcd, "seed"), "abcd5856-e1c1-80ca-834c-ffc8b59b23ad");
}

TEST(SubjectKeyTest, KindsKeepSpacesOfNamesApart) {
  const SubjectKey key = TestKey();
  EXPECT_NE(key.Pseudonym("office", "1"), key.Pseudonym("facility", "1"));
  EXPECT_NE(key.Pseudonym("office", "1"), key.Pseudonym("office", "2"));
  EXPECT_EQ(key.Pseudonym("office", "1").size(), 32u);
}

TEST(RoutingHashTest, IsZeroForWhatIsNotHex) {
  const struct {
    const char* pseudonym;
    uint16_t hash;
  } kCases[] = {
      {"ffff0000", 0xffff}, {"00010000", 1}, {"ABCD", 0xabcd}, {"", 0},
      {"abc", 0},           {"0x12", 0},     {"+123", 0},      {" 123", 0},
      {"-001", 0},          {"12 4", 0},     {"xyz1", 0},      {"１２３４", 0},
  };
  for (const auto& [pseudonym, hash] : kCases) EXPECT_EQ(RoutingHash(pseudonym), hash) << pseudonym;
}

TEST(MakeIdTest, EveryRouteAndSeedGivesAUuidOfVersionEight) {
  std::set<std::string> ids;
  for (int hash = 0; hash < 0x10000; hash += 257) {
    const std::string id = MakeId(static_cast<uint16_t>(hash), absl::StrCat("seed", hash));
    ASSERT_EQ(id.size(), 36u);
    for (const size_t dash : {8, 13, 18, 23}) EXPECT_EQ(id[dash], '-');
    EXPECT_EQ(id[14], '8');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
    EXPECT_EQ(RoutingHash(id), hash);
    EXPECT_TRUE(ids.insert(id).second);
  }
}

rc::Gen<std::string> Number() {
  return rc::gen::container<std::string>(rc::gen::element('0', '1', '7', '-', 'A'));
}

TEST(InsuredTest, ALongTermCareIdentityIsKnownByItsForm) {
  EXPECT_TRUE(IsLongTermCare({"131003", "", "0000012345", ""}));
  EXPECT_TRUE(IsLongTermCare({"131003", "", "H000012345", ""}));
  for (const InsuredIdentity& other : {InsuredIdentity{"01130012", "", "0000012345", ""},
                                       {"131003", "1", "0000012345", ""},
                                       {"131003", "", "000001234", ""},
                                       {"131003", "", "00000123456", ""},
                                       {"131003", "", "X000012345", ""},
                                       {"131003", "", "0000H12345", ""},
                                       {"131003", "", "0000012345", "00"},
                                       {"13100x", "", "0000012345", ""}}) {
    EXPECT_FALSE(IsLongTermCare(other)) << other.number;
  }
}

RC_GTEST_PROP(InsuredProperty, ANormalFormIsItsOwnNormalForm, ()) {
  const auto part =
      rc::gen::map(rc::gen::container<std::vector<std::string>>(
                       rc::gen::element<std::string>("０", "0", " ", "　", "1", "記", "Ｚ", "ｱ")),
                   [](const std::vector<std::string>& pieces) {
                     std::string text;
                     for (const std::string& piece : pieces) text += piece;
                     return text;
                   });
  const InsuredIdentity once = Normalise({*part, *part, *part, *part});
  // An insurer of 8 digits loses its padding once; what is left has 6.
  RC_ASSERT(Normalise(once) == once);
}

RC_GTEST_PROP(InsuredProperty, ExactlyOneLastDigitIsRight, ()) {
  const size_t length = *rc::gen::element<size_t>(5, 7);
  const auto digits = *rc::gen::container<std::string>(length, rc::gen::inRange('0', ':'));
  int right = 0;
  for (char last = '0'; last <= '9'; ++last) right += CheckDigitHolds(digits + last) ? 1 : 0;
  RC_ASSERT(right == 1);
}

RC_GTEST_PROP(SubjectProperty, OnlyEqualIdentitiesShareASubject, ()) {
  const InsuredIdentity a = {*Number(), *Number(), *Number(), *Number()};
  const InsuredIdentity b = {*Number(), *Number(), *Number(), *Number()};
  const SubjectKey key = TestKey();
  RC_ASSERT((key.MakeSubject(a) == key.MakeSubject(b)) == (Normalise(a) == Normalise(b)));
}

RC_GTEST_PROP(SubjectProperty, ASubjectLiesOnThePartitionOfItsHousehold, ()) {
  const InsuredIdentity a = {*Number(), *Number(), *Number(), *Number()};
  const SubjectKey key = TestKey();
  InsuredIdentity other_branch = a;
  other_branch.branch = *Number();
  const uint16_t route = RoutingHash(key.Household(a));
  RC_ASSERT(RoutingHash(key.MakeSubject(a)) == route);
  RC_ASSERT(RoutingHash(key.MakeSubject(other_branch)) == route);
  RC_ASSERT(RoutingHash(MakeId(route, key.MakeSubject(a))) == route);
}

TEST(IsInsurerNumberTest, SixOrEightDigitsAndNothingElse) {
  for (const char* number : {"131011", "01130012"}) EXPECT_TRUE(IsInsurerNumber(number)) << number;
  for (const char* number :
       {"", "13101", "1310111", "011300123", "13101a", " 131011", "１３１０１１"}) {
    EXPECT_FALSE(IsInsurerNumber(number)) << number;
  }
}

}  // namespace
}  // namespace tsunagu::national
