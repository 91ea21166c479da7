// Signed documents and the tricks that tests play on them.
#ifndef SERVICES_PLATFORM_HPKI_XADES_TEST_DOCUMENTS_H_
#define SERVICES_PLATFORM_HPKI_XADES_TEST_DOCUMENTS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/hpki/xades/verify.h"

namespace tsunagu::xades {

// The contents of Prescription() and Dispensing().
inline constexpr char kPrescribed[] = "SJ1\n1,1,0000000,13,テスト医院\n";
inline constexpr char kDispensed[] = "CJ1\n1,1,0000000,13,テスト薬局\n";

// When they are signed.
absl::Time SigningTime();

const Signer& Doctor();
const Signer& Pharmacist();

// A signed prescription with the PrescriptionId 11111111-2222.
std::string Prescription();

// A signed dispensing result around it.
std::string Dispensing();

// Replaces the first occurrence; the test fails if there is none.
std::string Replace(std::string text, absl::string_view from, absl::string_view to);

// The text from the first `begin` up to and with the next `end`.
std::string Cut(const std::string& text, absl::string_view begin, absl::string_view end);

bool HasRule(const Verification& verification, absl::string_view rule);

// All rules with their places, for messages.
std::string RulesOf(const Verification& verification);

// The test fails unless the document is refused under that rule and no content is handed out.
void ExpectRefused(const std::string& document, absl::string_view rule,
                   DocumentKind kind = DocumentKind::kPrescription);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_TEST_DOCUMENTS_H_
