// Findings as messages carry them.
#ifndef SERVICES_PLATFORM_NATIONAL_FINDING_PROTO_H_
#define SERVICES_PLATFORM_NATIONAL_FINDING_PROTO_H_

#include "google/protobuf/repeated_field.h"
#include "services/platform/national/finding.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::national {

// The findings in their order.
google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding> ToProto(const Findings& findings);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_FINDING_PROTO_H_
