#include "services/medication/person_fold.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/medication/v1/events.pb.h"

namespace tsunagu::medication {
namespace {

using tsunagu::eligibility::v1::PersonChanged;
using tsunagu::eligibility::v1::Qualification;

struct Change {
  uint64_t version = 0;
  std::string state;
  tsunagu::eligibility::v1::Person person;
};

std::optional<Change> Read(const journal::Record& record) {
  tsunagu::journal::v1::Published published;
  PersonChanged event;
  if (!published.ParseFromString(record.value) || published.subject().empty() ||
      !event.ParseFromString(published.event()) || !event.has_person() ||
      published.aggregate() != PersonName(published.subject())) {
    return std::nullopt;
  }
  return Change{published.version(), published.aggregate(), event.person()};
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
  return {change->state};
}

journal::Verdict PersonFolder::Apply(const journal::Record& record, journal::States& states,
                                     journal::Publications&) const {
  const auto change = Read(record);
  if (!change.has_value()) return journal::Verdict::kUndecodable;
  auto known = states.GetAs<v1::KnownPerson>(change->state);
  if (known.version() >= change->version) return journal::Verdict::kAccepted;
  known.set_version(change->version);
  known.clear_person();
  if (change->person.has_qualification()) {
    *known.mutable_person() = WhoIs(change->person.qualification());
  }
  states.PutMessage(change->state, known);
  return journal::Verdict::kAccepted;
}

}  // namespace tsunagu::medication
