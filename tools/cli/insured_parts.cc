#include "tools/cli/insured_parts.h"

#include <algorithm>
#include <map>
#include <span>

#include "absl/strings/str_cat.h"
#include "services/eligibility/insurer_file/insurer_file.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/finding.h"
#include "services/platform/status/macros.h"
#include "tools/cli/explain.h"
#include "tools/cli/local_findings.h"

namespace tsunagu::cli {
namespace {

namespace insurer_file = eligibility::insurer_file;
using common::v1::Finding;
using national::CsvRow;

// The rows of one identity in the order of the file.
using Group = std::vector<const CsvRow*>;

std::string TextOf(const CsvRow& row) { return national::FormatCsv(std::span(&row, 1)); }

std::string TextOf(const Group& group) {
  std::string text;
  for (const CsvRow* row : group) absl::StrAppend(&text, TextOf(*row));
  return text;
}

// In the order of their first rows. Rows without a person are blank.
std::vector<Group> ByIdentity(const std::vector<CsvRow>& rows,
                              const std::vector<insurer_file::InsuredPerson>& persons) {
  std::vector<Group> groups;
  std::map<std::string, size_t> places;
  auto row = rows.begin();
  for (const auto& person : persons) {
    row = std::find_if(row, rows.end(), [&](const CsvRow& r) { return r.line == person.line; });
    if (row == rows.end()) break;
    const auto [place, is_new] = places.try_emplace(IdentityKey(person), groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(&*row);
  }
  return groups;
}

class Cutter {
 public:
  Cutter(std::string header, size_t limit) : header_(std::move(header)), limit_(limit) {}

  void Add(const Group& group) {
    const std::string text = TextOf(group);
    if (parts_.empty() || parts_.back().bytes.size() + text.size() > limit_) Begin();
    for (const CsvRow* row : group) {
      parts_.back().rows.push_back({next_line_, row->line});
      Append(TextOf(*row));
    }
  }

  std::vector<InsuredPart> Take() { return std::move(parts_); }

 private:
  void Begin() {
    parts_.emplace_back();
    next_line_ = 1;
    Append(header_);
  }

  void Append(const std::string& text) {
    parts_.back().bytes += text;
    next_line_ += static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }

  const std::string header_;
  const size_t limit_;
  std::vector<InsuredPart> parts_;
  int next_line_ = 1;
};

void ToLineOfFile(const InsuredPart& part, Finding& finding) {
  const auto row = std::ranges::find(part.rows, finding.record(), &InsuredPart::Row::in_part);
  if (row != part.rows.end()) finding.set_record(row->in_file);
}

size_t CountRows(std::span<const InsuredPart> parts) {
  size_t count = 0;
  for (const InsuredPart& part : parts) count += part.rows.size();
  return count;
}

// "2-5, 9": the lines of the file that those rows start on.
std::string LinesOf(std::span<const InsuredPart> parts) {
  std::vector<int> lines;
  for (const InsuredPart& part : parts) {
    for (const InsuredPart::Row& row : part.rows) lines.push_back(row.in_file);
  }
  std::ranges::sort(lines);
  std::vector<std::string> ranges;
  for (size_t first = 0, end = 0; first < lines.size(); first = end) {
    for (end = first + 1; end < lines.size() && lines[end] == lines[end - 1] + 1;) ++end;
    ranges.push_back(absl::StrCat(lines[first]));
    if (end - first > 1) absl::StrAppend(&ranges.back(), "-", lines[end - 1]);
  }
  return ListOf(ranges);
}

}  // namespace

absl::StatusOr<std::vector<InsuredPart>> CutInsuredFile(absl::string_view name,
                                                        absl::string_view bytes,
                                                        absl::CivilDay today, size_t limit) {
  const std::string what = absl::StrCat("nothing was loaded: ", name);
  if (bytes.empty()) {
    national::Findings empty;
    national::Add(kEmptyFile, 0, "", empty);
    return RefuseErrors(what, empty);
  }
  const auto file = insurer_file::ReadInsurerFile(bytes, today);
  RETURN_IF_ERROR(RefuseErrors(what, file.findings));
  // One encoding for all parts: of a few rows it cannot be told as surely as of the whole file.
  ASSIGN_OR_RETURN(const std::string text, national::DecodeText(bytes));
  const auto csv = national::ParseCsv(text, {.rows = insurer_file::kMaxPersons + 1});
  Cutter cutter(TextOf(csv.rows.front()), limit);
  for (const Group& group : ByIdentity(csv.rows, file.persons)) cutter.Add(group);
  return cutter.Take();
}

google::protobuf::RepeatedPtrField<Finding> FindingsOfFile(
    const google::protobuf::RepeatedPtrField<Finding>& findings,
    const std::vector<InsuredPart>& parts, size_t part) {
  google::protobuf::RepeatedPtrField<Finding> of_file;
  for (const Finding& finding : findings) {
    if (part > 0 && finding.record() < parts[part].rows.front().in_part) continue;
    *of_file.Add() = finding;
    ToLineOfFile(parts[part], *of_file.rbegin());
  }
  return of_file;
}

size_t RowsBefore(const std::vector<InsuredPart>& parts, size_t part) {
  return CountRows(std::span(parts).first(part));
}

absl::Status ExplainLoading(const absl::Status& error, const std::vector<InsuredPart>& parts,
                            size_t part) {
  const size_t certain = IsRefusal(error) ? part : part + 1;
  const auto unknown = std::span(parts).subspan(part, certain - part);
  const auto not_loaded = std::span(parts).subspan(certain);
  std::map<std::string, std::string> metadata = {
      {"rows_loaded", absl::StrCat(RowsBefore(parts, part))},
      {"rows_not_loaded", absl::StrCat(CountRows(not_loaded))}};
  if (!not_loaded.empty()) metadata["lines_not_loaded"] = LinesOf(not_loaded);
  if (!unknown.empty()) {
    metadata["rows_unknown"] = absl::StrCat(CountRows(unknown));
    metadata["lines_unknown"] = LinesOf(unknown);
  }
  return Explain(error, metadata, [&](Finding& finding) { ToLineOfFile(parts[part], finding); });
}

}  // namespace tsunagu::cli
