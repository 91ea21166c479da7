// One line per drug: what a crew reads first. Pure.
#ifndef SERVICES_EMERGENCY_MEDICINES_H_
#define SERVICES_EMERGENCY_MEDICINES_H_

#include "services/platform/drug_master/master.h"
#include "tsunagu/emergency/v1/emergency.pb.h"

namespace tsunagu::emergency {

// Fills `medicines` from `dispensings`, which come newest first (EM-020). `drugs` names what the
// source did not and adds generic names (EM-021); null: nothing is added.
//
// The same drug is the same code of the same code system, or the same name where there is no code:
// what only might be the same stays apart.
void AddMedicines(const drug_master::DrugMaster* drugs,
                  tsunagu::emergency::v1::GetSummaryResponse& summary);

}  // namespace tsunagu::emergency

#endif  // SERVICES_EMERGENCY_MEDICINES_H_
