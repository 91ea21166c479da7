#include "services/eligibility/links.h"

#include <algorithm>
#include <utility>

namespace tsunagu::eligibility {

using tsunagu::eligibility::v1::Person;

namespace {
// Links that are read and not believed also cost; a person has few of them.
constexpr size_t kMaxReads = 2 * kMaxIdentities;
}  // namespace

IdentityWalk::IdentityWalk(national::Subject first, const Person& person)
    : birth_date_(person.qualification().birth_date()) {
  identities_.push_back(first);
  AddLinks(first, person);
}

std::optional<national::Subject> IdentityWalk::Next() {
  while (!links_.empty()) {
    current_ = std::move(links_.front());
    links_.pop_front();
    if (Seen(current_.to)) continue;
    if (identities_.size() == kMaxIdentities || reads_ == kMaxReads) return std::nullopt;
    ++reads_;
    return current_.to;
  }
  return std::nullopt;
}

void IdentityWalk::Visit(const Person& person) {
  if (!Believable(person)) return;
  identities_.push_back(current_.to);
  AddLinks(current_.to, person);
}

void IdentityWalk::AddLinks(const national::Subject& from, const Person& person) {
  if (!person.previous_subject().empty())
    links_.push_back({person.previous_subject(), from, false});
  for (const std::string& newer : person.superseded_by()) links_.push_back({newer, from, true});
}

bool IdentityWalk::Seen(const national::Subject& subject) const {
  return std::find(identities_.begin(), identities_.end(), subject) != identities_.end();
}

bool IdentityWalk::Believable(const Person& person) const {
  if (current_.newer && person.previous_subject() != current_.from) return false;
  return !person.has_qualification() || person.qualification().birth_date() == birth_date_;
}

}  // namespace tsunagu::eligibility
