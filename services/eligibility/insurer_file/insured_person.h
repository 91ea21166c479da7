// One insured person as an insurer tells it.
#ifndef SERVICES_ELIGIBILITY_INSURER_FILE_INSURED_PERSON_H_
#define SERVICES_ELIGIBILITY_INSURER_FILE_INSURED_PERSON_H_

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "services/platform/national/insured.h"

namespace tsunagu::eligibility::insurer_file {

// The sex of a row that tells none.
inline constexpr char kSexUnset[] = "3";

// One row in its normal form: two spellings of one person are equal here, and events
// carry exactly this. Numbers and codes are half-width, texts UTF-8 without spaces around them;
// unset means that the cell was empty.
struct InsuredPerson {
  int line = 0;  // 1-based line of the file; not part of what events carry

  national::InsuredIdentity identity;  // normal form
  bool long_term_care = false;         // the identity is one of long-term care
  std::string name;                    // empty only where the reading is there
  std::string name_kana;               // empty only where the name is there
  std::string sex;                     // 1 male, 2 female, 3 unset (also for an empty cell)
  absl::CivilDay birth_date;
  std::string personal_family;  // 1 the insured, 2 a dependant; may be empty
  absl::CivilDay valid_from;
  std::optional<absl::CivilDay> expires;  // last day; unset: no known end
  std::string reason_of_loss;             // 01, 02, 03, 99; only with expires
  std::optional<int> contribution_ratio;  // % that the insured pays, 0..100
  std::string insurer_name;
  std::string address;
  std::string post_number;  // ddd-dddd, may be empty
  // The identity that this one continues, in normal form; unset when no cell of it is filled in.
  std::optional<national::InsuredIdentity> previous;

  bool operator==(const InsuredPerson&) const = default;
};

}  // namespace tsunagu::eligibility::insurer_file

#endif  // SERVICES_ELIGIBILITY_INSURER_FILE_INSURED_PERSON_H_
