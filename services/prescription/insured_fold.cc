#include "services/prescription/insured_fold.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "services/platform/journal/published.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::eligibility::v1::PersonChanged;

using Change = journal::PublicChange<PersonChanged>;

void AddPeriod(const tsunagu::eligibility::v1::Qualification& qualification,
               v1::KnownInsured& known) {
  if (qualification.valid_from().empty()) return;
  auto& period = *known.add_periods();
  period.set_from(qualification.valid_from());
  period.set_to(qualification.valid_to());
}

v1::KnownInsured Make(const Change& change) {
  v1::KnownInsured known;
  known.set_version(change.published.version());
  const auto& qualification = change.event.person().qualification();
  if (qualification.long_term_care()) return known;
  known.set_birth_date(qualification.birth_date());
  known.set_sex(qualification.sex());
  known.set_name(qualification.name());
  known.set_name_kana(qualification.name_kana());
  for (const auto& earlier : change.event.person().earlier()) AddPeriod(earlier, known);
  AddPeriod(qualification, known);
  return known;
}

// Of medical insurance; empty when the change tells of none.
std::string InsurerOf(const Change& change) {
  const auto& qualification = change.event.person().qualification();
  return qualification.long_term_care() ? "" : qualification.identity().insurer();
}

// The name of the state is that of the aggregate.
std::optional<Change> Read(const journal::Record& record) {
  auto change = journal::ReadPublished<PersonChanged>(record);
  if (!change.has_value() || !change->event.has_person() ||
      change->published.aggregate() != InsuredName(change->published.subject())) {
    return std::nullopt;
  }
  return change;
}

}  // namespace

std::string InsuredName(absl::string_view subject) { return absl::StrCat("person/", subject); }

std::string InsurerName(absl::string_view insurer) { return absl::StrCat("insurer/", insurer); }

std::vector<std::string> InsuredFolder::Touches(const journal::Record& record) const {
  const auto change = Read(record);
  if (!change.has_value()) return {};
  std::vector<std::string> names = {change->published.aggregate()};
  const std::string insurer = InsurerOf(*change);
  if (!insurer.empty()) names.push_back(InsurerName(insurer));
  return names;
}

journal::Verdict InsuredFolder::Apply(const journal::Record& record, journal::States& states,
                                      journal::Publications&) const {
  const auto change = Read(record);
  if (!change.has_value()) return journal::Verdict::kUndecodable;
  const std::string& name = change->published.aggregate();
  const auto before = states.GetAs<v1::KnownInsured>(name);
  if (before.version() >= change->published.version()) return journal::Verdict::kAccepted;
  const v1::KnownInsured known = Make(*change);
  states.PutMessage(name, known);
  const std::string insurer = InsurerOf(*change);
  if (insurer.empty() || known.birth_date().empty()) return journal::Verdict::kAccepted;
  v1::KnownInsurer has;
  has.set_has_insured(true);
  if (states.Get(InsurerName(insurer)).empty()) states.PutMessage(InsurerName(insurer), has);
  return journal::Verdict::kAccepted;
}

}  // namespace tsunagu::prescription
