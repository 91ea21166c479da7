// The errors of what goes beyond one prescription (facility.proto, given.proto), each by name.
#ifndef SERVICES_PRESCRIPTION_FACILITY_ERRORS_H_
#define SERVICES_PRESCRIPTION_FACILITY_ERRORS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tsunagu::prescription {

// RX-482: the person did not show the card here.
absl::Status CardReaderNeeded();

// RX-493: unknown, cancelled, or not for this caller to know.
absl::Status ResultNotFound();

// RX-500: the prescription at `path` does not go with the others; `why` in a few words.
absl::Status NotTogether(absl::string_view path, absl::string_view why);
// RX-501: with `done` of them it is done, the next met `cause`; the same call goes on.
absl::Status TogetherIncomplete(size_t done, size_t all, const absl::Status& cause);
// RX-503: it stands for several prescriptions, so it is cancelled and registered anew.
absl::Status ResultShared();

// RX-484: unknown, or another facility's.
absl::Status GivenNotFound();
// RX-485: this facility has registered the same record as `id`.
absl::Status GivenExists(absl::string_view id);
absl::Status GivenCancelled();
// RX-486: another person or another day than what it would replace.
absl::Status GivenDiffers();

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_FACILITY_ERRORS_H_
