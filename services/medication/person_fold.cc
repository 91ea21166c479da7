#include "services/medication/person_fold.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "services/platform/journal/published.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/medication/v1/events.pb.h"

namespace tsunagu::medication {
namespace {

using tsunagu::eligibility::v1::PersonChanged;
using tsunagu::eligibility::v1::Qualification;

// The name of the state is that of the aggregate.
std::optional<journal::PublicChange<PersonChanged>> Read(const journal::Record& record) {
  auto change = journal::ReadPublished<PersonChanged>(record);
  if (!change.has_value() || !change->event.has_person() ||
      change->published.aggregate() != PersonName(change->published.subject())) {
    return std::nullopt;
  }
  return change;
}

// What tells one person from another, and no more: not address, copayment or household.
tsunagu::common::v1::InsuredPerson WhoIs(const Qualification& qualification) {
  tsunagu::common::v1::InsuredPerson person;
  *person.mutable_identity() = qualification.identity();
  person.set_name(qualification.name());
  person.set_name_kana(qualification.name_kana());
  person.set_birth_date(qualification.birth_date());
  person.set_sex(qualification.sex());
  return person;
}

}  // namespace

std::string PersonName(absl::string_view subject) { return absl::StrCat("person/", subject); }

std::vector<std::string> PersonFolder::Touches(const journal::Record& record) const {
  const auto change = Read(record);
  if (!change.has_value()) return {};
  return {change->published.aggregate()};
}

journal::Verdict PersonFolder::Apply(const journal::Record& record, journal::States& states,
                                     journal::Publications&) const {
  const auto change = Read(record);
  if (!change.has_value()) return journal::Verdict::kUndecodable;
  const auto& [published, event] = *change;
  auto known = states.GetAs<v1::KnownPerson>(published.aggregate());
  if (known.version() >= published.version()) return journal::Verdict::kAccepted;
  known.set_version(published.version());
  known.clear_person();
  if (event.person().has_qualification()) {
    *known.mutable_person() = WhoIs(event.person().qualification());
  }
  states.PutMessage(published.aggregate(), known);
  return journal::Verdict::kAccepted;
}

}  // namespace tsunagu::medication
