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
#include "services/prescription/due.h"
#include "services/prescription/duplication/projection.h"
#include "services/prescription/errors.h"
#include "services/prescription/facility_index.h"
#include "services/prescription/prescription.h"
#include "services/prescription/retention.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::journal::v1::Entry;

constexpr absl::string_view kAggregatePrefix = "rx/";

std::string IdOf(const Entry& entry) {
  return std::string(absl::StripPrefix(entry.aggregate(), kAggregatePrefix));
}

using Item = v1::OpenPrescriptions::Item;
using Items = google::protobuf::RepeatedPtrField<Item>;

void RemoveExpired(absl::CivilDay day, v1::OpenPrescriptions& person) {
  for (Items* items :
       {person.mutable_items(), person.mutable_dispensed(), person.mutable_cancelled()}) {
    items->erase(std::remove_if(items->begin(), items->end(),
                                [&](const Item& item) { return IsOver(item.use_by(), day); }),
                 items->end());
  }
}

// Where a prescription of that status stands.
Items& ListOf(v1::Status status, v1::OpenPrescriptions& person) {
  switch (status) {
    case v1::STATUS_DISPENSED:
      return *person.mutable_dispensed();
    case v1::STATUS_CANCELLED:
    case v1::STATUS_COLLECTED:
      return *person.mutable_cancelled();
    default:
      return *person.mutable_items();
  }
}

Items::iterator Find(absl::string_view id, Items& items) {
  return std::find_if(items.begin(), items.end(),
                      [&](const Item& item) { return item.prescription_id() == id; });
}

// Puts the prescription where it belongs now. None leaves for it (RX-545).
void Place(const State& before, const State& after, v1::OpenPrescriptions& person) {
  Items& from = ListOf(before.status(), person);
  Items& to = ListOf(after.status(), person);
  auto at = Find(after.id(), from);
  if (at != from.end() && &from != &to) {
    from.erase(at);
    at = from.end();
  }
  Item& item = at != from.end() ? *at : *to.Add();
  item.set_prescription_id(after.id());
  item.set_access_code(after.access_code());
  item.set_use_by(OpenUntil(after));
  item.set_content_id(after.content_id());
  item.set_holder(after.status() == v1::STATUS_DISPENSED ? after.holder() : "");
}

// By another prescription than `id`.
bool IsTaken(const v1::OpenPrescriptions& person, absl::string_view code, absl::string_view id) {
  const auto carries = [&](const Item& item) {
    return item.access_code() == code && item.prescription_id() != id;
  };
  return std::any_of(person.items().begin(), person.items().end(), carries) ||
         std::any_of(person.dispensed().begin(), person.dispensed().end(), carries);
}

// The code, or the next one that is free.
std::string FreeCode(const v1::OpenPrescriptions& person, std::string code, absl::string_view id) {
  uint32_t number = 0;
  while (IsTaken(person, code, id)) {
    if (!absl::SimpleAtoi(code, &number)) number = 0;
    code = AccessCode((number + 1) % kAccessCodes);
  }
  return code;
}

// What the event brings as the prescription's content; null: nothing.
const Event::Registered* ContentOf(const Event& event) {
  if (event.has_registered()) return &event.registered();
  return event.has_changed() ? &event.changed().content() : nullptr;
}

// What the event brings as a result; null: nothing.
const Event::Dispensed* ResultOf(const Event& event) {
  if (event.has_dispensed()) return &event.dispensed();
  return event.has_result_changed() ? &event.result_changed().result() : nullptr;
}

// Whether another prescription was made of the document before (RX-043); old events do not tell.
bool IsRegistered(const Event::Registered& content, absl::string_view id,
                  const journal::States& states) {
  if (content.fingerprint().empty()) return false;
  const auto known = states.GetAs<v1::RegisteredDocument>(FingerprintName(content.fingerprint()));
  return !known.prescription_id().empty() && known.prescription_id() != id;
}

void PutDocument(const std::string& name, const std::string& xml, journal::States& states) {
  v1::Document document;
  document.set_xml(xml);
  states.PutMessage(name, document);
}

