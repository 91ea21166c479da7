#include "services/prescription/fold.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
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

using Items = google::protobuf::RepeatedPtrField<v1::OpenPrescriptions::Item>;

void RemoveExpired(absl::CivilDay day, Items& items) {
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const auto& item) { return IsOver(item.use_by(), day); }),
              items.end());
}

// Were there too many, the oldest goes.
void Add(v1::OpenPrescriptions::Item item, Items& items) {
  *items.Add() = std::move(item);
  if (items.size() > kMaxOpen) items.DeleteSubrange(0, items.size() - kMaxOpen);
}

void Open(const Event::Registered& event, absl::CivilDay day, v1::OpenPrescriptions& person) {
  RemoveExpired(day, *person.mutable_items());
  RemoveExpired(day, *person.mutable_dispensed());
  RemoveExpired(day, *person.mutable_cancelled());
  v1::OpenPrescriptions::Item added;
  added.set_prescription_id(event.prescription_id());
  added.set_access_code(event.access_code());
  added.set_use_by(event.use_by());
  Add(std::move(added), *person.mutable_items());
}

// `dispensed_by` is empty when it was cancelled.
void Close(absl::string_view id, absl::string_view dispensed_by, v1::OpenPrescriptions& person) {
  auto& items = *person.mutable_items();
  const auto item = std::find_if(items.begin(), items.end(),
                                 [&](const auto& one) { return one.prescription_id() == id; });
  if (item == items.end()) return;
  v1::OpenPrescriptions::Item closed = std::move(*item);
  items.erase(item);
  closed.set_holder(std::string(dispensed_by));
  Add(std::move(closed),
      dispensed_by.empty() ? *person.mutable_cancelled() : *person.mutable_dispensed());
}

bool IsTaken(const v1::OpenPrescriptions& person, absl::string_view code) {
  const auto carries = [&](const auto& item) { return item.access_code() == code; };
  return std::any_of(person.items().begin(), person.items().end(), carries) ||
         std::any_of(person.dispensed().begin(), person.dispensed().end(), carries);
}

// The code, or the next one that is free.
std::string FreeCode(const v1::OpenPrescriptions& person, std::string code) {
  uint32_t number = 0;
  while (IsTaken(person, code)) {
    if (!absl::SimpleAtoi(code, &number)) number = 0;
    code = AccessCode((number + 1) % kAccessCodes);
  }
  return code;
}

// Whether the document was registered before (RX-043); old events do not tell.
bool IsRegistered(const Event::Registered& event, const journal::States& states) {
  if (event.fingerprint().empty()) return false;
  const std::string name = FingerprintName(event.fingerprint());
  return !states.GetAs<v1::RegisteredDocument>(name).prescription_id().empty();
}

void PutDocument(const std::string& name, const std::string& xml, journal::States& states) {
  v1::Document document;
  document.set_xml(xml);
  states.PutMessage(name, document);
}

void KeepFingerprint(const Event::Registered& event, journal::States& states) {
  if (event.fingerprint().empty()) return;
  v1::RegisteredDocument document;
  document.set_prescription_id(event.prescription_id());
  states.PutMessage(FingerprintName(event.fingerprint()), document);
}

// What changes beside the aggregate, which is `after` now.
void Project(const Entry& entry, const Event& event, const State& after, journal::States& states) {
  if (event.has_registered()) {
    PutDocument(DocumentName(IdOf(entry)), event.registered().document(), states);
    KeepFingerprint(event.registered(), states);
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
    Close(IdOf(entry), event.has_dispensed() ? after.holder() : "", person);
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
std::string FingerprintName(absl::string_view fingerprint) {
  return absl::StrCat("document/", fingerprint);
}

int CountOpen(const v1::OpenPrescriptions& person, absl::CivilDay today) {
  return static_cast<int>(
      std::count_if(person.items().begin(), person.items().end(),
                    [&](const auto& item) { return !IsOver(item.use_by(), today); }));
}

std::string AccessCode(uint32_t number) { return absl::StrFormat("%06d", number); }

absl::StatusOr<std::string> FindByCode(const v1::OpenPrescriptions& person,
                                       absl::string_view code) {
  for (const Items* items : {&person.items(), &person.dispensed(), &person.cancelled()}) {
    for (const auto& item : *items) {
      if (item.access_code() == code) return item.prescription_id();
    }
  }
  return PrescriptionNotFound();
}

std::vector<std::string> PrescriptionDomain::Projections(const Entry& entry) const {
  Event event;
  if (!event.ParseFromString(entry.event())) return {};
  std::vector<std::string> names;
  if (event.has_registered()) {
    names.push_back(DocumentName(IdOf(entry)));
    names.push_back(FingerprintName(event.registered().fingerprint()));
  }
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
  if (event.has_registered()) {
    auto& registered = *event.mutable_registered();
    if (IsRegistered(registered, states)) return std::string(state);
    const auto person = states.GetAs<v1::OpenPrescriptions>(PersonName(entry.subject()));
    registered.set_access_code(FreeCode(person, registered.access_code()));
  }
  const State after =
      prescription::Evolve(before, event, Origin{entry.subject(), entry.decided_at()});
  if (after.status() == before.status()) return std::string(state);
  Project(entry, event, after, states);
  public_event = MakePublic(after, event);
  return journal::Serialize(after);
}

}  // namespace tsunagu::prescription
