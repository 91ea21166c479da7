#include "services/eligibility/load.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility {
namespace {

using insurer_file::InsuredPerson;
using tsunagu::eligibility::v1::Event;
using tsunagu::eligibility::v1::Qualification;

tsunagu::common::v1::InsuredIdentity ToProto(const national::InsuredIdentity& identity) {
  tsunagu::common::v1::InsuredIdentity message;
  message.set_insurer(identity.insurer);
  message.set_symbol(identity.symbol);
  message.set_number(identity.number);
  message.set_branch(identity.branch);
  return message;
}

Qualification ToQualification(const InsuredPerson& person) {
  Qualification q;
  *q.mutable_identity() = ToProto(Canonical(person.identity));
  q.set_name(person.name);
  q.set_name_kana(person.name_kana);
  q.set_sex(person.sex);
  q.set_birth_date(national::FormatDay(person.birth_date));
  q.set_relation(person.personal_family);
  q.set_valid_from(national::FormatDay(person.valid_from));
  if (person.expires.has_value()) q.set_valid_to(national::FormatDay(*person.expires));
  q.set_loss_reason(person.reason_of_loss);
  if (person.contribution_ratio.has_value()) {
    q.set_copay_percent(absl::StrCat(*person.contribution_ratio));
  }
  q.set_insurer_name(person.insurer_name);
  q.set_address(person.address);
  q.set_postal_code(person.post_number);
  q.set_long_term_care(person.long_term_care);
  if (person.previous.has_value()) *q.mutable_previous() = ToProto(Canonical(*person.previous));
  return q;
}

using Rows = std::vector<const InsuredPerson*>;

// `rows`: of one identity, oldest first, at least one.
PersonFact Register(const national::Subject& subject, const Rows& rows,
                    const national::SubjectKey& key) {
  PersonFact fact = {subject, {}};
  Event::Registered& registered = *fact.event.mutable_registered();
  if (!rows.back()->long_term_care) {
    registered.set_household(key.Household(rows.back()->identity));
  }
  for (const InsuredPerson* row : rows) {
    if (row->previous.has_value()) {
      const national::Subject previous = key.MakeSubject(Canonical(*row->previous));
      if (previous != subject) registered.set_previous_subject(previous);
    }
    if (row != rows.back()) *registered.add_earlier() = ToQualification(*row);
  }
  *registered.mutable_qualification() = ToQualification(*rows.back());
  return fact;
}

PersonFact Supersede(const PersonFact& newer) {
  PersonFact fact = {newer.event.registered().previous_subject(), {}};
  fact.event.mutable_superseded()->set_by_subject(newer.subject);
  fact.event.mutable_superseded()->set_valid_from(
      newer.event.registered().qualification().valid_from());
  return fact;
}

}  // namespace

national::InsuredIdentity Canonical(const national::InsuredIdentity& identity) {
  national::InsuredIdentity canonical = national::Normalise(identity);
  if (!national::NeedsBranch(canonical)) canonical.branch.clear();
  return canonical;
}

std::string PersonName(absl::string_view subject) { return absl::StrCat("person/", subject); }

std::string HouseholdName(absl::string_view pseudonym) {
  return absl::StrCat("household/", pseudonym);
}

std::vector<PersonFact> MakeFacts(std::span<const InsuredPerson> persons,
                                  const national::SubjectKey& key) {
  std::vector<national::Subject> order;
  std::map<national::Subject, Rows> rows;
  for (const InsuredPerson& person : persons) {
    const national::Subject subject = key.MakeSubject(Canonical(person.identity));
    Rows& own = rows[subject];
    if (own.empty()) order.push_back(subject);
    own.push_back(&person);
  }
  std::vector<PersonFact> facts;
  facts.reserve(order.size());
  for (const national::Subject& subject : order) {
    Rows& own = rows[subject];
    std::stable_sort(own.begin(), own.end(), [](const InsuredPerson* a, const InsuredPerson* b) {
      return a->valid_from < b->valid_from;
    });
    facts.push_back(Register(subject, own, key));
  }
  const size_t registered = facts.size();
  for (size_t i = 0; i < registered; ++i) {
    if (facts[i].event.registered().previous_subject().empty()) continue;
    facts.push_back(Supersede(facts[i]));
  }
  return facts;
}

}  // namespace tsunagu::eligibility
