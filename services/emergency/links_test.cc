#include "services/emergency/links.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::eligibility::v1::Person;

constexpr char kBirth[] = "19700415";

Person Make(const std::string& previous, const std::vector<std::string>& successors = {},
            const std::string& birth_date = kBirth) {
  Person person;
  person.mutable_qualification()->set_birth_date(birth_date);
  person.set_previous_subject(previous);
  for (const std::string& successor : successors) person.add_superseded_by(successor);
  return person;
}

std::vector<std::string> Walk(const std::map<std::string, Person>& known, const std::string& from,
                              int* reads = nullptr) {
  PersonLinks links(from, known.at(from));
  while (const auto next = links.Next()) {
    if (reads != nullptr) ++*reads;
    const auto found = known.find(*next);
    links.Visit(found == known.end() ? Person() : found->second);
  }
  EXPECT_EQ(links.subjects().size(), links.persons().size());
  return links.subjects();
}

TEST(LinksTest, EM006FormerAndLaterIdentitiesAreFound) {
  const std::map<std::string, Person> known = {
      {"a", Make("", {"b"})}, {"b", Make("a", {"c"})}, {"c", Make("b")}};
  EXPECT_EQ(Walk(known, "b"), (std::vector<std::string>{"b", "a", "c"}));
  EXPECT_EQ(Walk(known, "a"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(Walk(known, "c"), (std::vector<std::string>{"c", "b", "a"}));
}

TEST(LinksTest, EM006AnotherBirthDateIsSomebodyElse) {
  const std::map<std::string, Person> known = {{"a", Make("")}, {"b", Make("a", {}, "19700416")}};
  EXPECT_EQ(Walk(known, "b"), (std::vector<std::string>{"b"}));
}

TEST(LinksTest, EM006ASuccessorThatDoesNotNameItsPredecessorIsNotBelieved) {
  const std::map<std::string, Person> known = {{"a", Make("", {"b"})}, {"b", Make("x")}};
  EXPECT_EQ(Walk(known, "a"), (std::vector<std::string>{"a"}));
}

TEST(LinksTest, APredecessorThatNobodyRegisteredIsReadAllTheSame) {
  EXPECT_EQ(Walk({{"b", Make("a")}}, "b"), (std::vector<std::string>{"b", "a"}));
}

// EM-007
TEST(LinksTest, EM007CirclesEnd) {
  const std::map<std::string, Person> known = {{"a", Make("b", {"b"})}, {"b", Make("a", {"a"})}};
  EXPECT_EQ(Walk(known, "a"), (std::vector<std::string>{"a", "b"}));
}

TEST(LinksTest, EM007ALongChainIsCut) {
  std::map<std::string, Person> known;
  for (int i = 0; i < 100; ++i) known[absl::StrCat(i)] = Make(absl::StrCat(i + 1));
  EXPECT_EQ(Walk(known, "0").size(), kMaxIdentities);
}

TEST(LinksTest, EM007ManyWrongLinksDoNotKeepAnybodyWaiting) {
  std::vector<std::string> strangers;
  std::map<std::string, Person> known;
  for (int i = 0; i < 1000; ++i) strangers.push_back(absl::StrCat("s", i));
  known["a"] = Make("", strangers);
  int reads = 0;
  EXPECT_EQ(Walk(known, "a", &reads), (std::vector<std::string>{"a"}));
  EXPECT_LE(reads, 2 * static_cast<int>(kMaxIdentities));
}

RC_GTEST_PROP(LinksProperty, EM007AnyGraphEndsAndNobodyComesTwice, ()) {
  std::map<std::string, Person> known;
  const auto name = [] { return absl::StrCat("p", *rc::gen::inRange(0, 30)); };
  for (int i = 0; i < 30; ++i) {
    known[absl::StrCat("p", i)] = Make(name(), {name(), name()});
  }
  auto subjects = Walk(known, "p0");
  RC_ASSERT(subjects.size() <= kMaxIdentities);
  std::sort(subjects.begin(), subjects.end());
  RC_ASSERT(std::unique(subjects.begin(), subjects.end()) == subjects.end());
}

}  // namespace
}  // namespace tsunagu::emergency
