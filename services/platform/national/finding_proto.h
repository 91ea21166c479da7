// Findings as messages carry them.
#ifndef SERVICES_PLATFORM_NATIONAL_FINDING_PROTO_H_
#define SERVICES_PLATFORM_NATIONAL_FINDING_PROTO_H_

#include <cstddef>

#include "google/protobuf/repeated_field.h"
#include "services/platform/national/finding.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::national {

// The findings in their order.
google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding> ToProto(const Findings& findings);

// Findings in the details of an error may take this much: gRPC carries them as metadata, of which
// clients take 8 KiB.
inline constexpr size_t kMaxDetailBytes = 4 * 1024;

// Appends the findings, errors before warnings, each in their order, until `max_bytes` are full.
void AddFindings(const Findings& findings, size_t max_bytes,
                 google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_FINDING_PROTO_H_
