#include "services/medication/fold.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/journal/published.h"
#include "services/platform/national/jst.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::medication {
namespace {

using tsunagu::journal::v1::Entry;
using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::Event;
using tsunagu::medication::v1::Held;
using tsunagu::medication::v1::Month;
using tsunagu::medication::v1::MonthChanged;
using tsunagu::prescription::v1::PrescriptionChanged;

std::string EvolveMonth(const Event::ReceiptLinked& receipt, absl::string_view state,
                        std::optional<std::string>& public_event) {
  Month month;
  month.ParseFromArray(state.data(), static_cast<int>(state.size()));
  Month::Item item;
  item.set_key(receipt.receipt_key());
  *item.mutable_dispensings() = receipt.dispensings();
  PutItem(std::move(item), month);
  std::string after = journal::Serialize(month);
  if (after == state) return after;
  MonthChanged changed;
  changed.set_month(receipt.month());
  for (const Month::Item& kept : month.items()) {
    changed.mutable_dispensings()->MergeFrom(kept.dispensings());
  }
  public_event = journal::Serialize(changed);
  return after;
}

std::string EvolveHeld(const Event::ReceiptHeld& receipt) {
  Held held;
  held.set_reason(receipt.reason());
  held.set_receipt(receipt.receipt());
  return journal::Serialize(held);
}

// A record of prescription.events, read.
struct Change : journal::PublicChange<PrescriptionChanged> {
  std::string state;  // the name of its state
};

std::optional<Change> ReadChange(const journal::Record& record) {
  constexpr size_t kMonthDigits = 6;
  auto read = journal::ReadPublished<PrescriptionChanged>(record);
  if (!read.has_value()) return std::nullopt;
  Change change{*std::move(read), ""};
  const PrescriptionChanged& prescription = change.event;
  const auto is_day = [](const auto& dispensing) {
    return national::ParseDay(dispensing.dispensed_on()).has_value();
  };
  if (prescription.prescription_id().empty() || prescription.issued_on().size() != 8 ||
      !national::ParseDay(prescription.issued_on()) ||
      !std::ranges::all_of(prescription.dispensings(), is_day)) {
    return std::nullopt;
  }
  change.state = MonthName(change.published.subject(),
                           absl::string_view(prescription.issued_on()).substr(0, kMonthDigits));
  return change;
}

Month::Item* FindItem(Month& month, const std::string& key) {
  for (Month::Item& item : *month.mutable_items()) {
    if (item.key() == key) return &item;
  }
  return nullptr;
}

// The prescription as it stands: what was dispensed of it, or, until then, what may be.
void Advance(const PrescriptionChanged& event, Month::Item& item) {
  item.clear_dispensings();
  for (const auto& dispensed : event.dispensings()) {
    Dispensing& dispensing = *item.add_dispensings();
    dispensing.set_source(v1::SOURCE_DISPENSING);
    dispensing.set_dispensed_on(dispensed.dispensed_on());
    dispensing.set_facility(dispensed.pharmacy());
    dispensing.set_in_house(event.origin() == PrescriptionChanged::ORIGIN_IN_HOUSE);
    *dispensing.mutable_drugs() = dispensed.drugs();
  }
  const bool open = event.status() == tsunagu::prescription::v1::STATUS_REGISTERED ||
                    event.status() == tsunagu::prescription::v1::STATUS_IN_DISPENSING;
  if (open && item.dispensings().empty()) {
    Dispensing& prescribed = *item.add_dispensings();
    prescribed.set_source(v1::SOURCE_PRESCRIPTION);
    *prescribed.mutable_drugs() = event.drugs();
  }
  for (Dispensing& dispensing : *item.mutable_dispensings()) {
    dispensing.set_prescriber(event.issuer());
    dispensing.set_prescribed_on(event.issued_on());
  }
}

}  // namespace

std::string MonthName(absl::string_view subject, absl::string_view month) {
  return absl::StrCat("month/", subject, "/", month);
}

std::string HeldName(absl::string_view receipt_key) { return absl::StrCat("held/", receipt_key); }

void PutItem(Month::Item item, Month& month) {
  auto& items = *month.mutable_items();
  const auto at = std::lower_bound(
      items.begin(), items.end(), item,
      [](const Month::Item& a, const Month::Item& b) { return a.key() < b.key(); });
  if (at != items.end() && at->key() == item.key()) {
    *at = std::move(item);
    return;
  }
  const auto index = at - items.begin();
  *items.Add() = std::move(item);
  std::rotate(items.begin() + index, items.end() - 1, items.end());
}

std::vector<std::string> MedicationDomain::Projections(const Entry&) const { return {}; }

std::string MedicationDomain::Evolve(const Entry& entry, absl::string_view state, journal::States&,
                                     std::optional<std::string>& public_event) const {
  Event event;
  if (!event.ParseFromString(entry.event())) return std::string(state);
  if (event.has_receipt() &&
      entry.aggregate() == MonthName(entry.subject(), event.receipt().month())) {
    return EvolveMonth(event.receipt(), state, public_event);
  }
  if (event.has_held() && entry.aggregate() == HeldName(event.held().receipt_key())) {
    return EvolveHeld(event.held());
  }
  return std::string(state);
}

std::vector<std::string> PrescriptionFolder::Touches(const journal::Record& record) const {
  const auto change = ReadChange(record);
  if (!change.has_value()) return {};
  return {change->state};
}

journal::Verdict PrescriptionFolder::Apply(const journal::Record& record, journal::States& states,
                                           journal::Publications&) const {
  const auto change = ReadChange(record);
  if (!change.has_value()) return journal::Verdict::kUndecodable;
  Month month = states.GetAs<Month>(change->state);
  const std::string& id = change->event.prescription_id();
  const Month::Item* known = FindItem(month, id);
  if (known != nullptr && known->version() >= change->published.version()) {
    return journal::Verdict::kAccepted;
  }
  Month::Item item;
  if (known != nullptr) item = *known;
  item.set_key(id);
  item.set_version(change->published.version());
  Advance(change->event, item);
  PutItem(std::move(item), month);
  states.PutMessage(change->state, month);
  return journal::Verdict::kAccepted;
}

}  // namespace tsunagu::medication
