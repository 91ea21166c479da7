// The drug master as the checks see it.
#ifndef SERVICES_PRESCRIPTION_RECORD_CATALOGUE_H_
#define SERVICES_PRESCRIPTION_RECORD_CATALOGUE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/prescription/record/parts.h"

namespace tsunagu::prescription::record {

// What the drug master says about one code on one day.
struct CatalogueDrug {
  // One code may stand for several products: what agrees with one of them is right.
  std::vector<std::string> names;  // empty: the name is not compared
  std::vector<std::string> units;  // official units; empty: the unit is not compared
  bool narcotic = false;           // the prescription needs record 60 or 61
  bool refill_excluded = false;    // 投薬量に限度がある医薬品, 貼付剤
  // A brand of this code may have a name of its own, which the master does not tell.
  bool other_names = false;
};

// The drug master. Implementations are thread safe.
class DrugCatalogue {
 public:
  virtual ~DrugCatalogue() = default;
  // Whether codes of this kind can be looked up at all. Others are not checked.
  virtual bool Holds(DrugCodeKind kind) const = 0;
  // Nothing when the master of that day has no such drug.
  virtual std::optional<CatalogueDrug> Find(DrugCodeKind kind, absl::string_view code,
                                            absl::CivilDay day) const = 0;
  // Whether the master knows a drug of that name, and none with the active ingredient of the
  // price-list or YJ code.
  virtual bool NamesAnother(absl::string_view code, absl::string_view name,
                            absl::CivilDay day) const = 0;
};

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_CATALOGUE_H_
