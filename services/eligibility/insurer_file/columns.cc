#include "services/eligibility/insurer_file/columns.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::eligibility::insurer_file {
namespace {

// In the order of Column.
constexpr const char* kNames[kColumnCount] = {
    "InsurerNumber",
    "InsuredCardSymbol",
    "InsuredIdentificationNumber",
    "InsuredBranchNumber",
    "Name",
    "NameKana",
    "Sex1",
    "Birthdate",
    "PersonalFamilyClassification",
    "InsuredCardValidDate",
    "InsuredCardExpirationDate",
    "ReasonOfLoss",
    "InsuredPartialContributionRatio",
    "InsurerName",
    "Address",
    "PostNumber",
    "PreviousInsurerNumber",
    "PreviousInsuredCardSymbol",
    "PreviousInsuredIdentificationNumber",
    "PreviousInsuredBranchNumber",
    "InsuranceKind",
};

// Which columns a file must have; the branch is asked for row by row.
constexpr Column kRequired[] = {
    Column::kInsurerNumber,
    Column::kInsuredIdentificationNumber,
    Column::kBirthdate,
    Column::kInsuredCardValidDate,
};

int IndexOfName(absl::string_view name) {
  for (size_t i = 0; i < kColumnCount; ++i) {
    if (name == kNames[i]) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

const char* NameOf(Column column) { return kNames[static_cast<size_t>(column)]; }

ColumnMap ReadHeader(const national::CsvRow& header, national::Findings& findings) {
  ColumnMap map;
  map.fill(-1);
  for (size_t i = 0; i < header.cells.size(); ++i) {
    const int index = IndexOfName(absl::StripAsciiWhitespace(header.cells[i].text));
    if (index < 0) {
      // Named by its place: a file without a header has personal data here.
      AddFinding(findings, rules::kColumnUnknown, header.line, absl::StrCat("cell[", i + 1, "]"));
    } else if (map[index] >= 0) {
      AddFinding(findings, rules::kColumnTwice, header.line, kNames[index]);
    } else {
      map[index] = static_cast<int>(i);
    }
  }
  for (const Column column : kRequired) {
    if (map[static_cast<size_t>(column)] < 0) {
      AddFinding(findings, rules::kColumnMissing, header.line, NameOf(column));
    }
  }
  if (map[static_cast<size_t>(Column::kName)] < 0 &&
      map[static_cast<size_t>(Column::kNameKana)] < 0) {
    AddFinding(findings, rules::kColumnMissing, header.line, NameOf(Column::kName));
  }
  return map;
}

void AddFinding(national::Findings& findings, const Rule& rule, int line, absl::string_view field) {
  national::Add(rule, line, field, findings, kMaxFindings);
}

}  // namespace tsunagu::eligibility::insurer_file
