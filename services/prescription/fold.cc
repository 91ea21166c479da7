#include "services/prescription/fold.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "services/platform/national/jst.h"
#include "services/prescription/errors.h"
#include "services/prescription/prescription.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::journal::v1::Entry;

constexpr absl::string_view kAggregatePrefix = "rx/";

std::string IdOf(const Entry& entry) {
  return std::string(absl::StripPrefix(entry.aggregate(), kAggregatePrefix));
}

// The expired ones go when a new one comes; were there still too many, the oldest.
void Open(const Event::Registered& event, absl::CivilDay day, v1::OpenPrescriptions& person) {
  auto& items = *person.mutable_items();
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const auto& item) { return IsOver(item.use_by(), day); }),
              items.end());
  auto& added = *items.Add();
  added.set_prescription_id(event.prescription_id());
  added.set_access_code(event.access_code());
  added.set_use_by(event.use_by());
  if (items.size() > kMaxOpen) items.DeleteSubrange(0, items.size() - kMaxOpen);
}

void Close(absl::string_view id, v1::OpenPrescriptions& person) {
  auto& items = *person.mutable_items();
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const auto& item) { return item.prescription_id() == id; }),
              items.end());
}

void PutDocument(const std::string& name, const std::string& xml, journal::States& states) {
  v1::Document document;
  document.set_xml(xml);
  states.PutMessage(name, document);
}

// What changes beside the aggregate.
void Project(const Entry& entry, const Event& event, journal::States& states) {
  if (event.has_registered()) {
    PutDocument(DocumentName(IdOf(entry)), event.registered().document(), states);
  }
  if (event.has_dispensed()) {
    PutDocument(ResultName(IdOf(entry)), event.dispensed().document(), states);
  }
  if (!event.has_registered() && !event.has_dispensed() && !event.has_cancelled()) return;
  const std::string name = PersonName(entry.subject());
  auto person = states.GetAs<v1::OpenPrescriptions>(name);
  if (event.has_registered()) {
    const absl::Time decided = absl::FromUnixSeconds(entry.decided_at().seconds());
    Open(event.registered(), national::JstDay(decided), person);
  } else {
    Close(IdOf(entry), person);
  }
  states.PutMessage(name, person);
}

std::string MakePublic(const State& state, const Event& event) {
  v1::PrescriptionChanged changed;
  changed.set_prescription_id(state.id());
  changed.set_status(state.status());
  changed.set_issuer(state.issuer());
  changed.set_holder(state.holder());
  changed.set_issued_on(state.issued_on());
  changed.set_use_by(state.use_by());
  if (event.has_registered()) *changed.mutable_drugs() = event.registered().drugs();
  if (event.has_dispensed()) {
    changed.set_dispensed_on(event.dispensed().dispensed_on());
    *changed.mutable_drugs() = event.dispensed().drugs();
  }
  return journal::Serialize(changed);
}

}  // namespace

std::string AggregateName(absl::string_view id) { return absl::StrCat(kAggregatePrefix, id); }
std::string DocumentName(absl::string_view id) { return absl::StrCat("doc/", id); }
std::string ResultName(absl::string_view id) { return absl::StrCat("result/", id); }
std::string PersonName(absl::string_view subject) { return absl::StrCat("person/", subject); }

int CountOpen(const v1::OpenPrescriptions& person, absl::CivilDay today) {
  return static_cast<int>(
      std::count_if(person.items().begin(), person.items().end(),
                    [&](const auto& item) { return !IsOver(item.use_by(), today); }));
}

std::string PickAccessCode(const v1::OpenPrescriptions& person,
                           const std::function<uint32_t()>& draw) {
  for (;;) {
    std::string code = absl::StrFormat("%06d", draw());
    if (std::none_of(person.items().begin(), person.items().end(),
                     [&](const auto& item) { return item.access_code() == code; })) {
      return code;
    }
  }
}

absl::StatusOr<std::string> FindByCode(const v1::OpenPrescriptions& person,
                                       absl::string_view code) {
  std::string id;
  for (const auto& item : person.items()) {
    if (item.access_code() != code) continue;
    if (!id.empty()) return AccessCodeAmbiguous();
    id = item.prescription_id();
  }
  if (id.empty()) return PrescriptionNotFound();
  return id;
}

std::vector<std::string> PrescriptionDomain::Projections(const Entry& entry) const {
  Event event;
  if (!event.ParseFromString(entry.event())) return {};
  std::vector<std::string> names;
  if (event.has_registered()) names.push_back(DocumentName(IdOf(entry)));
  if (event.has_dispensed()) names.push_back(ResultName(IdOf(entry)));
  if (event.has_registered() || event.has_dispensed() || event.has_cancelled()) {
    names.push_back(PersonName(entry.subject()));
  }
  return names;
}

std::string PrescriptionDomain::Evolve(const Entry& entry, absl::string_view state,
                                       journal::States& states,
                                       std::optional<std::string>& public_event) const {
  State before;
  Event event;
  const bool readable = before.ParseFromArray(state.data(), static_cast<int>(state.size())) &&
                        event.ParseFromString(entry.event());
  if (!readable) return std::string(state);
  const State after =
      prescription::Evolve(before, event, Origin{entry.subject(), entry.decided_at()});
  if (after.status() == before.status()) return std::string(state);
  Project(entry, event, states);
  public_event = MakePublic(after, event);
  return journal::Serialize(after);
}

}  // namespace tsunagu::prescription
