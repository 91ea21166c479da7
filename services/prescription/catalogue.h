// The drug master as the catalogue of record files.
#ifndef SERVICES_PRESCRIPTION_CATALOGUE_H_
#define SERVICES_PRESCRIPTION_CATALOGUE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/drug_master/master.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/convert.h"

namespace tsunagu::prescription {

// Looks codes up by what the master says of them: receipt codes; price-list and YJ codes by the
// price-list code; generic codes, where the master has any. Immutable, thread safe.
//
// What is not refilled (RX-184): narcotics and psychotropics, whose days are limited, and the
// patches of class 264 (against pain and inflammation). That a drug is new, and limited for that,
// the master does not tell.
class MasterCatalogue : public record::DrugCatalogue, public record::DrugCodes {
 public:
  // `master` is there.
  explicit MasterCatalogue(std::unique_ptr<const drug_master::DrugMaster> master);

  bool Holds(record::DrugCodeKind kind) const override;
  // Nothing when no drug with that code is in use on that day. A YJ code that is no price-list code
  // is of a brand that shares one (統一名収載): RX-202, names and units are those of the drugs with
  // its first nine characters, and its own name may be another.
  std::optional<record::CatalogueDrug> Find(record::DrugCodeKind kind, absl::string_view code,
                                            absl::CivilDay day) const override;
  // By product names and generic names, of what is no longer in use too.
  bool NamesAnother(absl::string_view code, absl::string_view name,
                    absl::CivilDay day) const override;

  // RX-204: of a price-list code the one product in use that has it, by its name where one is
  // given; of a name the one product or generic name that is written so.
  std::optional<record::DrugCode> FindCode(record::DrugCodeKind kind, absl::string_view code,
                                           absl::string_view name,
                                           absl::CivilDay day) const override;

 private:
  // Receipt codes by another code.
  using Index = absl::flat_hash_map<std::string, std::vector<std::string>>;

  struct Product {
    std::string receipt_code;
    drug_master::Drug drug;
  };

  std::vector<Product> InUse(const Index& index, absl::string_view key, absl::CivilDay day) const;

  const std::unique_ptr<const drug_master::DrugMaster> master_;
  Index by_strength_;  // the price-list code without brand and check character
  Index by_generic_;
  Index by_name_;          // as ComparableName has it
  Index by_generic_name_;  // the same
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_CATALOGUE_H_
