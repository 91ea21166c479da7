#include "services/prescription/errors.h"

#include "services/platform/status/error.h"
#include "services/prescription/findings.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::prescription {
namespace {

using FindingList = google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>;
using tsunagu::common::v1::Findings;

constexpr char kIdKey[] = "prescription_id";

ErrorBuilder Refused(absl::string_view reason, absl::string_view rule, absl::string_view message) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, reason, message).Rule(rule);
}

void DropTexts(FindingList& list) {
  for (auto& finding : list) {
    finding.clear_text_ja();
    finding.clear_text_en();
  }
}

// The record list is the long one, the signature's findings matter most.
void Fit(Findings& findings) {
  if (findings.ByteSizeLong() <= kMaxFindingBytes) return;
  FindingList* const lists[] = {findings.mutable_record(), findings.mutable_envelope(),
                                findings.mutable_signature()};
  for (FindingList* list : lists) DropTexts(*list);
  for (FindingList* list : lists) {
    while (!list->empty() && findings.ByteSizeLong() > kMaxFindingBytes) list->RemoveLast();
  }
}

}  // namespace

absl::Status BadField(absl::string_view path, absl::string_view description,
                      absl::string_view rule) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "BAD_FIELD",
                      "a field of the request breaks its contract")
      .Rule(rule)
      .Field(path, description);
}

absl::Status PrescriptionNotFound(const std::vector<WrongField>& named) {
  return ErrorBuilder(absl::StatusCode::kNotFound, "PRESCRIPTION_NOT_FOUND",
                      "there is no such prescription for this caller")
      .Rule("RX-050")
      .Fields(named);
}

absl::Status PrescriptionExists(absl::string_view id, absl::string_view status) {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "PRESCRIPTION_EXISTS",
                      "this document is registered already")
      .Rule("RX-043")
      .Metadata(kIdKey, id)
      .Metadata("status", status);
}

absl::Status AlreadyAccepted() {
  return Refused("ALREADY_ACCEPTED", "RX-002", "a pharmacy holds or held the prescription");
}

absl::Status PrescriptionCancelled() {
  return Refused("CANCELLED", "RX-003", "the prescription is cancelled");
}

absl::Status PrescriptionExpired() {
  return Refused("EXPIRED", "RX-005", "the last day of use is over");
}

absl::Status PrescriptionTaken() {
  return Refused("TAKEN", "RX-006", "another pharmacy has the prescription");
}

absl::Status PrescriptionDispensed() {
  return Refused("ALREADY_DISPENSED", "RX-006", "another pharmacy has dispensed the prescription");
}

absl::Status PrescriptionCollected() {
  return Refused("COLLECTED", "RX-063", "the prescription was closed without dispensing");
}

absl::Status TooEarly(absl::string_view first_day) {
  return Refused("TOO_EARLY", "RX-066", "the next use of the refill is not due yet")
      .Metadata("first_day", first_day);
}

absl::Status TooLate() {
  return Refused("TOO_LATE", "RX-066", "the days for the next use of the refill are over");
}

absl::Status NotUndoable(absl::string_view rule) {
  return Refused("NOT_UNDOABLE", rule, "this is not the last that happened to the prescription");
}

absl::Status NotHolder() {
  return Refused("NOT_HOLDER", "RX-009", "this pharmacy does not hold the prescription");
}

absl::Status EverDispensed() {
  return Refused("EVER_DISPENSED", "RX-008", "a dispensing result was registered");
}

absl::Status ResultExists(absl::string_view id) {
  return Refused("RESULT_EXISTS", "RX-009", "the prescription has its dispensing result")
      .Metadata(kIdKey, id);
}

absl::Status WrongUse(int due) {
  return Refused("WRONG_USE", "RX-065", "the result is not of the use or part that is due")
      .Metadata("due", absl::StrCat(due));
}

absl::Status OverLimit() {
  return Refused("OVER_LIMIT", "RX-065", "the prescription has no further use or part");
}

