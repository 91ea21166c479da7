#include "services/prescription/insured_fold.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::eligibility::v1::PersonChanged;

struct Change {
  uint64_t version = 0;
  std::string state;
  tsunagu::eligibility::v1::Qualification qualification;
};

std::optional<Change> Read(const journal::Record& record) {
  tsunagu::journal::v1::Published published;
  PersonChanged event;
  if (!published.ParseFromString(record.value) || published.subject().empty() ||
      !event.ParseFromString(published.event()) || !event.has_person() ||
      published.aggregate() != InsuredName(published.subject())) {
    return std::nullopt;
  }
  return Change{published.version(), published.aggregate(), event.person().qualification()};
}

}  // namespace

std::string InsuredName(absl::string_view subject) { return absl::StrCat("person/", subject); }

std::vector<std::string> InsuredFolder::Touches(const journal::Record& record) const {
  const auto change = Read(record);
  if (!change.has_value()) return {};
  return {change->state};
}

journal::Verdict InsuredFolder::Apply(const journal::Record& record, journal::States& states,
                                      journal::Publications&) const {
  const auto change = Read(record);
  if (!change.has_value()) return journal::Verdict::kUndecodable;
  auto known = states.GetAs<v1::KnownInsured>(change->state);
  if (known.version() >= change->version) return journal::Verdict::kAccepted;
  known.set_version(change->version);
  known.set_birth_date(change->qualification.birth_date());
  known.set_sex(change->qualification.sex());
  known.set_name(change->qualification.name());
  known.set_name_kana(change->qualification.name_kana());
  states.PutMessage(change->state, known);
  return journal::Verdict::kAccepted;
}

}  // namespace tsunagu::prescription
