#include "services/prescription/record/records.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace tsunagu::prescription::record {
namespace {

constexpr absl::string_view kJahisHead = "JAHIS";
constexpr size_t kMaxVersionDigits = 2;
constexpr size_t kMaxNumberDigits = 9;  // any such number fits an int

std::optional<int> ParseNumber(absl::string_view text) {
  int value = 0;
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); });
  if (!digits || text.size() > kMaxNumberDigits || !absl::SimpleAtoi(text, &value)) {
    return std::nullopt;
  }
  return value;
}

bool ReadHead(absl::string_view head, RecordFile& file) {
  if (head == "SJ1" || head == "CJ1") {
    file.format = head == "SJ1" ? Format::kSj1 : Format::kCj1;
    file.version = "1";
    return true;
  }
  if (!absl::StartsWith(head, kJahisHead)) return false;
  const absl::string_view version = head.substr(kJahisHead.size());
  if (version.empty() || version.size() > kMaxVersionDigits || !ParseNumber(version)) return false;
  file.format = Format::kJahis;
  file.version = std::string(version);
  return true;
}

// How many fields at the front tell what the record belongs to.
size_t KeyFields(Scope scope) {
  if (scope == Scope::kDrug) return 2;
  return scope == Scope::kRp || scope == Scope::kRpEnd ? 1 : 0;
}

void ReadRecord(absl::string_view line, int line_number, RecordFile& file, Report& report) {
  std::vector<std::string> fields = absl::StrSplit(line, ',');
  const std::optional<int> number = ParseNumber(fields[0]);
  if (!number.has_value() || !IsKnownRecord(*number) || absl::StartsWith(fields[0], "0")) {
    report.Add(Rule::kRecordNumber, line_number);
    return;
  }
  const RecordLayout* layout = FindLayout(file.format, *number);
  if (layout == nullptr) {
    report.Add(Rule::kWrongFormat, line_number, fields[0]);
    return;
  }
  const bool spoiled = fields.size() > layout->fields.size() + 1;
  if (spoiled) {
    report.Add(Rule::kFieldCount, line_number, fields[0]);
    fields.resize(KeyFields(layout->scope) + 1);
  }
  fields.erase(fields.begin());
  file.records.push_back({line_number, layout, std::move(fields), spoiled});
}

// The element of `items` for that number, made when new.
template <class Item>
Item& Of(int number, std::vector<Item>& items, std::map<std::pair<int, int>, size_t>& index,
         std::pair<int, int> key, int Item::*member) {
  const auto [entry, is_new] = index.try_emplace(key, items.size());
  if (is_new) {
    items.emplace_back();
    items.back().*member = number;
  }
  return items[entry->second];
}

}  // namespace

absl::string_view Record::Get(absl::string_view field) const {
  const std::optional<size_t> index = FieldIndex(*layout, field);
  if (!index.has_value() || *index >= fields.size()) return "";
  return fields[*index];
}

std::optional<int> Record::GetInt(absl::string_view field) const { return ParseNumber(Get(field)); }

std::optional<RecordFile> ReadRecords(const RecordText& text, Report& report) {
  RecordFile file;
  if (text.lines.empty() || !ReadHead(text.lines[0].text, file)) {
    report.Add(Rule::kHeader, 1);
    return std::nullopt;
  }
  for (size_t i = 1; i < text.lines.size(); ++i) {
    const int line_number = static_cast<int>(i) + 1;
    if (text.lines[i].broken) {
      report.Add(Rule::kUndecodable, line_number);
    } else {
      ReadRecord(text.lines[i].text, line_number, file, report);
    }
  }
  return file;
}

const Record* DrugGroup::drug() const { return FindRecord(records, 201); }

Structure GroupRecords(const std::vector<Record>& records) {
  Structure structure;
  std::map<std::pair<int, int>, size_t> index;  // (rp, 0) and (rp, seq + 1)
  for (const Record& record : records) {
    const Scope scope = record.layout->scope;
    if (scope == Scope::kHeader || scope == Scope::kTail) {
      structure.file.push_back(&record);
      continue;
    }
    const std::optional<int> rp = record.GetInt("rp");
    if (!rp.has_value()) continue;
    if (scope != Scope::kDrug) {
      Of(*rp, structure.rps, index, {*rp, 0}, &RpGroup::number).records.push_back(&record);
      continue;
    }
    const std::optional<int> seq = record.GetInt("seq");
    if (!seq.has_value()) continue;
    RpGroup& group = Of(*rp, structure.rps, index, {*rp, 0}, &RpGroup::number);
    Of(*seq, group.drugs, index, {*rp, *seq + 1}, &DrugGroup::seq).records.push_back(&record);
  }
  return structure;
}

const Record* FindRecord(const std::vector<const Record*>& records, int number) {
  for (const Record* record : records) {
    if (record->number() == number) return record;
  }
  return nullptr;
}

}  // namespace tsunagu::prescription::record