absl::Status NextDateRequired() {
  return Refused("NEXT_DATE_REQUIRED", "RX-065",
                 "a refill that goes on names the day of its next use");
}

bool IsAboutUse(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "WRONG_USE" || reason == "OVER_LIMIT" || reason == "NEXT_DATE_REQUIRED";
}

absl::Status ResultSettled() {
  return Refused("RESULT_SETTLED", "RX-070", "the next use has begun, or the result is cancelled");
}

absl::Status AcceptanceEnded() {
  return Refused("ACCEPTANCE_ENDED", "RX-008",
                 "the acceptance was given back; accept again with a new command_id");
}

absl::Status PatientMismatch() {
  return Refused("PATIENT_MISMATCH", "RX-017", "the prescription is not this person's");
}

absl::Status TooManyOpen() {
  return Refused("TOO_MANY_OPEN", "RX-019",
                 "the person has too many prescriptions whose last day is not over");
}

absl::Status TooManyWrongCodes(absl::Duration wait) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "TOO_MANY_WRONG_CODES",
                      "too many wrong access codes; this one was not looked at")
      .Rule("RX-450")
      .RetryAfter(wait);
}

absl::Status AskedTooOften(absl::Duration wait) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "ASKED_TOO_OFTEN",
                      "the facility asks for this prescription too often")
      .Rule("RX-470")
      .RetryAfter(wait);
}

absl::Status TooManyWatches() {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "TOO_MANY_WATCHES",
                      "the facility follows prescriptions on too many streams")
      .Rule("RX-472")
      .RetryAfter(absl::Minutes(1));
}

absl::Status TooManyChecks(absl::Duration wait) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "TOO_MANY_CHECKS",
                      "too many checks of this person without a care context")
      .Rule("RX-426")
      .RetryAfter(wait);
}

absl::Status CheckChanged() {
  return ErrorBuilder(absl::StatusCode::kAborted, "CHECK_CHANGED",
                      "other alerts were found than for the page before; begin with the first")
      .Rule("RX-418");
}

absl::Status RevocationUnknown() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "REVOCATION_UNKNOWN",
                      "the signing certificate's revocation cannot be looked up now")
      .Rule("RX-025")
      .RetryAfter(absl::Minutes(1));
}

absl::Status TimeStampUnavailable() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "TIME_STAMP_UNAVAILABLE",
                      "the time-stamp authority cannot be reached now")
      .Rule("SIG-073")
      .RetryAfter(absl::Minutes(1));
}

absl::Status DocumentErased(absl::string_view on) {
  return Refused("DOCUMENT_ERASED", "RX-533", "the period for which documents are kept is over")
      .Metadata("on", on);
}

absl::Status CopyNotMade() {
  return ErrorBuilder(absl::StatusCode::kInternal, "COPY_NOT_MADE", "the copy cannot be drawn")
      .Rule("RX-225");
}

bool DocumentFindings::HasErrors() const {
  return national::HasErrors(envelope) || national::HasErrors(record) ||
         national::HasErrors(signature);
}

void DocumentFindings::AppendWarnings(FindingList* list) const {
  national::Findings warnings;
  for (const national::Findings* part : {&envelope, &record, &signature}) {
    for (const national::Finding& finding : *part) {
      if (finding.severity == national::Severity::kWarning) warnings.push_back(finding);
    }
  }
  AddFindings(warnings, list);
}

absl::Status DocumentRefused(const DocumentFindings& findings) {
  Findings detail;
  AddFindings(findings.envelope, detail.mutable_envelope());
  AddFindings(findings.record, detail.mutable_record());
  AddFindings(findings.signature, detail.mutable_signature());
  Fit(detail);
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "DOCUMENT_REFUSED",
                      "the document has errors; the details list them all")
      .Rule("RX-028")
      .Detail(detail);
}

}  // namespace tsunagu::prescription
