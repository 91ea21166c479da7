// The drug master as the catalogue of record files.
#ifndef SERVICES_PRESCRIPTION_CATALOGUE_H_
#define SERVICES_PRESCRIPTION_CATALOGUE_H_

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/drug_master/master.h"
#include "services/prescription/record/catalogue.h"

namespace tsunagu::prescription {

// Looks receipt codes up; those of other kinds are not checked. The master does not tell narcotics,
// nor drugs that are not refilled. Immutable, thread safe.
class MasterCatalogue : public record::DrugCatalogue {
 public:
  // `master` is there.
  explicit MasterCatalogue(std::unique_ptr<const drug_master::DrugMaster> master)
      : master_(std::move(master)) {}

  bool Holds(record::DrugCodeKind kind) const override;
  // Nothing for a drug that is not in use on that day.
  std::optional<record::CatalogueDrug> Find(record::DrugCodeKind kind, absl::string_view code,
                                            absl::CivilDay day) const override;

 private:
  const std::unique_ptr<const drug_master::DrugMaster> master_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_CATALOGUE_H_
