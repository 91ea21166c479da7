#include "services/emergency/medicines.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "services/platform/drug_master/lookup.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/medication/v1/events.pb.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::common::v1::Drug;
using tsunagu::emergency::v1::GetSummaryResponse;
using tsunagu::emergency::v1::Medicine;
using tsunagu::medication::v1::Dispensing;

constexpr int kNoCode = 1;  // 薬品コード種別 of common.v1.Drug

// Code system and code, or name.
using Key = std::pair<int, std::string>;

Key KeyOf(const Drug& drug) {
  if (drug.code_kind() == kNoCode || drug.code().empty()) return {kNoCode, drug.name()};
  return {drug.code_kind(), drug.code()};
}

void AddFacility(const std::string& facility, Medicine& medicine) {
  auto& facilities = *medicine.mutable_facilities();
  const auto at = std::lower_bound(facilities.begin(), facilities.end(), facility);
  if (at != facilities.end() && *at == facility) return;
  const auto index = at - facilities.begin();
  facilities.Add(std::string(facility));
  std::rotate(facilities.begin() + index, facilities.end() - 1, facilities.end());
}

void AddLine(const Dispensing& dispensing, const Drug& drug, Medicine& medicine) {
  if (medicine.dispensed_on().empty()) medicine.set_dispensed_on(dispensing.dispensed_on());
  if (medicine.name().empty()) medicine.set_name(drug.name());
  if (medicine.dispensed_on() != dispensing.dispensed_on()) return;
  *medicine.add_latest() = drug;
  AddFacility(dispensing.facility(), medicine);
}

void AddFromMaster(const drug_master::DrugMaster& drugs, Medicine& medicine) {
  const auto found = drug_master::FindDrug(drugs, medicine.latest(0), medicine.dispensed_on());
  if (!found.has_value()) return;
  if (medicine.name().empty()) medicine.set_name(std::string(found->name));
  medicine.set_generic_name(std::string(found->generic_name));
}

}  // namespace

void AddMedicines(const drug_master::DrugMaster* drugs, GetSummaryResponse& summary) {
  std::map<Key, int> places;
  for (const Dispensing& dispensing : summary.dispensings()) {
    std::set<Key> here;  // drugs of this dispensing: a taper has several lines of one
    for (const Drug& drug : dispensing.drugs()) {
      const Key key = KeyOf(drug);
      // Nobody knows whether two drugs without code and name are the same.
      const bool named = !key.second.empty();
      const int next = summary.medicines_size();
      const int place = named ? places.try_emplace(key, next).first->second : next;
      Medicine& medicine =
          place == next ? *summary.add_medicines() : *summary.mutable_medicines(place);
      AddLine(dispensing, drug, medicine);
      if (!named || here.insert(key).second) medicine.set_times(medicine.times() + 1);
    }
  }
  if (drugs == nullptr) return;
  for (Medicine& medicine : *summary.mutable_medicines()) AddFromMaster(*drugs, medicine);
}

}  // namespace tsunagu::emergency
