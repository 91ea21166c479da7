// Findings and drugs of record files as protocol buffers.
#ifndef SERVICES_PRESCRIPTION_FINDINGS_H_
#define SERVICES_PRESCRIPTION_FINDINGS_H_

#include <vector>

#include "google/protobuf/repeated_field.h"
#include "services/platform/national/finding.h"
#include "services/prescription/record/parts.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::prescription {

// Appends every finding.
void AddFindings(const national::Findings& findings,
                 google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list);

// Appends every drug, RP by RP. Of a usage both code and text may be there: the text wins.
void AddDrugs(const std::vector<record::Rp>& rps,
              google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>* list);

// The same of what is dispensed: of a divided dispensing this part's days, not those of the whole.
void AddDispensedDrugs(const std::vector<record::Rp>& rps,
                       google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>* list);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_FINDINGS_H_
