// For tests: rows of an insurer's file.
#ifndef SERVICES_ELIGIBILITY_INSURER_FILE_TEST_ROWS_H_
#define SERVICES_ELIGIBILITY_INSURER_FILE_TEST_ROWS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/eligibility/insurer_file/insurer_file.h"

namespace tsunagu::eligibility::insurer_file {

using Cells = std::map<std::string, std::string>;

// A row with every column filled in; `changes` replace or add columns.
inline Cells Person(const Cells& changes = {}) {
  Cells cells = {{"InsurerNumber", "01130012"},
                 {"InsuredCardSymbol", "12-34"},
                 {"InsuredIdentificationNumber", "10"},
                 {"InsuredBranchNumber", "00"},
                 {"Name", "見本　一郎"},
                 {"NameKana", "ﾐﾎﾝ ｲﾁﾛｳ"},
                 {"Sex1", "1"},
                 {"Birthdate", "19700415"},
                 {"PersonalFamilyClassification", "1"},
                 {"InsuredCardValidDate", "20240401"},
                 {"InsuredCardExpirationDate", "20260331"},
                 {"ReasonOfLoss", "03"},
                 {"InsuredPartialContributionRatio", "030"},
                 {"InsurerName", "見本健保"},
                 {"Address", "東京都千代田区"},
                 {"PostNumber", "100-0005"},
                 {"PreviousInsurerNumber", "138057"},
                 {"PreviousInsuredCardSymbol", "02-02"},
                 {"PreviousInsuredIdentificationNumber", "22"},
                 {"PreviousInsuredBranchNumber", "01"}};
  for (const auto& [name, text] : changes) cells[name] = text;
  return cells;
}

inline std::string Line(const Cells& cells, bool header) {
  std::string line;
  for (const auto& [name, text] : cells) {
    absl::StrAppend(&line, line.empty() ? "" : ",", "\"", header ? name : text, "\"");
  }
  return line + "\r\n";
}

// A file of those persons; all have the columns of the first.
inline std::string File(const std::vector<Cells>& persons) {
  std::string text = Line(persons.front(), true);
  for (const Cells& cells : persons) text += Line(cells, false);
  return text;
}

inline constexpr absl::CivilDay kToday(2026, 5, 12);

inline InsurerFile Read(absl::string_view bytes) { return ReadInsurerFile(bytes, kToday); }

// "rule:line:field" of each finding.
inline std::vector<std::string> Found(const std::string& bytes) {
  std::vector<std::string> texts;
  for (const auto& finding : Read(bytes).findings) {
    texts.push_back(absl::StrCat(finding.rule, ":", finding.record, ":", finding.field));
  }
  return texts;
}

// What a changed cell is found to be.
struct Change {
  const char* column;
  const char* text;
  const char* finding;
};

}  // namespace tsunagu::eligibility::insurer_file

#endif  // SERVICES_ELIGIBILITY_INSURER_FILE_TEST_ROWS_H_
