#include "services/emergency/links.h"

#include <algorithm>
#include <utility>

namespace tsunagu::emergency {

using tsunagu::eligibility::v1::Person;

PersonLinks::PersonLinks(national::Subject subject, Person person) {
  named_.push_back(subject);
  Add(std::move(subject), std::move(person));
}

void PersonLinks::Add(national::Subject subject, Person person) {
  const auto open = [this](const national::Subject& to, const national::Subject& successor_of) {
    if (to.empty() || std::find(named_.begin(), named_.end(), to) != named_.end()) return;
    named_.push_back(to);
    open_.push_back({to, successor_of});
  };
  open(person.previous_subject(), "");
  for (const std::string& successor : person.superseded_by()) open(successor, subject);
  subjects_.push_back(std::move(subject));
  persons_.push_back(std::move(person));
}

std::optional<national::Subject> PersonLinks::Next() {
  // Links that lead to others count as well: a chain of wrong ones must end, too.
  if (open_.empty() || named_.size() - open_.size() >= 2 * kMaxIdentities ||
      subjects_.size() >= kMaxIdentities) {
    return std::nullopt;
  }
  current_ = std::move(open_.front());
  open_.pop_front();
  return current_.to;
}

void PersonLinks::Visit(Person person) {
  const std::string& birth_date = person.qualification().birth_date();
  const std::string& expected = persons_.front().qualification().birth_date();
  if (!birth_date.empty() && birth_date != expected) return;
  if (!current_.successor_of.empty() && person.previous_subject() != current_.successor_of) return;
  Add(current_.to, std::move(person));
}

}  // namespace tsunagu::emergency
