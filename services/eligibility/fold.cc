#include "services/eligibility/fold.h"

#include <algorithm>

#include "services/eligibility/load.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::eligibility {
namespace {

using tsunagu::eligibility::v1::Event;
using tsunagu::eligibility::v1::Household;
using tsunagu::eligibility::v1::Person;
using tsunagu::eligibility::v1::PersonChanged;

Event ReadEvent(const tsunagu::journal::v1::Entry& entry) {
  Event event;
  if (!event.ParseFromString(entry.event())) event.Clear();
  return event;
}

void Register(const Event::Registered& registered, Person& person) {
  *person.mutable_qualification() = registered.qualification();
  *person.mutable_earlier() = registered.earlier();
  person.set_previous_subject(registered.previous_subject());
}

void Supersede(const Event::Superseded& superseded, Person& person) {
  auto& links = *person.mutable_superseded_by();
  const auto at = std::lower_bound(links.begin(), links.end(), superseded.by_subject());
  if (at != links.end() && *at == superseded.by_subject()) return;
  const auto index = at - links.begin();
  *links.Add() = superseded.by_subject();
  std::rotate(links.begin() + index, links.end() - 1, links.end());
}

Household WithMember(Household household, const std::string& subject,
                     const Event::Registered& registered) {
  auto& members = *household.mutable_members();
  auto member = std::find_if(members.begin(), members.end(),
                             [&](const auto& m) { return m.subject() == subject; });
  if (member == members.end()) {
    members.Add();
    member = members.end() - 1;
    member->set_subject(subject);
  }
  member->set_branch(registered.qualification().identity().branch());
  member->set_birth_date(registered.qualification().birth_date());
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return a.branch() < b.branch(); });
  return household;
}

}  // namespace

std::vector<std::string> PersonDomain::Projections(const tsunagu::journal::v1::Entry& entry) const {
  const Event event = ReadEvent(entry);
  if (event.registered().household().empty()) return {};
  return {HouseholdName(event.registered().household())};
}

std::string PersonDomain::Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                                 journal::States& states,
                                 std::optional<std::string>& public_event) const {
  Person person;
  person.ParseFromArray(state.data(), static_cast<int>(state.size()));
  const Event event = ReadEvent(entry);
  if (event.has_registered()) {
    Register(event.registered(), person);
    if (!event.registered().household().empty()) {
      const std::string name = HouseholdName(event.registered().household());
      states.PutMessage(
          name, WithMember(states.GetAs<Household>(name), entry.subject(), event.registered()));
    }
  } else if (event.has_superseded()) {
    Supersede(event.superseded(), person);
  }
  std::string after = journal::Serialize(person);
  if (after != state) {
    PersonChanged changed;
    *changed.mutable_person() = person;
    public_event = journal::Serialize(changed);
  }
  return after;
}

}  // namespace tsunagu::eligibility
