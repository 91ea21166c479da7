#include "services/prescription/record/dispensing.h"

#include "services/prescription/record/dispensing_mapping.h"

namespace tsunagu::prescription::record {

Dispensing MakeDispensing(const RecordFile& file) {
  const Structure structure = GroupRecords(file.records);
  Dispensing dispensing;
  ReadGroup group(structure.file);
  MapDispensingHead(group, dispensing);
  MapDispensingTail(group, dispensing);
  dispensing.rps = ReadRps(structure);
  return dispensing;
}

}  // namespace tsunagu::prescription::record
