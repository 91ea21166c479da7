#include "services/medication/uke/test_files.h"

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace tsunagu::medication::uke {
namespace {

std::string Sample(absl::string_view name) {
  std::ifstream file(absl::StrCat("services/medication/uke/testdata/", name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string Around(std::vector<std::string> head, const std::vector<std::string>& records) {
  head.insert(head.end(), records.begin(), records.end());
  head.push_back("GO,1,100,99");
  return File(head);
}

}  // namespace

std::string MedicalSample() { return Sample("RECEIPTC_synthetic.UKE"); }
std::string PharmacySample() { return Sample("RECEIPTY_synthetic.CYO"); }

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
  return Around({"IR,1,13,1,9999913,,合成クリニック,202606,00",
                 "RE,1,1112,202605,合成　一郎,1,19700415", "HO,01130012,１２３,１０,2,100"},
                records);
}

std::string PharmacyFile(const std::vector<std::string>& records) {
  return Around({"YK,1,13,4,9999996,合成調剤薬局,202606,00",
                 Line("RE", {{2, "1"},
                             {3, "4112"},
                             {4, "202605"},
                             {5, "合成　一郎"},
                             {6, "1"},
                             {7, "19700415"},
                             {10, "13"},
                             {11, "1"},
                             {12, "9999913"}}),
                 "HO,01130012,１２３,１０,1,100"},
                records);
}

}  // namespace tsunagu::medication::uke
