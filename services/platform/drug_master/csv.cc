#include "services/platform/drug_master/csv.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace tsunagu::drug_master {

bool CsvReader::Next(std::vector<std::string>* row) {
  SkipEmptyLines();
  if (rest_.empty()) return false;
  line_ = next_line_;
  size_t count = 0;
  bool more = true;
  while (more) {
    if (count == row->size()) row->emplace_back();
    std::string& field = (*row)[count++];
    field.clear();
    more = TakeField(&field);
  }
  row->resize(count);
  return true;
}

bool CsvReader::TakeField(std::string* field) {
  if (!rest_.empty() && rest_.front() == '"') TakeQuoted(field);
  // Unquoted, or what stands behind a closing quote.
  const size_t length = std::min(rest_.find_first_of(",\n"), rest_.size());
  absl::string_view tail = rest_.substr(0, length);
  const bool row_ends = length == rest_.size() || rest_[length] == '\n';
  if (row_ends && absl::EndsWith(tail, "\r")) tail.remove_suffix(1);
  field->append(tail.data(), tail.size());
  if (length < rest_.size() && row_ends) ++next_line_;
  rest_.remove_prefix(std::min(length + 1, rest_.size()));
  return !row_ends;
}

void CsvReader::TakeQuoted(std::string* field) {
  rest_.remove_prefix(1);
  while (!rest_.empty()) {
    const size_t length = std::min(rest_.find('"'), rest_.size());
    field->append(rest_.data(), length);
    next_line_ += static_cast<int>(std::count(rest_.begin(), rest_.begin() + length, '\n'));
    rest_.remove_prefix(std::min(length + 1, rest_.size()));
    if (rest_.empty() || rest_.front() != '"') return;
    field->push_back('"');
    rest_.remove_prefix(1);
  }
}

void CsvReader::SkipEmptyLines() {
  while (!rest_.empty() && (rest_.front() == '\n' || rest_.front() == '\r')) {
    if (rest_.front() == '\n') ++next_line_;
    rest_.remove_prefix(1);
  }
}

}  // namespace tsunagu::drug_master
