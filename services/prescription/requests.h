// The form of requests, before anything is read: each answers OK or an INVALID_ARGUMENT that names
// the field.
#ifndef SERVICES_PRESCRIPTION_REQUESTS_H_
#define SERVICES_PRESCRIPTION_REQUESTS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/platform/national/insured.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::prescription {

// RX-040: 8 to 64 of [0-9A-Za-z-].
absl::Status CheckCommandId(absl::string_view command_id);

// RX-049: a UUID in lower case.
absl::Status CheckId(absl::string_view id, absl::string_view field = "prescription_id");

// RX-029
// The fields of an identity without which nobody is found: insurer, number, and the branch where
// members of a family share the number. `rule`: that asks for them.
absl::Status CheckIdentity(const tsunagu::common::v1::InsuredIdentity& identity,
                           absl::string_view rule);

absl::Status CheckDocument(absl::string_view document);

// Document and issue type; RX-029 for the size.
absl::Status CheckRegister(const v1::RegisterRequest& request);
absl::Status CheckChange(const v1::ChangeRequest& request);
absl::Status CheckDispense(const v1::DispenseRequest& request);
absl::Status CheckChangeResult(const v1::ChangeResultRequest& request);

// RX-041: an id, or an access code with the insurance data.
absl::Status CheckAccept(const v1::AcceptRequest& request);

// As the platform takes it.
national::InsuredIdentity IdentityOf(const tsunagu::common::v1::InsuredIdentity& identity);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_REQUESTS_H_
