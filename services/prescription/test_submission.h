// For tests: documents judged at the time of the test hierarchy, and their findings as short texts.
#ifndef SERVICES_PRESCRIPTION_TEST_SUBMISSION_H_
#define SERVICES_PRESCRIPTION_TEST_SUBMISSION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/national/finding.h"
#include "services/platform/national/insured.h"
#include "services/prescription/submission.h"
#include "services/prescription/test_documents.h"

namespace tsunagu::prescription {

inline constexpr char kKeyField[] = "@KeyInfo/X509Data/X509Certificate";

const national::SubjectKey& Subjects();
Judges TheJudges();
absl::CivilDay Day();

// A doctor of kClinic, a pharmacist of kPharmacy.
Submitter Clinic();
Submitter Pharmacy();

std::string Signed(const std::string& text, absl::string_view signer = kDoctor);

// "RX-014@51 RX-034W@23": a W marks a warning.
std::string Rules(const national::Findings& findings);
// "envelope / record / signature".
std::string Rules(const Verdict& verdict);

RegistrationVerdict Judge(const std::string& document, const Submitter& submitter = Clinic(),
                          v1::IssueType issue_type = v1::ISSUE_TYPE_ELECTRONIC);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_TEST_SUBMISSION_H_
