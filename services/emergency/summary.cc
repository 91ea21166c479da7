#include "services/emergency/summary.h"

#include <google/protobuf/repeated_field.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "services/platform/national/jst.h"
#include "services/platform/national/same_drugs.h"
#include "services/platform/national/usage.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::common::v1::Drug;
using tsunagu::eligibility::v1::Person;
using tsunagu::eligibility::v1::Qualification;
using tsunagu::emergency::v1::Feed;
using tsunagu::emergency::v1::GetSummaryResponse;
using tsunagu::emergency::v1::KnownPrescriptions;
using tsunagu::emergency::v1::KnownReceipts;
using tsunagu::medication::v1::Dispensing;

constexpr int kMonthsFromIssueToDispensing = 3;

std::vector<std::string> MonthsFrom(absl::CivilMonth from, absl::CivilMonth to) {
  std::vector<std::string> months;
  for (absl::CivilMonth month = from; month <= to; ++month) {
    months.push_back(national::FormatMonth(month));
  }
  return months;
}

// Days compare as texts of eight digits; an unset day is before all others.
bool IsSince(const std::string& day, absl::CivilDay from) {
  return day >= national::FormatDay(from);
}

// The medical qualification that starts latest: a care context may hold a long-term-care identity
// too.
const Qualification* NewestQualification(const std::vector<Person>& persons) {
  const Qualification* newest = nullptr;
  for (const Person& person : persons) {
    if (!person.has_qualification() || person.qualification().long_term_care()) continue;
    if (newest == nullptr || person.qualification().valid_from() > newest->valid_from()) {
      newest = &person.qualification();
    }
  }
  return newest;
}

// What makes two entries those of one event: dispenser, both days and prescriber, all of them
// stated.
bool IsSameOccasion(const Dispensing& a, const Dispensing& b) {
  const auto same = [](const std::string& x, const std::string& y) { return !x.empty() && x == y; };
  // Receipts do not state of drugs in house who prescribed them when (RX-497).
  if (a.in_house() && b.in_house()) {
    return same(a.facility(), b.facility()) && same(a.dispensed_on(), b.dispensed_on());
  }
  return same(a.facility(), b.facility()) && same(a.dispensed_on(), b.dispensed_on()) &&
         same(a.prescriber(), b.prescriber()) && same(a.prescribed_on(), b.prescribed_on());
}

// Whether a receipt, the late and authoritative version, has come for what the e-prescription said,
// and for no other one (EM-013).
bool HasReceipt(const Known& known, const std::string& prescription_id,
                const Dispensing& dispensing) {
  const bool another = std::ranges::any_of(known.prescriptions, [&](const auto& other) {
    return other.prescription_id() != prescription_id &&
           std::ranges::any_of(other.dispensings(), [&](const Dispensing& one) {
             return IsSameOccasion(one, dispensing);
           });
  });
  return !another && std::ranges::any_of(known.receipts, [&](const Dispensing& receipt) {
    return IsSameOccasion(receipt, dispensing) &&
           national::HoldsAll(receipt.drugs(), dispensing.drugs());
  });
}

std::vector<Dispensing> DispensingsOf(const Known& known, absl::CivilDay today) {
  std::vector<Dispensing> shown;
  for (const Dispensing& receipt : known.receipts) {
    if (IsSince(receipt.dispensed_on(), MonthsBefore(today, kReceiptMonths))) {
      shown.push_back(receipt);
    }
  }
  for (const auto& item : known.prescriptions) {
    const std::string& id = item.prescription_id();
    for (const Dispensing& dispensing : item.dispensings()) {
      if (!IsSince(dispensing.dispensed_on(), today - kDispensingDays)) continue;
      if (HasReceipt(known, id, dispensing)) continue;
      shown.push_back(dispensing);
      shown.back().set_prescription_id(id);
    }
  }
  std::vector<std::pair<std::string, size_t>> order;
  for (size_t i = 0; i < shown.size(); ++i) order.emplace_back(shown[i].SerializeAsString(), i);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    const std::string &day = shown[a.second].dispensed_on(),
                      &other = shown[b.second].dispensed_on();
    return day == other ? a.first < b.first : day > other;
  });
  std::vector<Dispensing> sorted;
  for (size_t i = 0; i < order.size(); ++i) {
    const bool repeat = i > 0 && order[i].first == order[i - 1].first;
    if (!repeat) sorted.push_back(std::move(shown[order[i].second]));
  }
  return sorted;
}

// EM-024
std::vector<Dispensing> UndispensedOf(const Known& known, absl::CivilDay today) {
  std::vector<Dispensing> open;
  for (const auto& item : known.prescriptions) {
    if (!item.open()) continue;
    if (!IsSince(item.issued_on(), today - kDispensingDays)) continue;
    Dispensing& prescribed = open.emplace_back();
    prescribed.set_source(tsunagu::medication::v1::SOURCE_PRESCRIPTION);
    prescribed.set_prescription_id(item.prescription_id());
    prescribed.set_prescribed_on(item.issued_on());
    prescribed.set_prescriber(item.issuer());
    *prescribed.mutable_drugs() = item.drugs();
  }
  std::sort(open.begin(), open.end(), [](const Dispensing& a, const Dispensing& b) {
    return std::tie(b.prescribed_on(), a.prescription_id()) <
           std::tie(a.prescribed_on(), b.prescription_id());
  });
  if (open.size() > kMostUndispensed) open.resize(kMostUndispensed);
  return open;
}