void KeepFingerprint(const Event::Registered& content, const std::string& id,
                     journal::States& states) {
  if (content.fingerprint().empty()) return;
  v1::RegisteredDocument document;
  document.set_prescription_id(id);
  states.PutMessage(FingerprintName(content.fingerprint()), document);
}

// Whether the event may move the prescription among the person's.
bool MovesItem(const Event& event) {
  return !event.has_accepted() && !event.has_released() && !event.has_cancel_awaited() &&
         !event.has_expired() && !event.has_window_opened() && !event.has_day_swept();
}

void ProjectDocuments(const Event& event, const State& before, const State& after,
                      journal::States& states) {
  const std::string name = DocumentName(after.id()), old = DocumentBeforeName(after.id());
  const bool undone = event.has_undone() && before.undoable() == v1::Prescription::UNDOABLE_CHANGE;
  if (event.has_changed()) states.Put(old, std::string(states.Get(name)));
  if (undone) states.Put(name, std::string(states.Get(old)));
  if (const auto* content = ContentOf(event); content != nullptr) {
    PutDocument(name, content->document(), states);
    KeepFingerprint(*content, after.id(), states);
  }
  if (const auto* result = ResultOf(event); result != nullptr) {
    PutDocument(ResultName(after.id(), result->use()), result->document(), states);
  }
}

absl::CivilDay DayOf(const Entry& entry) {
  return national::JstDay(absl::FromUnixSeconds(entry.decided_at().seconds()));
}

// As it was when the event was decided: what comes back after its last day has expired.
v1::Status PublicStatus(const Entry& entry, const Event& event, const State& after) {
  return event.has_expired() ? v1::STATUS_EXPIRED : StatusOn(after, DayOf(entry));
}

std::string MakePublic(const State& state, v1::Status status) {
  v1::PrescriptionChanged changed;
  changed.set_prescription_id(state.id());
  changed.set_status(status);
  changed.set_issuer(state.issuer());
  changed.set_holder(state.holder());
  changed.set_issued_on(state.issued_on());
  changed.set_use_by(OpenUntil(state));
  *changed.mutable_drugs() = state.drugs();
  for (const auto& result : state.results()) {
    if (!result.drugs_with().empty() && result.drugs_with() != state.id()) continue;
    auto& dispensing = *changed.add_dispensings();
    dispensing.set_pharmacy(result.pharmacy());
    dispensing.set_dispensed_on(result.dispensed_on());
    *dispensing.mutable_drugs() = result.drugs();
  }
  return journal::Serialize(changed);
}

void KeepTaking(const Entry& entry, const State& after, journal::States& states) {
  const std::string name = duplication::TakingName(entry.subject());
  auto taking = states.GetAs<v1::Taking>(name);
  duplication::PutPrescription(after, DayOf(entry), taking);
  states.PutMessage(name, taking);
}

// What changes beside the aggregate. It may give the prescription another access code.
void Project(const Entry& entry, const Event& event, const State& before, State& after,
             journal::States& states) {
  ProjectDocuments(event, before, after, states);
  AddDue(event, after, DayOf(entry), states);
  AddLook(event, after, DayOf(entry), states);
  KeepTaking(entry, after, states);
  if (!MovesItem(event)) return;
  const std::string name = PersonName(entry.subject());
  auto person = states.GetAs<v1::OpenPrescriptions>(name);
  if (event.has_registered()) RemoveExpired(DayOf(entry), person);
  after.set_access_code(FreeCode(person, after.access_code(), after.id()));
  Place(before, after, person);
  states.PutMessage(name, person);
}

// The partition's "swept" after the day was told.
std::string Sweep(const v1::DaySwept& event, absl::string_view state, journal::States& states) {
  v1::Swept swept;
  swept.ParseFromArray(state.data(), static_cast<int>(state.size()));
  const auto day = national::ParseDay(event.day());
  if (!day.has_value()) return std::string(state);
  ClearDue(*day, states);
  if (event.day() > swept.day()) swept.set_day(event.day());
  return journal::Serialize(swept);
}

}  // namespace

