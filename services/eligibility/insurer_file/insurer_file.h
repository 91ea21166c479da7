// The file with which an insurer loads its insured persons (docs/decisions/0003-insurer-file.md):
// CSV in CP932 or UTF-8, a header row of OQS element names, columns in any order.
#ifndef SERVICES_ELIGIBILITY_INSURER_FILE_INSURER_FILE_H_
#define SERVICES_ELIGIBILITY_INSURER_FILE_INSURER_FILE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/eligibility/insurer_file/insured_person.h"
#include "services/eligibility/insurer_file/row_reader.h"
#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::insurer_file {

inline constexpr size_t kMaxFileBytes = 64 * 1024 * 1024;
inline constexpr size_t kMaxPersons = 200'000;
inline constexpr size_t kMaxCellBytes = 1024;

struct InsurerFile {
  // In the order of the file. Complete only when no finding is an error.
  std::vector<InsuredPerson> persons;
  national::Findings findings;
};

// All findings at once, at most 1,000. Thread safe. `today`: in Japan. With `speaks_for` only rows
// of the insurers that it says yes to are right (EL-137).
InsurerFile ReadInsurerFile(absl::string_view bytes, absl::CivilDay today);
InsurerFile ReadInsurerFile(absl::string_view bytes, absl::CivilDay today, SpeaksFor speaks_for);

// A text that is the same for the rows of one identity, and for no others.
std::string IdentityKey(const InsuredPerson& person);

}  // namespace tsunagu::eligibility::insurer_file

#endif  // SERVICES_ELIGIBILITY_INSURER_FILE_INSURER_FILE_H_
