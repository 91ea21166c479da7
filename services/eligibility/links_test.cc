#include "services/eligibility/links.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "absl/strings/str_cat.h"

namespace tsunagu::eligibility {
namespace {

using tsunagu::eligibility::v1::Person;
using Store = std::map<std::string, Person>;
using Names = std::vector<std::string>;

constexpr char kBirth[] = "19700415";

Person Registered(const std::string& previous = "", const Names& newer = {},
                  const std::string& birth = kBirth) {
  Person person;
  person.mutable_qualification()->set_birth_date(birth);
  person.set_previous_subject(previous);
  for (const std::string& by : newer) person.add_superseded_by(by);
  return person;
}

Names Walk(const Store& store, const std::string& first, int* reads = nullptr) {
  IdentityWalk walk(first, store.at(first));
  while (const auto next = walk.Next()) {
    const auto found = store.find(*next);
    walk.Visit(found == store.end() ? Person() : found->second);
    if (reads != nullptr) ++*reads;
  }
  return walk.identities();
}

// c continues b continues a.
Store Chain() {
  return {{"a", Registered("", {"b"})}, {"b", Registered("a", {"c"})}, {"c", Registered("b")}};
}

TEST(LinksTest, APersonWithoutLinksIsOneIdentity) {
  EXPECT_EQ(Walk({{"a", Registered()}}, "a"), Names{"a"});
}

// EL-024
TEST(LinksTest, FollowsTheChainFromAnyOfItsEnds) {
  EXPECT_EQ(Walk(Chain(), "c"), (Names{"c", "b", "a"}));
  EXPECT_EQ(Walk(Chain(), "a"), (Names{"a", "b", "c"}));
  EXPECT_EQ(Walk(Chain(), "b"), (Names{"b", "a", "c"}));
}

// EL-024
TEST(LinksTest, APredecessorThatNobodyRegisteredIsFollowed) {
  EXPECT_EQ(Walk({{"b", Registered("a")}}, "b"), (Names{"b", "a"}));
}

// EL-024
TEST(LinksTest, SomebodyBornOnAnotherDayIsSomebodyElse) {
  Store store = Chain();
  store["b"] = Registered("a", {"c"}, "19990101");
  EXPECT_EQ(Walk(store, "c"), Names{"c"});
  EXPECT_EQ(Walk(store, "a"), Names{"a"});
}

// EL-024
TEST(LinksTest, ALinkThatWasCorrectedIsNotFollowedBack) {
  Store store = Chain();
  store["b"] = Registered("other", {"c"});
  store["other"] = Registered("", {"b"});
  EXPECT_EQ(Walk(store, "a"), Names{"a"});
  EXPECT_EQ(Walk(store, "b"), (Names{"b", "other", "c"}));
}

TEST(LinksTest, ANewerIdentityThatIsNotRegisteredIsNotFollowed) {
  EXPECT_EQ(Walk({{"a", Registered("", {"b"})}}, "a"), Names{"a"});
}

TEST(LinksTest, CirclesEnd) {
  const Store store = {{"a", Registered("b", {"b", "a"})}, {"b", Registered("a", {"a"})}};
  EXPECT_EQ(Walk(store, "a"), (Names{"a", "b"}));
}

// EL-024
TEST(LinksTest, ALongChainIsCut) {
  Store store;
  for (int i = 0; i < 100; ++i) {
    store[absl::StrCat(i)] = Registered(i == 0 ? "" : absl::StrCat(i - 1));
  }
  const Names found = Walk(store, "99");
  EXPECT_EQ(found.size(), kMaxIdentities);
  EXPECT_EQ(found.back(), "80");
}

TEST(LinksTest, FalseLinksCannotMakeItReadForever) {
  Names claims;
  for (int i = 0; i < 1000; ++i) claims.push_back(absl::StrCat("x", i));
  int reads = 0;
  EXPECT_EQ(Walk({{"a", Registered("", claims)}}, "a", &reads), Names{"a"});
  EXPECT_EQ(reads, 2 * static_cast<int>(kMaxIdentities));
}

RC_GTEST_PROP(LinksProperty, EndsWithDistinctIdentitiesOfOneBirthDate, ()) {
  Store store;
  const int people = *rc::gen::inRange(1, 40);
  const auto any = rc::gen::inRange(0, people);
  for (int i = 0; i < people; ++i) {
    const std::string birth = *rc::gen::inRange(0, 4) == 0 ? "19990101" : kBirth;
    store[absl::StrCat(i)] = Registered(absl::StrCat(*any), {absl::StrCat(*any)}, birth);
  }
  const Names found = Walk(store, "0");
  RC_ASSERT(found.size() <= kMaxIdentities);
  RC_ASSERT(std::set<std::string>(found.begin(), found.end()).size() == found.size());
  for (const std::string& name : found) {
    RC_ASSERT(store[name].qualification().birth_date() == store["0"].qualification().birth_date());
  }
}

}  // namespace
}  // namespace tsunagu::eligibility
