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
    v1::TakingItem& item = AddItem(prescription, result.dispensed_on(), taking);
    item.set_use(++use);
    item.set_pharmacy(result.pharmacy());
    item.set_pharmacy_name(result.pharmacy_name());
    *item.mutable_drugs() = result.drugs();
  }
}

bool IsOpen(v1::Status status) {
  return status == v1::STATUS_REGISTERED || status == v1::STATUS_IN_DISPENSING;
}

}  // namespace

std::string TakingName(absl::string_view subject) { return absl::StrCat("taking/", subject); }

void PutPrescription(const v1::Prescription& prescription, absl::CivilDay decided,
                     v1::Taking& taking) {
  const std::string oldest = national::FormatDay(decided - kKeptDays);
  auto& items = *taking.mutable_items();
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const v1::TakingItem& item) {
                               return item.prescription_id() == prescription.id();
                             }),
              items.end());
  AddDispensed(prescription, taking);
  if (prescription.results().empty() && IsOpen(prescription.status())) {
    AddPrescribed(prescription, taking);
  }
  items.erase(std::remove_if(items.begin(), items.end(),
                             [&](const v1::TakingItem& item) { return item.start() < oldest; }),
              items.end());
  std::sort(items.begin(), items.end(), [](const v1::TakingItem& a, const v1::TakingItem& b) {
    return std::make_tuple(absl::string_view(a.start()), absl::string_view(a.prescription_id()),
                           a.use()) < std::make_tuple(absl::string_view(b.start()),
                                                      absl::string_view(b.prescription_id()),
                                                      b.use());
  });
}

}  // namespace tsunagu::prescription::duplication
