// A record file taken apart: lines into numbered records, records into the RPs and drugs that they
// belong to.
#ifndef SERVICES_PRESCRIPTION_RECORD_RECORDS_H_
#define SERVICES_PRESCRIPTION_RECORD_RECORDS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/prescription/record/layout.h"
#include "services/prescription/record/rules.h"
#include "services/prescription/record/text.h"

namespace tsunagu::prescription::record {

struct Record {
  int line = 0;  // 1-based line of the file
  const RecordLayout* layout = nullptr;
  std::vector<std::string> fields;  // without the record number, at most layout->fields.size()
  // The line had too many fields (RX-107): where the stray comma stands cannot be told, so only the
  // fields that name the RP and the drug are kept and the rest is not judged.
  bool spoiled = false;

  int number() const { return layout->number; }
  // The field's text; empty when it is empty, left out at the end of the line, or no field of this
  // record.
  absl::string_view Get(absl::string_view field) const;
  // The field as a whole number, or nothing when it is not one.
  std::optional<int> GetInt(absl::string_view field) const;
};

struct RecordFile {
  Format format = Format::kSj1;
  std::string version;  // digits after "JAHIS"; "1" for SJ1 and CJ1
  std::vector<Record> records;
};

// Reads the head and the records. Reports what breaks RX-100 to RX-108; records that do so are left
// out. Nothing when the head is unknown. Trailing fields may be missing: older versions of the
// rules have fewer.
std::optional<RecordFile> ReadRecords(const RecordText& text, Report& report);

// Records grouped by what they say they belong to, wherever in the file they stand. Records whose
// RP or drug number is no number are in no group.
struct DrugGroup {
  int seq = 0;
  std::vector<const Record*> records;  // in file order

  // The first 201, or nullptr.
  const Record* drug() const;
};

struct RpGroup {
  int number = 0;
  std::vector<const Record*> records;  // those of the RP itself
  std::vector<DrugGroup> drugs;        // in order of first appearance
};

struct Structure {
  std::vector<const Record*> file;  // header and tail
  std::vector<RpGroup> rps;         // in order of first appearance
};

// The result points into `records`, which must outlive it.
Structure GroupRecords(const std::vector<Record>& records);

// The first record of that number, or nullptr.
const Record* FindRecord(const std::vector<const Record*>& records, int number);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_RECORDS_H_
