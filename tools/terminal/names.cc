#include "tools/terminal/names.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/platform/status/error.h"
#include "services/prescription/envelope/interfaces.h"

namespace tsunagu::terminal {
namespace {

constexpr absl::string_view kSuffix = ".xml";

bool IsNameCharacter(char c) {
  return absl::ascii_isalnum(c) || absl::string_view("._-=+").find(c) != absl::string_view::npos;
}

bool IsPrefix(absl::string_view text) {
  return IsFileName(text) && text.size() < kMaxNameBytes / 2 &&
         text.find('_') == absl::string_view::npos;
}

// No request may be taken for another or for an answer.
bool AllDiffer(const std::vector<Names::Prefixes>& all) {
  std::set<std::string> seen;
  for (const Names::Prefixes& one : all) {
    if (!seen.insert(one.request).second) return false;
  }
  return std::none_of(all.begin(), all.end(),
                      [&](const Names::Prefixes& one) { return seen.contains(one.answer); });
}

}  // namespace

bool IsFileName(absl::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && name[0] != '.' &&
         std::all_of(name.begin(), name.end(), IsNameCharacter);
}

std::string SafeName(absl::string_view name) {
  std::string safe(name.substr(0, kMaxNameBytes));
  for (char& c : safe) {
    if (!IsNameCharacter(c)) c = '_';
  }
  if (safe.empty() || safe[0] == '.') safe.insert(0, 1, '_');
  return safe.substr(0, kMaxNameBytes);
}

Names::Names() {
  all_.push_back({kEligibilityCheck, "OQSsiquc01req", "OQSsiquc01res"});
  for (const auto& interface : prescription::envelope::Interfaces()) {
    all_.push_back(
        {interface.id, absl::StrCat(interface.name, "req"), absl::StrCat(interface.name, "res")});
  }
}

absl::StatusOr<Names> Names::Read(absl::string_view text) {
  Names names;
  std::set<int> replaced;
  std::vector<int> wrong;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = line.substr(0, line.find('#'));
    const std::vector<std::string> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
    if (words.empty()) continue;
    int id = 0;
    const bool known =
        absl::SimpleAtoi(words[0], &id) &&
        (id == kEligibilityCheck || prescription::envelope::FindInterface(id) != nullptr);
    if (!known || words.size() != 3 || !IsPrefix(words[1]) || !IsPrefix(words[2])) {
      wrong.push_back(number);
      continue;
    }
    if (replaced.insert(id).second) {
      std::erase_if(names.all_, [id](const Prefixes& one) { return one.interface == id; });
    }
    names.all_.push_back({id, words[1], words[2]});
  }
  if (wrong.empty() && AllDiffer(names.all_)) return names;
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "NAMES_MALFORMED",
                      wrong.empty() ? "two interfaces have the same name"
                                    : absl::StrCat("lines of the file of names that are not "
                                                   "\"id request answer\": ",
                                                   absl::StrJoin(wrong, ", ")))
      .Rule("TM-012");
}

std::optional<Names::Match> Names::Find(absl::string_view name) const {
  if (!IsFileName(name) || !absl::EndsWithIgnoreCase(name, kSuffix)) return std::nullopt;
  const absl::string_view prefix = name.substr(0, name.find('_'));
  if (prefix.size() == name.size()) return std::nullopt;
  const auto found = std::ranges::find(all_, prefix, &Prefixes::request);
  if (found == all_.end()) return std::nullopt;
  return Match{found->interface, absl::StrCat(found->answer, name.substr(prefix.size()))};
}

}  // namespace tsunagu::terminal
