#include "services/prescription/record/prescription.h"

#include "services/prescription/record/prescription_mapping.h"

namespace tsunagu::prescription::record {

absl::CivilDay Prescription::UseBy() const {
  return explicit_use_by.value_or(issue_day + kValidDaysAfterIssue);
}

Prescription MakePrescription(const RecordFile& file) {
  const Structure structure = GroupRecords(file.records);
  Prescription prescription;
  ReadGroup group(structure.file);
  MapPrescriptionHead(group, prescription);
  // One client writes the narcotic record as 60; which number is right is unresolved.
  if (!prescription.narcotic.has_value()) MapNarcotic(group, 60, prescription.narcotic);
  group.One(82, [&](auto&& row) { row("number", prescription.exchange_number); });
  MapPrescriptionTail(group, prescription);
  prescription.rps = ReadRps(structure);
  return prescription;
}

}  // namespace tsunagu::prescription::record
