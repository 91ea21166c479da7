// Whom an emergency call is about, and whether it states enough. Pure.
#ifndef SERVICES_EMERGENCY_REQUEST_H_
#define SERVICES_EMERGENCY_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/national/insured.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/emergency/v1/emergency.pb.h"

namespace tsunagu::emergency {

// A stated reason has this many characters (EM-004).
inline constexpr int kMinReasonCharacters = 4;
inline constexpr int kMaxReasonCharacters = 200;

struct Whom {
  // The subjects that the call names: of the care context, or the one of the identity. Set as far
  // as they can be told even when `status` is an error: the refusal is recorded under them.
  std::vector<national::Subject> subjects;
  bool by_identity = false;  // then `birth_date` must be the person's, and links are followed
  std::string birth_date;    // YYYYMMDD
  tsunagu::common::v1::InsuredIdentity asked_for;  // in normal form; empty without an identity
  std::string reason;  // of the break-glass; empty when there is consent
  absl::Status status;
};

// `context` may be null; it has been authorised for this method and facility.
Whom IdentifyPerson(const tsunagu::emergency::v1::GetSummaryRequest& request,
                    const tsunagu::access::v1::CareContext* context,
                    const national::SubjectKey& subjects);

}  // namespace tsunagu::emergency

#endif  // SERVICES_EMERGENCY_REQUEST_H_
