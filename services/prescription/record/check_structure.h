// The rules on which records stand where and how often (RX-110 to RX-119). Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_RECORD_CHECK_STRUCTURE_H_
#define SERVICES_PRESCRIPTION_RECORD_CHECK_STRUCTURE_H_

#include "services/prescription/record/records.h"
#include "services/prescription/record/rules.h"

namespace tsunagu::prescription::record {

// `structure` groups the records of `file`.
void CheckStructure(const RecordFile& file, const Structure& structure, Report& report);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_CHECK_STRUCTURE_H_
