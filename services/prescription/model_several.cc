#include "services/prescription/model_several.h"

#include <algorithm>

namespace tsunagu::prescription::model {

Several::Several(const std::vector<Terms>& terms) {
  for (const Terms& one : terms) each_.emplace_back(one);
}

std::vector<size_t> Several::OneWith(size_t which) const {
  for (const std::vector<size_t>& result : together_) {
    if (std::ranges::find(result, which) != result.end()) return result;
  }
  return {};
}

// Nothing has happened to any of them unless all of them can be dispensed.
std::string Several::DispenseTogether(const Deed& deed, const std::vector<size_t>& on) {
  for (const size_t which : on) {
    if (each_[which].Holder() != deed.facility) return "NOT_HOLDER";
    if (each_[which].terms().total > 1) return "NOT_TOGETHER";
    const std::string reason = Model(each_[which]).Do(deed);
    if (reason != "OK") return reason;
  }
  for (const size_t which : on) each_[which].Do(deed);
  together_.push_back(on);
  return "OK";
}

std::string Several::Do(const Deed& deed, const std::vector<size_t>& on) {
  if (on.size() > 1) return DispenseTogether(deed, on);
  const size_t which = on.front();
  const std::vector<size_t> shared = OneWith(which);
  if (!shared.empty() && deed.act == Act::kChangeResult) {
    return each_[which].Holder() == deed.facility ? "RESULT_SHARED" : "NOT_HOLDER";
  }
  const std::string reason = each_[which].Do(deed);
  if (shared.empty() || reason != "OK" || deed.act != Act::kCancelResult) return reason;
  for (const size_t other : shared) {
    if (other != which) each_[other].Do(deed);
  }
  std::erase(together_, shared);
  return reason;
}

}  // namespace tsunagu::prescription::model
