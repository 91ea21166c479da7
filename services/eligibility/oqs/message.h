// The eligibility check of one person (OQS-IF-001/002) as plain structs: what a facility asks and
// what it is told. Codes are the national ones, kept as text. Empty text and an unset day mean that
// the element is absent or empty.
#ifndef SERVICES_ELIGIBILITY_OQS_MESSAGE_H_
#define SERVICES_ELIGIBILITY_OQS_MESSAGE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/platform/national/insured.h"

namespace tsunagu::eligibility::oqs {

// CharacterCodeIdentifier.
enum class Encoding {
  kUtf8,      // 0
  kShiftJis,  // 1; written as CP932
};

// QualificationConfirmSearchInfo. An answer echoes that of its request, or none (all empty) when
// the request could not be read.
struct Search {
  // As the facility wrote it: widths, padding and zeros differ, so Normalise before comparing.
  national::InsuredIdentity identity;
  std::optional<absl::CivilDay> birth_date;
  std::string limit_consent;  // 1 the person agrees that the limit certificate is shown, 0 not
  std::string arbitrary_identifier;  // the facility's own, sent back
  bool operator==(const Search&) const = default;
};

// LimitApplicationCertificateRelatedInfo (限度額適用認定証).
struct LimitCertificate {
  std::string classification;  // 01 限度額, 02 限度額・標準負担額減額, 03 標準負担額減額
  std::string flag;            // income class: A01 ア .. A06, B01 現役III .. B10
  std::optional<absl::CivilDay> date;
  std::optional<absl::CivilDay> valid_from;
  std::optional<absl::CivilDay> valid_to;  // last day
  bool operator==(const LimitCertificate&) const = default;
};

// ResultOfQualificationConfirmation: one qualification.
struct Qualification {
  std::string card_classification;     // 01 general .. 07, A1 medical assistance
  national::InsuredIdentity identity;  // normal form
  std::string personal_family;         // 1 the insured, 2 a dependant
  std::string insured_name;            // the head of the household's insurance
  std::string name;
  std::string name_kana;  // half-width kana
  std::string sex;        // 1 male, 2 female, 3 unset
  std::optional<absl::CivilDay> birth_date;
  std::string address;
  std::string post_number;  // ddd-dddd
  std::optional<absl::CivilDay> issued;
  std::optional<absl::CivilDay> valid_from;
  std::optional<absl::CivilDay> expires;  // last day; unset: no known end, an older end is void
  std::string contribution_ratio;         // % that the insured pays, three digits
  std::string reason_of_loss;  // 01 death, 02 public assistance, 03 other qualification, 99 other
  std::string insurer_name;
  std::string limit_consent;       // 1 consented, 0 not
  std::string limit_consent_time;  // YYYYMMDDHHMMSS in Japan
  LimitCertificate limit;
  std::string reference_number;  // 照会番号
  std::string arbitrary_identifier;
  bool operator==(const Qualification&) const = default;
};

// QualificationValidity.
enum class Validity {
  kUnset = 0,  // not checked: an error or still in process
  kValid = 1,
  kInvalid = 2,
  kInvalidNewerExists = 3,
  // No such qualification. Often a misread digit, or one not registered yet: never "not insured".
  kNotFound = 4,
  kSeveral = 5,
};

struct Answer {
  std::string process_execution_time;  // YYYYMMDDHHMMSS in Japan
  std::optional<absl::CivilDay> confirmation_date;
  std::string institution_code;          // 10 digits
  std::string file_identifier;           // of the request
  std::string reference_classification;  // 1 My Number card, 2 certificate data
  std::string segment_of_result;         // 1 done, 2 in process, 9 failed
  std::string error_code;
  std::string error_message;
  Encoding encoding = Encoding::kUtf8;

  std::string processing_status;  // ProcessingResultStatus: 1 done, 2 error
  // A code and message may also come with a success, as a notice.
  std::string processing_code;
  std::string processing_message;
  Validity validity = Validity::kUnset;
  Search search;  // echo of the request
  std::vector<Qualification> results;
  bool operator==(const Answer&) const = default;
};

}  // namespace tsunagu::eligibility::oqs

#endif  // SERVICES_ELIGIBILITY_OQS_MESSAGE_H_
