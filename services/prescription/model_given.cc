#include "services/prescription/model_given.h"

#include <algorithm>

namespace tsunagu::prescription::model {

std::string NameOf(GivenAct act) {
  static constexpr const char* kNames[] = {"register given", "change given", "cancel given"};
  return kNames[static_cast<size_t>(act)];
}

// Whether another record of the facility is, or was since it was registered, that paper.
bool GivenDrugs::Stands(const GivenDeed& deed, const GivenRecord* but) const {
  return std::ranges::any_of(records_, [&](const GivenRecord& record) {
    return &record != but && record.facility == deed.facility &&
           std::ranges::find(record.papers, deed.paper) != record.papers.end();
  });
}

size_t GivenDrugs::PlaceOf(const GivenDeed& deed) const {
  const auto found = std::ranges::find_if(records_, [&](const GivenRecord& record) {
    return record.facility == deed.facility && record.first == deed.paper;
  });
  return static_cast<size_t>(found - records_.begin());
}

std::string GivenDrugs::Register(const GivenDeed& deed) {
  if (Stands(deed, nullptr)) return "GIVEN_EXISTS";
  const size_t place = PlaceOf(deed);
  if (place == records_.size()) records_.push_back({deed.facility, deed.paper, {}});
  records_[place].papers = {deed.paper};
  return "OK";
}

std::string GivenDrugs::Change(const GivenDeed& deed) {
  GivenRecord& record = records_[deed.record];
  if (deed.paper.given_on != record.first.given_on) return "GIVEN_DIFFERS";
  if (Stands(deed, &record)) return "GIVEN_EXISTS";
  record.papers.push_back(deed.paper);
  return "OK";
}

std::string GivenDrugs::Do(const GivenDeed& deed) {
  if (deed.act == GivenAct::kRegister) return Register(deed);
  const bool own = deed.record < records_.size() && records_[deed.record].facility == deed.facility;
  if (!own) return "GIVEN_NOT_FOUND";
  if (records_[deed.record].papers.empty()) return "GIVEN_CANCELLED";
  if (deed.act == GivenAct::kChange) return Change(deed);
  records_[deed.record].papers.clear();
  return "OK";
}

}  // namespace tsunagu::prescription::model
