// Receipt files of all kinds, which insurers hand in.
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/medication/uke/check.h"
#include "services/medication/uke/dispensing.h"
#include "services/medication/uke/layout.h"
#include "services/medication/uke/reader.h"
#include "services/medication/uke/summary.h"
#include "services/platform/national/finding.h"
#include "tests/fuzz/require.h"

using tsunagu::fuzz::Require;

namespace uke = tsunagu::medication::uke;

namespace {

bool IsWithin(absl::string_view part, absl::string_view whole) {
  const std::less_equal<const char*> before;
  return before(whole.data(), part.data()) &&
         before(part.data() + part.size(), whole.data() + whole.size());
}

void CheckRecord(const uke::Record& record, absl::string_view file) {
  Require(IsWithin(record.text, file), "a record is a view of the file");
  std::array<absl::string_view, uke::kMaxFields> fields;
  const size_t count = uke::Split(record.text, fields);
  Require(count >= 1 && count <= record.text.size() + 1, "a comma makes a field");
  for (size_t i = 0; i < fields.size(); ++i) {
    const absl::string_view value = record.Get(static_cast<int>(i) + 1);
    Require(value == (i < count ? fields[i] : ""), "Split and Get agree");
  }
}

void CheckReceipt(const uke::Receipt& receipt, const uke::Reader& reader, absl::string_view file) {
  int line = 0;
  for (const uke::Record& record : receipt.lines) {
    Require(record.line > line && record.line <= reader.lines(), "lines ascend");
    line = record.line;
    CheckRecord(record, file);
  }
  Require(receipt.re.type == uke::RecordType::kRE, "a receipt has an RE");
  Require(receipt.details.empty() || receipt.header.kind != uke::Kind::kDental, "MH-202");
  const uke::Dispensing dispensing = uke::ReadDispensing(receipt);
  for (const uke::DrugLine& drug : dispensing.drugs) {
    Require(drug.line > 0 && drug.line <= line, "a drug is a line");
    Require(drug.drug_code.size() == 9 && drug.drug_code[0] == '6', "MH-055");
    Require(drug.times >= 0, "a drug is given or not");
  }
  for (const int unread : dispensing.unread_lines) {
    Require(unread > 0 && unread <= line, "an unread drug is a line");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view file(reinterpret_cast<const char*>(data), size);
  uke::Reader reader(file);
  uke::FileCheck check;
  uke::Receipt receipt;
  size_t lines = 0;
  while (reader.Next(&receipt)) {
    CheckReceipt(receipt, reader, file);
    check.Add(receipt);
    lines += receipt.lines.size();
  }
  check.Finish(reader);
  Require(lines <= static_cast<size_t>(reader.lines()), "a line is of one receipt");
  Require(!reader.Next(&receipt), "the end is the end");
  const uke::FileReport report = uke::CheckFile("", file);
  Require(report.summary.found.receipts == check.totals().receipts, "the same file reads the same");
  Require(report.findings.size() <= 2 * uke::kMaxFindings, "findings are limited");
  for (const tsunagu::national::Finding& finding : report.findings) {
    Require(finding.record >= 0 && finding.record <= reader.lines(), "a finding names a line");
  }
  Require(!uke::ToJson(report).empty(), "a report is JSON");
  return 0;
}
