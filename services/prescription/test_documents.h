// For tests: documents that real test certificates sign.
#ifndef SERVICES_PRESCRIPTION_TEST_DOCUMENTS_H_
#define SERVICES_PRESCRIPTION_TEST_DOCUMENTS_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/platform/national/insured.h"
#include "services/prescription/trust.h"

namespace tsunagu::prescription {

inline constexpr char kClinic[] = "1311234567";
inline constexpr char kPharmacy[] = "1347654321";
inline constexpr char kDoctor[] = "clinic-1-doctor";
inline constexpr char kPharmacist[] = "pharmacy-1-pharmacist";

// The insured identity in both texts.
national::InsuredIdentity Insured();

// A record file (SJ1) issued by kClinic on that day; its doctor is kDoctor.
std::string PrescriptionText(absl::CivilDay day);

// A record file (CJ1) of kPharmacy, dispensed on that day by kPharmacist; names no prescription id.
std::string ResultText(absl::CivilDay day);

// Replaces one occurrence; the test stops when there is not exactly one.
std::string Change(absl::string_view text, absl::string_view from, absl::string_view to);

// An unsigned prescription document.
std::string UnsignedPrescription(absl::string_view text);
// Signed by an identity of tools/pki.
std::string SignedPrescription(absl::string_view text, absl::Time time,
                               absl::string_view signer = kDoctor);

// A dispensing result around `prescription` (none: empty).
std::string UnsignedResult(absl::string_view text, absl::string_view prescription);
std::string SignedResult(absl::string_view text, absl::string_view prescription, absl::Time time,
                         absl::string_view signer = kPharmacist);

// How the configuration names the test hierarchy.
tsunagu::service::v1::SignatureTrust TestSignatureTrust();
tsunagu::service::v1::TimeStamping TestTimeStamping();

// The hierarchy's trust; its lists hold at TestPki::Now().
std::unique_ptr<Trust> TestTrust();

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_TEST_DOCUMENTS_H_
