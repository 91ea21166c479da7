// The columns of an insurer's file and where a file has them.
#ifndef SERVICES_ELIGIBILITY_INSURER_FILE_COLUMNS_H_
#define SERVICES_ELIGIBILITY_INSURER_FILE_COLUMNS_H_

#include <array>
#include <cstddef>

#include "absl/strings/string_view.h"
#include "services/eligibility/insurer_file/rules.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::insurer_file {

enum class Column {
  kInsurerNumber,
  kInsuredCardSymbol,
  kInsuredIdentificationNumber,
  kInsuredBranchNumber,
  kName,
  kNameKana,
  kSex1,
  kBirthdate,
  kPersonalFamilyClassification,
  kInsuredCardValidDate,
  kInsuredCardExpirationDate,
  kReasonOfLoss,
  kInsuredPartialContributionRatio,
  kInsurerName,
  kAddress,
  kPostNumber,
  kPreviousInsurerNumber,
  kPreviousInsuredCardSymbol,
  kPreviousInsuredIdentificationNumber,
  kPreviousInsuredBranchNumber,
  kInsuranceKind,
};

inline constexpr size_t kColumnCount = 21;

// Further findings are dropped: a file of garbage must not cost more than its size.
inline constexpr size_t kMaxFindings = 1000;

// A file may carry this many columns, known or not.
inline constexpr size_t kMaxColumns = 100;

// The header's text, the element name of the eligibility messages.
const char* NameOf(Column column);

// Index of each column in the file's rows, -1 when the file lacks it.
using ColumnMap = std::array<int, kColumnCount>;

// Findings: EL-123, EL-124, EL-125.
ColumnMap ReadHeader(const national::CsvRow& header, national::Findings& findings);

// Adds the finding unless there are kMaxFindings.
void AddFinding(national::Findings& findings, const Rule& rule, int line, absl::string_view field);

}  // namespace tsunagu::eligibility::insurer_file

#endif  // SERVICES_ELIGIBILITY_INSURER_FILE_COLUMNS_H_
