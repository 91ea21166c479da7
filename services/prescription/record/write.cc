#include "services/prescription/record/write.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/prescription/record/dispensing_mapping.h"
#include "services/prescription/record/prescription_mapping.h"

namespace tsunagu::prescription::record {
namespace {

std::string Head(Format format) {
  return absl::StrCat(FormatName(format), format == Format::kJahis ? kJahisVersion : "");
}

// The mapping goes by meaning; the file wants the order of the numbers.
void AppendSorted(WriteGroup& group, std::vector<std::string>& lines) {
  std::stable_sort(group.rows().begin(), group.rows().end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [number, line] : group.rows()) lines.push_back(std::move(line));
}

std::string Encode(std::vector<std::string> lines, const WriteOptions& options) {
  RecordText text;
  text.charset = options.charset;
  text.end_mark = options.end_mark;
  for (std::string& line : lines) text.lines.push_back({std::move(line), options.line_end});
  return EncodeRecordText(text);
}

}  // namespace

std::string WritePrescription(const Prescription& prescription, Format format,
                              const WriteOptions& options) {
  std::vector<std::string> lines = {Head(format)};
  WriteGroup head(format);
  MapPrescriptionHead(head, prescription);
  head.One(82, [&](auto&& row) {
    if (prescription.exchange_number.empty()) return;
    row("kind", kExchangeNumberKind);
    row("number", prescription.exchange_number);
  });
  AppendSorted(head, lines);
  WriteRps(format, prescription.rps, lines);
  WriteGroup tail(format);
  MapPrescriptionTail(tail, prescription);
  AppendSorted(tail, lines);
  return Encode(std::move(lines), options);
}

std::string WriteDispensing(const Dispensing& dispensing, const WriteOptions& options) {
  std::vector<std::string> lines = {Head(Format::kCj1)};
  WriteGroup head(Format::kCj1);
  MapDispensingHead(head, dispensing);
  AppendSorted(head, lines);
  WriteRps(Format::kCj1, dispensing.rps, lines);
  WriteGroup tail(Format::kCj1);
  MapDispensingTail(tail, dispensing);
  AppendSorted(tail, lines);
  return Encode(std::move(lines), options);
}

}  // namespace tsunagu::prescription::record
