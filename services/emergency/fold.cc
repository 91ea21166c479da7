#include "services/emergency/fold.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/journal/published.h"
#include "services/platform/national/jst.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/emergency/v1/state.pb.h"
#include "tsunagu/medication/v1/events.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::emergency {
namespace {

using journal::Verdict;
using tsunagu::eligibility::v1::PersonChanged;
using tsunagu::emergency::v1::KnownPerson;
using tsunagu::emergency::v1::KnownPrescriptions;
using tsunagu::emergency::v1::KnownReceipts;
using tsunagu::medication::v1::MonthChanged;
using tsunagu::prescription::v1::PrescriptionChanged;

constexpr size_t kMonthDigits = 6;
constexpr size_t kDayDigits = 8;

// A record of a public topic, read; `state` is the name of its state.
template <typename Event>
struct Change : journal::PublicChange<Event> {
  std::string state;
};

template <typename Event>
std::optional<Change<Event>> Read(const journal::Record& record) {
  auto change = journal::ReadPublished<Event>(record);
  if (!change.has_value()) return std::nullopt;
  return Change<Event>{*std::move(change), ""};
}

std::optional<Change<PersonChanged>> ReadPerson(const journal::Record& record) {
  auto change = Read<PersonChanged>(record);
  if (!change.has_value() || !change->event.has_person()) return std::nullopt;
  change->state = PersonName(change->published.subject());
  if (change->state != change->published.aggregate()) return std::nullopt;
  return change;
}

std::optional<Change<MonthChanged>> ReadMonth(const journal::Record& record) {
  auto change = Read<MonthChanged>(record);
  if (!change.has_value()) return std::nullopt;
  change->state = MonthName(change->published.subject(), change->event.month());
  if (change->state != change->published.aggregate()) return std::nullopt;
  return change;
}

bool IsDay(const std::string& day) {
  return day.size() == kDayDigits && national::ParseDay(day).has_value();
}

std::optional<Change<PrescriptionChanged>> ReadPrescription(const journal::Record& record) {
  auto change = Read<PrescriptionChanged>(record);
  if (!change.has_value()) return std::nullopt;
  const PrescriptionChanged& event = change->event;
  const auto is_day = [](const auto& dispensing) { return IsDay(dispensing.dispensed_on()); };
  if (event.prescription_id().empty() || !IsDay(event.issued_on()) ||
      !std::ranges::all_of(event.dispensings(), is_day)) {
    return std::nullopt;
  }
  change->state = MonthName(change->published.subject(), event.issued_on().substr(0, kMonthDigits));
  return change;
}

template <typename Event>
std::vector<std::string> NamesOf(const std::optional<Change<Event>>& change) {
  if (!change.has_value()) return {};
  return {change->state};
}

// The item of that prescription; made, and the order kept, when there is none.
KnownPrescriptions::Item& ItemOf(const std::string& id, KnownPrescriptions& known) {
  auto& items = *known.mutable_items();
  const auto at = std::lower_bound(
      items.begin(), items.end(), id,
      [](const auto& item, const std::string& key) { return item.prescription_id() < key; });
  if (at != items.end() && at->prescription_id() == id) return *at;
  const auto index = at - items.begin();
  items.Add()->set_prescription_id(id);
  std::rotate(items.begin() + index, items.end() - 1, items.end());
  return items[static_cast<int>(index)];
}

void Advance(const PrescriptionChanged& event, KnownPrescriptions::Item& item) {
  item.set_issued_on(event.issued_on());
  // A prescription that was cancelled says nothing reliable of a visit.
  const bool cancelled = event.status() == tsunagu::prescription::v1::STATUS_CANCELLED;
  item.set_issuer(cancelled ? "" : event.issuer());
  item.clear_drugs();
  item.clear_dispensings();
  const bool open = event.status() == tsunagu::prescription::v1::STATUS_REGISTERED ||
                    event.status() == tsunagu::prescription::v1::STATUS_IN_DISPENSING;
  item.set_open(open && event.dispensings().empty());
  if (item.open()) *item.mutable_drugs() = event.drugs();
  for (const auto& dispensed : event.dispensings()) {
    auto& dispensing = *item.add_dispensings();
    dispensing.set_source(tsunagu::medication::v1::SOURCE_DISPENSING);
    dispensing.set_dispensed_on(dispensed.dispensed_on());
    dispensing.set_prescribed_on(event.issued_on());
    dispensing.set_facility(dispensed.pharmacy());
    dispensing.set_in_house(event.origin() == PrescriptionChanged::ORIGIN_IN_HOUSE);
    dispensing.set_prescriber(event.issuer());
    *dispensing.mutable_drugs() = dispensed.drugs();
  }
}

}  // namespace

std::string PersonName(absl::string_view subject) { return absl::StrCat("person/", subject); }

std::string MonthName(absl::string_view subject, absl::string_view month) {
  return absl::StrCat("month/", subject, "/", month);
}

std::vector<std::string> PersonFolder::Touches(const journal::Record& record) const {
  return NamesOf(ReadPerson(record));
}

Verdict PersonFolder::Apply(const journal::Record& record, journal::States& states,
                            journal::Publications&) const {
  const auto change = ReadPerson(record);
  if (!change.has_value()) return Verdict::kUndecodable;
  auto known = states.GetAs<KnownPerson>(change->state);
  if (known.version() >= change->published.version()) return Verdict::kAccepted;
  known.set_version(change->published.version());
  *known.mutable_person() = change->event.person();
  states.PutMessage(change->state, known);
  return Verdict::kAccepted;
}

std::vector<std::string> ReceiptFolder::Touches(const journal::Record& record) const {
  return NamesOf(ReadMonth(record));
}

Verdict ReceiptFolder::Apply(const journal::Record& record, journal::States& states,
                             journal::Publications&) const {
  const auto change = ReadMonth(record);
  if (!change.has_value()) return Verdict::kUndecodable;
  auto known = states.GetAs<KnownReceipts>(change->state);
  if (known.version() >= change->published.version()) return Verdict::kAccepted;
  known.set_version(change->published.version());
  *known.mutable_dispensings() = change->event.dispensings();
  states.PutMessage(change->state, known);
  return Verdict::kAccepted;
}

std::vector<std::string> PrescriptionFolder::Touches(const journal::Record& record) const {
  return NamesOf(ReadPrescription(record));
}

Verdict PrescriptionFolder::Apply(const journal::Record& record, journal::States& states,
                                  journal::Publications&) const {
  const auto change = ReadPrescription(record);
  if (!change.has_value()) return Verdict::kUndecodable;
  auto known = states.GetAs<KnownPrescriptions>(change->state);
  auto& item = ItemOf(change->event.prescription_id(), known);
  if (item.version() >= change->published.version()) return Verdict::kAccepted;
  item.set_version(change->published.version());
  Advance(change->event, item);
  states.PutMessage(change->state, known);
  return Verdict::kAccepted;
}

}  // namespace tsunagu::emergency
