#include "services/prescription/record/summary.h"

#include <utility>

#include "services/prescription/record/check_content.h"

namespace tsunagu::prescription::record {

CheckedSummary CheckFile(absl::string_view bytes, const DrugCatalogue* catalogue) {
  CheckedFile checked = CheckRecordFile(bytes, catalogue);
  CheckedSummary result;
  result.findings = std::move(checked.findings);
  if (!checked.file.has_value()) return result;
  const Structure structure = GroupRecords(checked.file->records);
  Summary& summary = result.summary;
  summary.format = std::string(FormatName(checked.file->format));
  summary.version = checked.file->version;
  summary.issue_day = FileDay(structure);
  summary.rp_count = static_cast<int>(structure.rps.size());
  for (const RpGroup& rp : structure.rps) {
    for (const DrugGroup& drug : rp.drugs) summary.drug_count += drug.drug() != nullptr ? 1 : 0;
  }
  summary.refill =
      FindRecord(structure.file, 64) != nullptr || FindRecord(structure.file, 521) != nullptr;
  summary.split = FindRecord(structure.file, 63) != nullptr;
  return result;
}

}  // namespace tsunagu::prescription::record
