// What a submitted document says and whether it may be believed: structure, record file,
// signatures, signer, facility. Everything that is wrong is found at once (RX-014, RX-020 to
// RX-035, RX-051, RX-579). Heavy (signatures, XML): run it on the CPU pool. All functions are
// thread safe.
#ifndef SERVICES_PRESCRIPTION_SUBMISSION_H_
#define SERVICES_PRESCRIPTION_SUBMISSION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/role.h"
#include "services/platform/national/insured.h"
#include "services/prescription/errors.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/parts.h"
#include "services/prescription/trust.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {

// A signed prescription has some 15 KB, a result some 30 KB.
inline constexpr size_t kMaxDocumentBytes = size_t{1} << 20;

// What documents are judged with. All must outlive the calls.
struct Judges {
  const Trust& trust;
  const national::SubjectKey& subjects;
  const record::DrugCatalogue* catalogue;  // null: drugs are not looked up
};

// Who submits, and when.
struct Submitter {
  std::string facility;  // institution code, 10 digits
  std::vector<hpki::Role> licences;
  std::string command_id;
  absl::Time now;
  std::string prescription_id;  // of a change: of what it changes; else empty
  std::string access_code;      // the same
};

// The id of the prescription that this facility's command registers for a member of that household
// (SubjectKey::Household): the same without a branch, and not to be guessed without the key.
std::string IdOf(absl::string_view household, absl::string_view facility,
                 absl::string_view command_id);

// What came of a submission; nothing else is set unless `subject` is.
struct Verdict {
  DocumentFindings findings;
  absl::Status fault;   // UNAVAILABLE: it could not be judged, for a reason on our side
  std::string subject;  // whom it is about; empty when the record file does not say

  // OK, or the error that refuses it.
  absl::Status status() const;
};

struct RegistrationVerdict : Verdict {
  // As written; to be compared with the insured person (insured.h). `insurer` is in normal form;
  // empty when only public payers pay.
  record::Patient patient;
  std::string insurer;
  // Complete but for the access code; the document is stamped and carries the id. Not to be used
  // unless status() is OK, except for prescription_id and fingerprint.
  v1::Event::Registered event;
};

RegistrationVerdict JudgePrescription(absl::string_view document, v1::IssueType issue_type,
                                      const Submitter& submitter, const Judges& judges);

struct ResultVerdict : Verdict {
  v1::Event::Dispensed event;
};

// `registered`: what the result is of, from the views, with its fingerprint when it is electronic.
// `use`: of which use or part it has to be.
ResultVerdict JudgeResult(absl::string_view document, const v1::Prescription& registered, int use,
                          const Submitter& submitter, const Judges& judges);

// The fingerprint of a prescription as registered, for a state that was made before it was kept.
// Verifies the document.
std::string FingerprintOf(const v1::Prescription& registered, absl::string_view document);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SUBMISSION_H_
