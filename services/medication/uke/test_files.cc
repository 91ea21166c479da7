#include "services/medication/uke/test_files.h"

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/medication/uke/layout.h"
#include "services/medication/uke/summary.h"
#include "services/medication/uke/writer.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication::uke {
namespace {

std::string Sample(absl::string_view name) {
  std::ifstream file(absl::StrCat("services/medication/uke/testdata/", name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

using Values = std::map<int, std::string>;

// One receipt of that kind, with these records behind its HO.
std::string FileOf(Kind kind, std::vector<std::string> head, Values re,
                   const std::vector<std::string>& records) {
  re.insert({{2, "1"}, {4, "202605"}, {5, "合成　一郎"}, {6, "1"}, {7, "19700415"}});
  head.push_back(WriteRecord(kind, RecordType::kRE, re).value());
  const Values ho = {{2, "01130012"}, {3, "１２３"}, {4, "１０"}, {5, "2"}, {6, "100"}};
  head.push_back(WriteRecord(kind, RecordType::kHO, ho).value());
  head.insert(head.end(), records.begin(), records.end());
  head.push_back("GO,1,100,99");
  return File(head);
}

}  // namespace

std::string MedicalSample() { return Sample("RECEIPTC_synthetic.UKE"); }
std::string DpcSample() { return Sample("RECEIPTD_synthetic.UKE"); }
std::string DentalSample() { return Sample("RECEIPTS_synthetic.UKE"); }
std::string PharmacySample() { return Sample("RECEIPTY_synthetic.CYO"); }

std::vector<std::string> Samples() {
  return {MedicalSample(), DpcSample(), DentalSample(), PharmacySample()};
}

std::string Line(absl::string_view type, const std::map<int, std::string>& values) {
  const int last = values.empty() ? 1 : values.rbegin()->first;
  std::vector<std::string> fields(last);
  fields[0] = std::string(type);
  for (const auto& [position, value] : values) fields[position - 1] = value;
  return absl::StrJoin(fields, ",");
}

std::string File(const std::vector<std::string>& lines) {
  return absl::StrCat(absl::StrJoin(lines, "\r\n"), "\r\n\x1A");
}

std::vector<std::string> Lines(absl::string_view file) {
  file = absl::StripSuffix(file, "\x1A");
  return absl::StrSplit(absl::StripSuffix(file, "\r\n"), "\r\n");
}

std::string WithField(absl::string_view file, int line, int position, absl::string_view value) {
  std::vector<std::string> lines = Lines(file);
  std::vector<std::string> fields = absl::StrSplit(lines.at(line - 1), ',');
  if (fields.size() < static_cast<size_t>(position)) fields.resize(position);
  fields[position - 1] = std::string(value);
  lines[line - 1] = absl::StrJoin(fields, ",");
  return File(lines);
}

std::string WithoutLine(absl::string_view file, int line) {
  std::vector<std::string> lines = Lines(file);
  lines.erase(lines.begin() + (line - 1));
  return File(lines);
}

std::string WithLine(absl::string_view file, int line, absl::string_view text) {
  std::vector<std::string> lines = Lines(file);
  lines.insert(lines.begin() + (line - 1), std::string(text));
  return File(lines);
}

std::string MedicalFile(const std::vector<std::string>& records) {
  return FileOf(Kind::kMedical, {"IR,1,13,1,9999913,,合成クリニック,202606,00"}, {{3, "1112"}},
                records);
}

std::string DpcFile(const std::vector<std::string>& records) {
  return FileOf(Kind::kDpc, {"IR,1,13,1,9999913,,合成病院,202606,00"},
                {{3, "1111"}, {9, "20260501"}, {pos::kReSummary, "0"}}, records);
}

std::string DentalFile(const std::vector<std::string>& records) {
  return FileOf(Kind::kDental,
                {"UK,1,13,3,9999920,,合成歯科クリニック,202606,,00", "IR,1,13,3,9999920,,202606"},
                {{3, "3112"}}, records);
}

std::string PharmacyFile(const std::vector<std::string>& records) {
  return FileOf(Kind::kPharmacy, {"YK,1,13,4,9999996,合成調剤薬局,202606,00"},
                {{3, "4112"},
                 {pos::kRePrescriberPrefecture, "13"},
                 {pos::kRePrescriberTable, "1"},
                 {pos::kRePrescriberFacility, "9999913"}},
                records);
}

std::vector<std::string> FindingsOf(absl::string_view file) {
  std::vector<std::string> told;
  for (const national::Finding& f : CheckFile("", file).findings) {
    const bool error = f.severity == national::Severity::kError;
    told.push_back(absl::StrCat(f.rule, error ? " error " : " warning ", f.record, " ", f.field));
  }
  return told;
}

}  // namespace tsunagu::medication::uke
