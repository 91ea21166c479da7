// The alerts that a prescriber accepts, with reasons (RX-419). Pure.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_ACCEPTED_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_ACCEPTED_H_

#include "absl/status/status.h"
#include "google/protobuf/repeated_field.h"
#include "tsunagu/prescription/v1/alert.pb.h"

namespace tsunagu::prescription::duplication {

inline constexpr int kMaxAcceptedAlerts = 50;
inline constexpr int kMaxReasonCharacters = 300;

// The form of a request's field accepted_alerts: OK, or BAD_FIELD with its place.
absl::Status CheckAcceptedAlerts(
    const google::protobuf::RepeatedPtrField<v1::AcceptedAlert>& alerts);

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_ACCEPTED_H_
