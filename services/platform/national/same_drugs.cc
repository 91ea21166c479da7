#include "services/platform/national/same_drugs.h"

#include <algorithm>

namespace tsunagu::national {
namespace {

using google::protobuf::RepeatedPtrField;
using tsunagu::common::v1::Drug;

bool IsSame(const Drug& a, const Drug& b) {
  if (!a.code().empty() && a.code_kind() == b.code_kind()) return a.code() == b.code();
  return !a.name().empty() && a.name() == b.name();
}

}  // namespace

bool HoldsAll(const RepeatedPtrField<Drug>& drugs, const RepeatedPtrField<Drug>& wanted) {
  return std::ranges::all_of(wanted, [&drugs](const Drug& drug) {
    return std::ranges::any_of(drugs, [&drug](const Drug& other) { return IsSame(drug, other); });
  });
}

}  // namespace tsunagu::national
