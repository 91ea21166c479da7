// Whether two lists of drugs that come from different sources speak of the same.
#ifndef SERVICES_PLATFORM_NATIONAL_SAME_DRUGS_H_
#define SERVICES_PLATFORM_NATIONAL_SAME_DRUGS_H_

#include "google/protobuf/repeated_field.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::national {

// Whether each drug of `wanted` is in `drugs`, whatever its amount: by code where both have one of
// the same code system, else by name. A drug without either is nowhere. Pure, thread safe.
bool HoldsAll(const google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>& drugs,
              const google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>& wanted);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_SAME_DRUGS_H_
