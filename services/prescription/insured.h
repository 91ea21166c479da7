// Whether the patient of a prescription is the insured person that it names (RX-045 to RX-048,
// RX-052, RX-053), and that of a result the prescription's (RX-548 to RX-550): a wrong merge of two
// persons can kill. All functions are pure and thread safe.
#ifndef SERVICES_PRESCRIPTION_INSURED_H_
#define SERVICES_PRESCRIPTION_INSURED_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"
#include "services/prescription/record/parts.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {

// A name without what varies between spellings of it: spaces, widths, hiragana or katakana, small
// or large kana, the sign of a long vowel. For comparisons only.
std::string NameKey(absl::string_view name);

// What a prescription says of its patient.
struct Claim {
  record::Patient patient;
  std::string issued_on;   // YYYYMMDD
  bool confirmed = false;  // the issuer vouches for the number
};

// The patient as events keep it.
v1::Patient PatientOf(const record::Patient& patient);

// Adds what in the patient of a result is not that of its prescription (RX-548 to RX-550). What
// either does not say is not compared.
void CompareWithPrescribed(const record::Patient& patient, const v1::Patient& prescribed,
                           national::Findings& findings);

// Adds what speaks against it. An insured person without a birth date is one that nobody knows;
// `insurer_known`: others of that insurer are known.
void CompareWithInsured(const Claim& claim, const v1::KnownInsured& insured, bool insurer_known,
                        national::Findings& findings);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_INSURED_H_
