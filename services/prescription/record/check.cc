#include "services/prescription/record/check.h"

#include <utility>

#include "services/prescription/record/check_content.h"
#include "services/prescription/record/check_fields.h"
#include "services/prescription/record/check_structure.h"
#include "services/prescription/record/text.h"

namespace tsunagu::prescription::record {
namespace {

// The findings when a readable file has another format than the caller takes.
national::Findings WrongFormat() {
  Report report;
  report.Add(Rule::kHeader, 1);
  return report.findings();
}

CheckedPrescription CheckAs(Format format, absl::string_view bytes,
                            const DrugCatalogue* catalogue) {
  CheckedFile checked = CheckRecordFile(bytes, catalogue);
  if (checked.file.has_value() && checked.file->format != format) {
    return {WrongFormat(), std::nullopt};
  }
  if (!checked.ok()) return {std::move(checked.findings), std::nullopt};
  return {std::move(checked.findings), MakePrescription(*checked.file)};
}

}  // namespace

void CheckRecords(const RecordFile& file, const DrugCatalogue* catalogue, Report& report) {
  for (const Record& record : file.records) CheckFields(record, report);
  const Structure structure = GroupRecords(file.records);
  CheckStructure(file, structure, report);
  CheckHeader(file, structure, report);
  CheckRps(file, structure, catalogue, report);
}

CheckedFile CheckRecordFile(absl::string_view bytes, const DrugCatalogue* catalogue) {
  CheckedFile checked;
  Report report;
  const absl::StatusOr<RecordText> text = DecodeRecordText(bytes);
  if (!text.ok()) {
    report.Add(Rule::kTooLarge, 0);
    checked.findings = report.findings();
    return checked;
  }
  checked.file = ReadRecords(*text, report);
  if (checked.file.has_value()) {
    CheckEncoding(*text, checked.file->format, report);
    CheckRecords(*checked.file, catalogue, report);
  }
  checked.findings = report.findings();
  return checked;
}

CheckedPrescription CheckPrescription(absl::string_view bytes, const DrugCatalogue* catalogue) {
  return CheckAs(Format::kSj1, bytes, catalogue);
}

CheckedPrescription CheckQrPrescription(absl::string_view bytes, const DrugCatalogue* catalogue) {
  return CheckAs(Format::kJahis, bytes, catalogue);
}

CheckedDispensing CheckDispensing(absl::string_view bytes, const DrugCatalogue* catalogue) {
  CheckedFile checked = CheckRecordFile(bytes, catalogue);
  if (checked.file.has_value() && checked.file->format != Format::kCj1) {
    return {WrongFormat(), std::nullopt};
  }
  if (!checked.ok()) return {std::move(checked.findings), std::nullopt};
  return {std::move(checked.findings), MakeDispensing(*checked.file)};
}

}  // namespace tsunagu::prescription::record
