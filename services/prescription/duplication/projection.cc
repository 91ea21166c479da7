#include "services/prescription/duplication/projection.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription::duplication {
namespace {

v1::TakingItem& AddItem(const v1::Prescription& prescription, const std::string& start,
                        v1::Taking& taking) {
  v1::TakingItem& item = *taking.add_items();
  item.set_prescription_id(prescription.id());
  item.set_start(start);
  item.set_issuer(prescription.issuer());
  item.set_issuer_name(prescription.issuer_name());
  return item;
}

void AddPrescribed(const v1::Prescription& prescription, v1::Taking& taking) {
  v1::TakingItem& item = AddItem(prescription, prescription.issued_on(), taking);
  if (prescription.status() == v1::STATUS_REGISTERED) item.set_until(prescription.open_until());
  *item.mutable_drugs() = prescription.drugs();
}

void AddDispensed(const v1::Prescription& prescription, v1::Taking& taking) {
  int use = 0;
  for (const auto& result : prescription.results()) {
    ++use;
    // A result for several prescriptions: its drugs stand with one of them.
    if (!result.drugs_with().empty() && result.drugs_with() != prescription.id()) continue;
    v1::TakingItem& item = AddItem(prescription, result.dispensed_on(), taking);
    item.set_use(use);
    item.set_pharmacy(result.pharmacy());
    item.set_pharmacy_name(result.pharmacy_name());
    *item.mutable_drugs() = result.drugs();
  }
}

bool IsOpen(v1::Status status) {
  return status == v1::STATUS_REGISTERED || status == v1::STATUS_IN_DISPENSING;
}

}  // namespace

// Leaves out what is of that id.
void Remove(absl::string_view id, v1::Taking& taking) {
  auto& items = *taking.mutable_items();
  items.erase(
      std::remove_if(items.begin(), items.end(),
                     [&](const v1::TakingItem& item) { return item.prescription_id() == id; }),
      items.end());
}

// Leaves out what is too old, and puts the rest in order.
void Settle(absl::CivilDay decided, v1::Taking& taking) {
  const std::string oldest = national::FormatDay(decided - kKeptDays);
  auto& items = *taking.mutable_items();
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const v1::TakingItem& item) { return item.start() < oldest; }),
              items.end());
  const auto order = [](const v1::TakingItem& item) {
    return std::make_tuple(absl::string_view(item.start()),
                           absl::string_view(item.prescription_id()), item.use());
  };
  std::sort(items.begin(), items.end(),
            [&](const v1::TakingItem& a, const v1::TakingItem& b) { return order(a) < order(b); });
}

std::string TakingName(absl::string_view subject) { return absl::StrCat("taking/", subject); }

void PutPrescription(const v1::Prescription& prescription, absl::CivilDay decided,
                     v1::Taking& taking) {
  Remove(prescription.id(), taking);
  AddDispensed(prescription, taking);
  if (prescription.results().empty() && IsOpen(prescription.status())) {
    AddPrescribed(prescription, taking);
  }
  Settle(decided, taking);
}

void PutGiven(const v1::Given& given, absl::CivilDay decided, v1::Taking& taking) {
  Remove(given.id(), taking);
  if (given.status() == v1::GIVEN_STATUS_REGISTERED) {
    v1::TakingItem& item = *taking.add_items();
    item.set_prescription_id(given.id());
    item.set_use(1);
    item.set_start(given.given_on());
    const bool in_house = given.kind() == v1::GIVEN_KIND_IN_HOUSE;
    item.set_in_house(in_house);
    item.set_issuer(in_house ? given.facility() : given.issuer());
    // Who issued the paper has no name here: the record is the pharmacy's.
    if (in_house) item.set_issuer_name(given.facility_name());
    if (!in_house) item.set_pharmacy(given.facility());
    if (!in_house) item.set_pharmacy_name(given.facility_name());
    *item.mutable_drugs() = given.drugs();
  }
  Settle(decided, taking);
}

}  // namespace tsunagu::prescription::duplication
