// The errors of the prescription service, each by name. None holds a value of a prescription or
// tells who holds it.
#ifndef SERVICES_PRESCRIPTION_ERRORS_H_
#define SERVICES_PRESCRIPTION_ERRORS_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "services/platform/national/finding.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::prescription {

// A request that breaks its contract; `path` is the field.
absl::Status BadField(absl::string_view path, absl::string_view description,
                      absl::string_view rule);

// RX-050: unknown, or not for this caller to know. `named`: where the request named it, if it named
// several.
absl::Status PrescriptionNotFound(const std::vector<WrongField>& named = {});
// RX-043: the issuer has registered the document already, as the prescription `id`; `status`: the
// name of what that is now.
absl::Status PrescriptionExists(absl::string_view id, absl::string_view status);

// RX-002: a pharmacy holds or held it; it has to give it back first.
absl::Status AlreadyAccepted();
absl::Status PrescriptionCancelled();
absl::Status PrescriptionExpired();
// RX-006: another pharmacy has it, or has dispensed it.
absl::Status PrescriptionTaken();
absl::Status PrescriptionDispensed();
// RX-063
absl::Status PrescriptionCollected();
// RX-066: a refill before the first day, YYYYMMDD, or after the last one of its next use.
absl::Status TooEarly(absl::string_view first_day);
absl::Status TooLate();
// RX-061, RX-062, RX-064: it was not the last thing that happened to the prescription.
absl::Status NotUndoable(absl::string_view rule);
absl::Status NotHolder();
// RX-008: a result was registered; the acceptance stays.
absl::Status EverDispensed();
// The holder's own prescription `id` has its result.
absl::Status ResultExists(absl::string_view id);
// RX-065, RX-067: the result is of another use or part than `due`, or ends what it may not.
absl::Status WrongUse(int due);
// RX-065, RX-067: there are not so many uses.
absl::Status OverLimit();
// RX-065: a refill that goes on without the day of its next use.
absl::Status NextDateRequired();
// Whether it is one of the three above. The findings of a document say more.
bool IsAboutUse(const absl::Status& status);
// RX-070: the next use has begun, or the result is cancelled.
absl::Status ResultSettled();
// The acceptance that this command made was given back since.
absl::Status AcceptanceEnded();

// RX-017: the prescription is another person's.
absl::Status PatientMismatch();
// RX-019: the person has as many open prescriptions as we keep.
absl::Status TooManyOpen();

// RX-450: come again after `wait`; nobody looked whether this code is right.
absl::Status TooManyWrongCodes(absl::Duration wait);
// RX-470: this facility asks for one prescription again and again.
absl::Status AskedTooOften(absl::Duration wait);

// RX-472: the facility has as many streams open as it may.
absl::Status TooManyWatches();

// RX-418: other alerts were found than for the page before; begin with the first page.
absl::Status CheckChanged();
// RX-426: checks without consent of one person.
absl::Status TooManyChecks(absl::Duration wait);

// RX-025: whether the signer's certificate is revoked cannot be told now; our lists are at fault.
absl::Status RevocationUnknown();
// SIG-073: the time-stamp authority does not answer, or not as it should. Nothing was registered.
absl::Status TimeStampUnavailable();

// RX-533, RX-534: the documents were erased on that day, YYYYMMDD.
absl::Status DocumentErased(absl::string_view on);

// INTERNAL: what is registered cannot be drawn.
absl::Status CopyNotMade();

// What was found in a submitted document, by the part that it concerns.
struct DocumentFindings {
  national::Findings envelope;   // the XML around the content
  national::Findings record;     // the record file in it
  national::Findings signature;  // its signatures and their certificates

  bool HasErrors() const;
  void AppendWarnings(google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list) const;
};

// An answer's details share gRPC's limit of 8 KiB for all trailing metadata, in Base64.
inline constexpr size_t kMaxFindingBytes = 4500;

// INVALID_ARGUMENT with all findings in a tsunagu.common.v1.Findings (RX-028). Should they not fit
// into kMaxFindingBytes, the texts are left out (the rule ids tell them), then the last ones.
absl::Status DocumentRefused(const DocumentFindings& findings);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_ERRORS_H_
