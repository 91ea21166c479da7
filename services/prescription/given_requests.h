// The form of the requests of given.proto, before anything is read.
#ifndef SERVICES_PRESCRIPTION_GIVEN_REQUESTS_H_
#define SERVICES_PRESCRIPTION_GIVEN_REQUESTS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/prescription/v1/given.pb.h"

namespace tsunagu::prescription {

// A pharmacy dispenses from paper; all others that may call give in house.
v1::GivenKind KindOf(tsunagu::access::v1::FacilityKind facility);

absl::Status CheckRegisterGiven(const v1::RegisterGivenRequest& request, v1::GivenKind kind);
absl::Status CheckChangeGiven(const v1::ChangeGivenRequest& request);
absl::Status CheckGivenId(absl::string_view id);

// Days, both included. An unset day bounds nothing.
struct GivenDays {
  absl::CivilDay from;
  absl::CivilDay to;
};
absl::StatusOr<GivenDays> CheckSearchGiven(const v1::SearchGivenRequest& request,
                                           absl::CivilDay today);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_GIVEN_REQUESTS_H_
