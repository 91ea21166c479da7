#include "services/prescription/record/convert.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/national/cp932.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/check_content.h"
#include "services/prescription/record/layout.h"
#include "services/prescription/record/records.h"
#include "services/prescription/record/rules.h"
#include "services/prescription/record/text.h"
#include "services/prescription/record/write.h"

namespace tsunagu::prescription::record {
namespace {

constexpr int kNotInsured = 3;
constexpr absl::string_view kUsageUncoded = "1", kUsageJami = "2", kUsageSj1 = "3";

void Set(Record& record, absl::string_view field, absl::string_view value) {
  const std::optional<size_t> index = FieldIndex(*record.layout, field);
  if (!index.has_value()) return;
  if (record.fields.size() <= *index) record.fields.resize(*index + 1);
  record.fields[*index] = std::string(value);
}

// The file, read as `format`; nothing when it is none, which is reported.
std::optional<RecordFile> Read(absl::string_view bytes, Format format, Report& report) {
  const absl::StatusOr<RecordText> text = DecodeRecordText(bytes);
  if (!text.ok()) {
    report.Add(Rule::kTooLarge, 0);
    return std::nullopt;
  }
  std::optional<RecordFile> file = ReadRecords(*text, report);
  if (!file.has_value()) return std::nullopt;
  if (file->format != format) {
    report.Add(Rule::kHeader, 1);
    return std::nullopt;
  }
  // A symbol may have been forgotten.
  if (format == Format::kJahis && !text->end_mark) report.Add(Rule::kEndMark, 0);
  return file;
}

// A code stays where SJ1 has its kind.
bool StaysInSj1(DrugCodeKind kind, absl::string_view code) {
  return kind == DrugCodeKind::kReceipt || kind == DrugCodeKind::kYj ||
         (kind == DrugCodeKind::kGeneric && !code.empty());
}

void DrugToSj1(Record& drug, std::optional<absl::CivilDay> day, const DrugCodes* codes,
               Report& report) {
  if (drug.spoiled) return;
  if (drug.GetInt("info_kind") == kNotInsured) {
    report.Add(Rule::kNotInsured, drug.line, "201.info_kind");
    Set(drug, "info_kind", "");  // told; as what it is written does not matter any more
  }
  const auto kind = static_cast<DrugCodeKind>(drug.GetInt("code_kind").value_or(0));
  if (kind == DrugCodeKind{} || StaysInSj1(kind, drug.Get("code"))) return;
  std::optional<DrugCode> found;
  if (codes != nullptr && day.has_value()) {
    found = codes->FindCode(kind, drug.Get("code"), drug.Get("name"), *day);
  }
  if (found.has_value()) {
    Set(drug, "code_kind", absl::StrCat(static_cast<int>(found->kind)));
    Set(drug, "code", found->code);
    return;
  }
  report.Add(Rule::kNoSj1Code, drug.line, "201.code");
  drug.spoiled = true;  // its code is not judged as one of SJ1
}

void UsageToSj1(Record& usage, Report& report) {
  if (usage.spoiled) return;
  const absl::string_view kind = usage.Get("code_kind");
  if (kind != kUsageUncoded && kind != kUsageJami) return;  // RX-128 or RX-120 tells
  if (kind == kUsageUncoded) {
    Set(usage, "code", kFreeUsageCode);
    report.Add(Rule::kFreeUsage, usage.line, "111.code");
  }
  Set(usage, "code_kind", kUsageSj1);
}

void UsageToJahis(Record& usage) {
  if (usage.spoiled || usage.Get("code_kind") != kUsageSj1) return;
  const bool free = usage.Get("code") == kFreeUsageCode;
  Set(usage, "code_kind", free ? kUsageUncoded : kUsageJami);
  if (free) Set(usage, "code", "");
}

// The QR text has no other characters (RX-198).
void CheckCharacters(const Record& record, Report& report) {
  for (size_t i = 0; i < record.fields.size(); ++i) {
    if (national::Utf8ToCp932(record.fields[i]).ok()) continue;
    report.Add(Rule::kNotInCp932, record.line,
               absl::StrCat(record.number(), ".", record.layout->fields[i].name));
  }
}

std::string Write(const RecordFile& file, absl::string_view head, const WriteOptions& options) {
  RecordText text;
  text.charset = options.charset;
  text.end_mark = options.end_mark;
  text.lines.push_back({std::string(head), options.line_end});
  for (const Record& record : file.records) {
    text.lines.push_back({absl::StrCat(record.number(), record.fields.empty() ? "" : ",",
                                       absl::StrJoin(record.fields, ",")),
                          options.line_end});
  }
  return EncodeRecordText(text);
}

Conversion Finish(const RecordFile& file, const DrugCatalogue* catalogue, absl::string_view head,
                  const WriteOptions& options, Report& report) {
  CheckRecords(file, catalogue, report);
  Conversion conversion;
  conversion.findings = report.findings();
  if (!national::HasErrors(conversion.findings)) conversion.bytes = Write(file, head, options);
  return conversion;
}

}  // namespace

Conversion ToSj1(absl::string_view jahis, const DrugCatalogue* catalogue, const DrugCodes* codes) {
  Report report;
  std::optional<RecordFile> file = Read(jahis, Format::kJahis, report);
  if (!file.has_value()) return {report.findings(), ""};
  const std::optional<absl::CivilDay> day = FileDay(GroupRecords(file->records));
  file->format = Format::kSj1;
  for (Record& record : file->records) {
    record.layout = FindLayout(Format::kSj1, record.number());
    if (record.number() == 82) report.Add(Rule::kRegisteredBefore, record.line, "82");
    if (record.number() == 111) UsageToSj1(record, report);
    if (record.number() == 201) DrugToSj1(record, day, codes, report);
  }
  return Finish(*file, catalogue, FormatName(Format::kSj1), WriteOptions(), report);
}

Conversion ToJahis(absl::string_view sj1) {
  Report report;
  const std::optional<RecordFile> read = Read(sj1, Format::kSj1, report);
  if (!read.has_value()) return {report.findings(), ""};
  RecordFile file = {Format::kJahis, std::string(kJahisVersion), {}};
  for (Record record : read->records) {
    // One client writes the narcotic record as 60, which the QR rule does not have.
    const int number = record.number() == 60 ? 61 : record.number();
    record.layout = FindLayout(Format::kJahis, number);
    if (record.layout == nullptr) {
      report.Add(Rule::kNotInQr, record.line, absl::StrCat(number));
      continue;
    }
    if (number == 111) UsageToJahis(record);
    CheckCharacters(record, report);
    file.records.push_back(std::move(record));
  }
  return Finish(file, nullptr, absl::StrCat(FormatName(Format::kJahis), kJahisVersion), kQrOptions,
                report);
}

}  // namespace tsunagu::prescription::record