// Day and facility of every visit that a drug or a prescription tells of.
std::set<std::pair<std::string, std::string>> VisitsOf(const Known& known) {
  std::set<std::pair<std::string, std::string>> visits;
  for (const Dispensing& receipt : known.receipts) {
    if (receipt.in_house()) {
      visits.emplace(receipt.dispensed_on(), receipt.facility());
    } else {
      visits.emplace(receipt.prescribed_on(), receipt.prescriber());
    }
  }
  for (const auto& item : known.prescriptions) visits.emplace(item.issued_on(), item.issuer());
  return visits;
}

// With usages in words.
void Put(std::vector<Dispensing> entries, google::protobuf::RepeatedPtrField<Dispensing>& shown) {
  for (Dispensing& entry : entries) {
    for (Drug& drug : *entry.mutable_drugs()) national::AddUsageText(drug);
    *shown.Add() = std::move(entry);
  }
}

// The newest day of a prescription or of its dispensing; one that was cancelled says nothing.
std::string NewestPrescription(const Known& known) {
  std::string newest;
  for (const auto& item : known.prescriptions) {
    if (!item.issuer().empty()) newest = std::max(newest, item.issued_on());
    for (const Dispensing& one : item.dispensings()) newest = std::max(newest, one.dispensed_on());
  }
  return newest;
}

// EM-015. Only a feed that was read to its end can say that there is nothing.
v1::FeedState StateOf(const Known& known, const char* feed, bool any) {
  const auto is_among = [feed](const std::vector<std::string>& feeds) {
    return std::find(feeds.begin(), feeds.end(), feed) != feeds.end();
  };
  if (is_among(known.unreadable)) return v1::FEED_STATE_UNREADABLE;
  if (is_among(known.behind)) return v1::FEED_STATE_BEHIND;
  return any ? v1::FEED_STATE_CURRENT : v1::FEED_STATE_NONE;
}

void AddFeed(const Known& known, const char* name, std::string newest, std::string since,
             GetSummaryResponse& summary) {
  Feed& feed = *summary.add_feeds();
  feed.set_name(name);
  feed.set_state(StateOf(known, name, !newest.empty()));
  feed.set_newest(std::move(newest));
  feed.set_since(std::move(since));
}

}  // namespace

void AddReceipts(absl::string_view month, const KnownReceipts& state, Known& known) {
  if (state.version() > 0)
    known.newest_receipt = std::max(known.newest_receipt, std::string(month));
  known.receipts.insert(known.receipts.end(), state.dispensings().begin(),
                        state.dispensings().end());
}

int AgeOn(absl::string_view birth_date, absl::CivilDay today) {
  const auto born = national::ParseDay(birth_date);
  if (!born.has_value() || *born > today) return 0;
  const bool birthday_to_come =
      std::make_pair(today.month(), today.day()) < std::make_pair(born->month(), born->day());
  return static_cast<int>(today.year() - born->year()) - (birthday_to_come ? 1 : 0);
}

absl::CivilDay MonthsBefore(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) - months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return absl::CivilDay(month.year(), month.month(), std::min(day.day(), last.day()));
}

std::vector<std::string> ReceiptMonths(absl::CivilDay today) {
  constexpr int kMonths = std::max(kReceiptMonths, kVisitMonths);
  return MonthsFrom(absl::CivilMonth(today) - kMonths, absl::CivilMonth(today));
}

std::vector<std::string> PrescriptionMonths(absl::CivilDay today) {
  const absl::CivilMonth dispensed(today - kDispensingDays);
  return MonthsFrom(
      std::min(dispensed - kMonthsFromIssueToDispensing, absl::CivilMonth(today) - kVisitMonths),
      absl::CivilMonth(today));
}

GetSummaryResponse Summarise(const Known& known, absl::CivilDay today) {
  GetSummaryResponse summary;
  const Qualification* person = NewestQualification(known.persons);
  if (person != nullptr) {
    *summary.mutable_person() = *person;
    summary.set_age(AgeOn(person->birth_date(), today));
  }
  if (!known.asked_for.number().empty()) *summary.mutable_asked_for() = known.asked_for;
  Put(DispensingsOf(known, today), *summary.mutable_dispensings());
  Put(UndispensedOf(known, today), *summary.mutable_undispensed());
  const auto visits = VisitsOf(known);
  const absl::CivilDay visits_since = MonthsBefore(today, kVisitMonths);
  summary.set_visits_since(national::FormatDay(visits_since));
  for (auto it = visits.rbegin(); it != visits.rend(); ++it) {
    if (it->second.empty() || !IsSince(it->first, visits_since)) continue;
    auto& visit = *summary.add_visits();
    visit.set_date(it->first);
    visit.set_facility(it->second);
  }
  AddFeed(known, kEligibility, person == nullptr ? "" : person->valid_from(), "", summary);
  AddFeed(known, kMedication, known.newest_receipt,
          national::FormatDay(MonthsBefore(today, kReceiptMonths)), summary);
  AddFeed(known, kPrescription, NewestPrescription(known),
          national::FormatDay(today - kDispensingDays), summary);
  return summary;
}

bool IsUnknown(const Known& known) {
  return NewestQualification(known.persons) == nullptr && known.newest_receipt.empty() &&
         known.prescriptions.empty() && known.unreadable.empty() && known.behind.empty();
}

}  // namespace tsunagu::emergency
