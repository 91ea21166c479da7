#include "tests/fault/walk_tally.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace tsunagu::fault {
namespace {

std::string List(const std::map<std::string, int>& counts) {
  return absl::StrJoin(counts, ", ", absl::PairFormatter(" "));
}

}  // namespace

Tally::Tally(const std::vector<std::string>& walks, const std::vector<std::string>& acts) {
  for (const std::string& walk : walks) walks_[walk] = 0;
  for (const std::string& act : acts) acts_[act] = 0;
}

void Tally::Walked(const std::string& walk) {
  const std::lock_guard lock(mutex_);
  ++walks_[walk];
}

void Tally::Answered(const std::string& act, const std::string& outcome) {
  const std::lock_guard lock(mutex_);
  ++(outcome == "OK" ? acts_[act] : refused_);
}

void Tally::SentAgain() {
  const std::lock_guard lock(mutex_);
  ++sent_again_;
}

bool Tally::EachWasDone() const {
  const std::lock_guard lock(mutex_);
  return std::ranges::all_of(acts_, [](const auto& act) { return act.second > 0; });
}

std::string Tally::Text() const {
  const std::lock_guard lock(mutex_);
  return absl::StrCat("walks: ", List(walks_), "; ", refused_, " deeds refused as the model says, ",
                      sent_again_, " calls sent again\ndone: ", List(acts_), "\n");
}

}  // namespace tsunagu::fault
