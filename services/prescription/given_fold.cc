#include "services/prescription/given_fold.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/platform/national/jst.h"
#include "services/prescription/due.h"
#include "services/prescription/duplication/projection.h"
#include "services/prescription/fold.h"
#include "services/prescription/given.h"
#include "services/prescription/retention.h"
#include "tsunagu/prescription/v1/events.pb.h"
#include "tsunagu/prescription/v1/kinds_events.pb.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::journal::v1::Entry;
using v1::GivenEvent;

constexpr absl::string_view kPrefix = "px/";

v1::PrescriptionChanged::Origin OriginOf(v1::GivenKind kind) {
  return kind == v1::GIVEN_KIND_IN_HOUSE ? v1::PrescriptionChanged::ORIGIN_IN_HOUSE
                                         : v1::PrescriptionChanged::ORIGIN_PAPER;
}

std::string MakePublic(const v1::Given& state) {
  v1::PrescriptionChanged changed;
  changed.set_prescription_id(state.id());
  changed.set_origin(OriginOf(state.kind()));
  changed.set_issuer(state.issuer());
  changed.set_issued_on(state.issued_on());
  const bool stands = state.status() == v1::GIVEN_STATUS_REGISTERED;
  changed.set_status(stands ? v1::STATUS_DISPENSED : v1::STATUS_CANCELLED);
  if (!stands) return journal::Serialize(changed);
  changed.set_holder(state.facility());
  auto& dispensing = *changed.add_dispensings();
  dispensing.set_pharmacy(state.facility());
  dispensing.set_dispensed_on(state.given_on());
  *dispensing.mutable_drugs() = state.drugs();
  return journal::Serialize(changed);
}

const GivenEvent::Content* ContentOf(const GivenEvent& event) {
  if (event.has_registered()) return &event.registered();
  return event.has_changed() ? &event.changed() : nullptr;
}

// Were there too many, the oldest goes.
void List(const v1::Given& state, journal::States& states) {
  const std::string name = GivenOfPersonName(state.subject());
  auto person = states.GetAs<v1::GivenOfPerson>(name);
  auto& items = *person.mutable_items();
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const auto& item) { return item.given_id() == state.id(); }),
              items.end());
  auto& item = *items.Add();
  item.set_given_id(state.id());
  item.set_facility(state.facility());
  item.set_given_on(state.given_on());
  if (items.size() > kMaxGiven) items.DeleteSubrange(0, items.size() - kMaxGiven);
  states.PutMessage(name, person);
}

// RX-485
void KeepRecordId(const std::string& record_id, const v1::Given& state, journal::States& states) {
  if (record_id.empty()) return;
  v1::GivenAs as;
  as.set_given_id(state.id());
  *as.mutable_registered_at() = state.registered_at();
  states.PutMessage(GivenAsName(record_id), as);
}

absl::CivilDay DayOf(const Entry& entry) {
  return national::JstDay(absl::FromUnixSeconds(entry.decided_at().seconds()));
}

void KeepTaking(const Entry& entry, const v1::Given& state, journal::States& states) {
  const std::string name = duplication::TakingName(entry.subject());
  auto taking = states.GetAs<v1::Taking>(name);
  duplication::PutGiven(state, DayOf(entry), taking);
  states.PutMessage(name, taking);
}

std::string IdOf(const Entry& entry) {
  return std::string(absl::StripPrefix(entry.aggregate(), kPrefix));
}

// The day on which the document is looked at: what is given is completed at once.
std::optional<absl::CivilDay> LookOn(const GivenEvent& event, const Entry& entry) {
  if (event.has_erased()) return std::nullopt;
  if (event.has_kept_longer()) return national::ParseDay(event.kept_longer().until());
  return FirstLook(DayOf(entry));
}

std::vector<std::string> LookNames(const GivenEvent& event, const Entry& entry) {
  const auto day = LookOn(event, entry);
  if (!day.has_value()) return {};
  return {DueName(*day, DueBucket(IdOf(entry)))};
}

void AddLook(const GivenEvent& event, const Entry& entry, journal::States& states) {
  const auto day = LookOn(event, entry);
  if (day.has_value()) PutGivenDue(*day, IdOf(entry), states);
}

}  // namespace

std::string GivenName(absl::string_view id) { return absl::StrCat(kPrefix, id); }

std::string GivenOfPersonName(absl::string_view subject) { return absl::StrCat("given/", subject); }

std::string GivenAsName(absl::string_view record_id) {
  return absl::StrCat("given-as/", record_id);
}

bool IsGiven(const Entry& entry) { return absl::StartsWith(entry.aggregate(), kPrefix); }

std::vector<std::string> GivenDomain::Projections(const Entry& entry) const {
  GivenEvent event;
  if (!event.ParseFromString(entry.event())) return {};
  std::vector<std::string> names = LookNames(event, entry);
  if (event.has_kept_longer() || event.has_erased()) return names;
  names.push_back(GivenOfPersonName(entry.subject()));
  names.push_back(duplication::TakingName(entry.subject()));
  if (const std::string& as = event.changed().record_id(); !as.empty()) {
    names.push_back(GivenAsName(as));
  }
  return names;
}

std::string GivenDomain::Evolve(const Entry& entry, absl::string_view state,
                                journal::States& states,
                                std::optional<std::string>& public_event) const {
  v1::Given after;
  GivenEvent event;
  const bool readable = after.ParseFromArray(state.data(), static_cast<int>(state.size())) &&
                        event.ParseFromString(entry.event());
  if (readable && event.has_kept_longer() && !after.id().empty()) AddLook(event, entry, states);
  if (!readable || !AbsorbGiven(event, entry.subject(), entry.decided_at(), after)) {
    return std::string(state);
  }
  if (event.has_erased()) {
    Erase(after.id(), event.erased(), states);
    return journal::Serialize(after);
  }
  AddLook(event, entry, states);
  if (const auto* content = ContentOf(event); content != nullptr) {
    v1::Document document;
    document.set_xml(content->document());
    states.PutMessage(DocumentName(after.id()), document);
  }
  if (event.has_registered()) List(after, states);
  KeepRecordId(event.changed().record_id(), after, states);
  KeepTaking(entry, after, states);
  public_event = MakePublic(after);
  return journal::Serialize(after);
}

}  // namespace tsunagu::prescription
