// A package: the care-plan files that one office sends to another at one time.
//
// The standard sends together {tables 1, 2, 3, supplement}, {tables 6, 7, supplement}, {actuals},
// or one delete, all with the same sender, receiver and timestamp.
#ifndef SERVICES_LTC_CAREPLAN_PACKAGE_H_
#define SERVICES_LTC_CAREPLAN_PACKAGE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/ltc/careplan/file_name.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/finding.h"
#include "services/platform/national/insured.h"

namespace tsunagu::ltc::careplan {

// No set has more than four files; more are refused unread.
inline constexpr size_t kMaxPackageFiles = 8;

struct InputFile {
  std::string name;
  std::string bytes;  // MS932
};

// The numbers are part of the ids of packages: append only.
enum class PackageKind {
  kCarePlan,         // tables 1, 2, 3, supplement; replaces those of the same plan date
  kMonthPlan,        // tables 6, 7, supplement; replaces those of the same month
  kActuals,          // actuals of one provider and month
  kDeleteCarePlan,   // removes tables 1, 2 and 3
  kDeleteMonthPlan,  // removes tables 6 and 7
  kDeleteActuals,
};

struct PackageFile {
  FileName name;
  std::vector<national::CsvRow> rows;  // all columns of the layout of name.kind
};

struct Package {
  PackageKind kind = PackageKind::kCarePlan;
  Office source;
  Office destination;
  std::string timestamp;           // YYYYMMDDHHMMSS in Japan; packages are imported in its order
  std::string month;               // YYYYMM; empty for care plans and their deletes
  std::vector<PackageFile> files;  // in the order of FileKind
  std::vector<national::InsuredIdentity> persons;  // normal form, sorted, each once
};

struct PackageResult {
  std::optional<Package> package;  // set when no finding is an error
  national::Findings findings;     // field "file[2]" is the second input, "UP2KYO.need_no" a column
};

// Reads the files in any order. All findings at once, but nothing that only follows from another:
// what a file with a wrong name, an unreadable one or one of another package lacks, the others are
// not blamed for. `now`: no file is from the future (LTC-136). Pure, thread safe.
PackageResult ReadPackage(std::span<const InputFile> files, absl::Time now);

// The part of a package that concerns one person.
struct PersonPart {
  national::InsuredIdentity person;
  std::vector<PackageFile> files;  // only those with rows of the person
};

// One part for each of package.persons, in their order; the rows keep theirs.
std::vector<PersonPart> SplitByPerson(const Package& package);

// The file as MS932 bytes; the bytes that were read, unless they held one of the characters that
// MS932 encodes twice (NEC and IBM duplicates), which come out in their one canonical code.
// INVALID_ARGUMENT when a cell holds a character that MS932 lacks.
absl::StatusOr<std::string> WriteFile(const PackageFile& file);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_PACKAGE_H_
