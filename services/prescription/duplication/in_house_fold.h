// The fold of medication.events, in a section of its own:
//
//   taking/<subject>   v1::TakingInHouse: drugs given in house, as receipts tell them (RX-415);
//                      not those of who stays in hospital (RX-408)
//
// Receipts of pharmacies are left out: the pharmacy's result told the same at once, with the
// prescription's id.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_IN_HOUSE_FOLD_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_IN_HOUSE_FOLD_H_

#include <string>
#include <vector>

#include "services/platform/journal/folder.h"

namespace tsunagu::prescription::duplication {

inline constexpr char kReceiptsTopic[] = "medication.events";

// Drops what it has seen, by the version of the record, and puts aside what it cannot read. Months
// that are over kKeptDays before a change leave with it. Thread safe.
class InHouseFolder : public journal::Folder {
 public:
  std::vector<std::string> Touches(const journal::Record& record) const override;
  journal::Verdict Apply(const journal::Record& record, journal::States& states,
                         journal::Publications& publications) const override;
};

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_IN_HOUSE_FOLD_H_
