// What a document says of drugs that were given without a registered prescription (RX-484 to
// RX-489). Everything that is wrong is found at once. Heavy (XML): run it on the CPU pool. Thread
// safe.
#ifndef SERVICES_PRESCRIPTION_GIVEN_SUBMISSION_H_
#define SERVICES_PRESCRIPTION_GIVEN_SUBMISSION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/national/insured.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/parts.h"
#include "services/prescription/submission.h"
#include "tsunagu/prescription/v1/kinds_events.pb.h"

namespace tsunagu::prescription {

// Who submits what. `issuer` and `issued_on` (YYYYMMDD) are those of paper, else empty.
struct GivenSubmitter {
  std::string facility;
  v1::GivenKind kind = v1::GIVEN_KIND_UNSPECIFIED;
  std::string issuer;
  std::string issued_on;
  absl::Time now;
};

struct GivenVerdict : Verdict {
  record::Patient patient;
  std::string insurer;  // in normal form
  // Not to be used unless status() is OK, except for given_id.
  v1::GivenEvent::Content content;
};

// `catalogue` may be null. No signature is asked for (RX-030): of one that is there nothing is
// looked at but its time (RX-541).
GivenVerdict JudgeGiven(absl::string_view document, const GivenSubmitter& submitter,
                        const national::SubjectKey& subjects,
                        const record::DrugCatalogue* catalogue);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_GIVEN_SUBMISSION_H_