std::string AggregateName(absl::string_view id) { return absl::StrCat(kAggregatePrefix, id); }
std::string DocumentName(absl::string_view id) { return absl::StrCat("doc/", id); }
std::string DocumentBeforeName(absl::string_view id) { return absl::StrCat("doc/", id, "/before"); }
std::string ResultName(absl::string_view id, int use) {
  return use <= 1 ? absl::StrCat("result/", id) : absl::StrCat("result/", id, "/", use);
}
std::string PersonName(absl::string_view subject) { return absl::StrCat("person/", subject); }
std::string FingerprintName(absl::string_view fingerprint) {
  return absl::StrCat("document/", fingerprint);
}

std::string NameOf(absl::string_view id, const v1::ErasedDocument& document) {
  switch (document.kind()) {
    case v1::ErasedDocument::KIND_BEFORE_LAST_CHANGE:
      return DocumentBeforeName(id);
    case v1::ErasedDocument::KIND_RESULT:
      return ResultName(id, document.use());
    default:
      return DocumentName(id);
  }
}

void Erase(absl::string_view id, const v1::Erased& erased, journal::States& states) {
  for (const auto& document : erased.documents()) {
    v1::Document left;
    left.mutable_erased()->set_sha256(document.sha256());
    left.mutable_erased()->set_bytes(document.bytes());
    left.mutable_erased()->set_on(erased.on());
    states.PutMessage(NameOf(id, document), left);
  }
}

bool HasRoom(const v1::OpenPrescriptions& person, absl::CivilDay today) {
  const auto count = [today](const Items& items) {
    return std::count_if(items.begin(), items.end(),
                         [&](const Item& item) { return !IsOver(item.use_by(), today); });
  };
  const auto open = count(person.items());
  return open < kMaxOpen &&
         open + count(person.dispensed()) + count(person.cancelled()) < kMaxOfPerson;
}

bool HasContent(const v1::OpenPrescriptions& person, absl::string_view content_id,
                absl::string_view id) {
  const auto same = [&](const Item& item) {
    return item.content_id() == content_id && item.prescription_id() != id;
  };
  return std::ranges::any_of(person.items(), same) || std::ranges::any_of(person.dispensed(), same);
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
  const std::string id = IdOf(entry);
  std::vector<std::string> names = LookNames(event, id, DayOf(entry));
  if (event.has_kept_longer() || event.has_erased()) return names;
  if (!event.has_cancel_awaited()) names.push_back(duplication::TakingName(entry.subject()));
  if (const auto* content = ContentOf(event); content != nullptr) {
    names.push_back(FingerprintName(content->fingerprint()));
  }
  if (event.has_registered()) names.push_back(DocumentName(id));
  if (event.has_changed() || event.has_undone()) {
    names.push_back(DocumentName(id));
    names.push_back(DocumentBeforeName(id));
  }
  if (const auto* result = ResultOf(event); result != nullptr) {
    names.push_back(ResultName(id, result->use()));
  }
  if (MovesItem(event)) names.push_back(PersonName(entry.subject()));
  for (std::string& name : DueNames(event, id)) names.push_back(std::move(name));
  for (std::string& name : IndexNames(event)) names.push_back(std::move(name));
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
  if (event.has_day_swept()) return Sweep(event.day_swept(), state, states);
  const Event::Registered* content = ContentOf(event);
  if (content != nullptr && IsRegistered(*content, IdOf(entry), states)) return std::string(state);
  State after = before;
  if (event.has_kept_longer()) {
    if (!after.id().empty()) AddLook(event, after, DayOf(entry), states);
    return std::string(state);
  }
  if (!Absorb(event, Origin{entry.subject(), entry.decided_at()}, after)) return std::string(state);
  if (event.has_erased()) {
    Erase(after.id(), event.erased(), states);
    return journal::Serialize(after);
  }
  if (after.id().empty()) return journal::Serialize(after);  // a cancellation that waits
  Project(entry, event, before, after, states);
  AddToIndex(event, after.id(), states);
  if (!event.has_window_opened()) {
    public_event = MakePublic(after, PublicStatus(entry, event, after));
  }
  return journal::Serialize(after);
}

}  // namespace tsunagu::prescription
