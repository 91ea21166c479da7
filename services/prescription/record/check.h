// Checks a record file against the national rules (docs/requirements/prescription.md, RX-100 to
// RX-209, RX-570 to RX-582) and reports everything that is wrong with it at once.
#ifndef SERVICES_PRESCRIPTION_RECORD_CHECK_H_
#define SERVICES_PRESCRIPTION_RECORD_CHECK_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/dispensing.h"
#include "services/prescription/record/prescription.h"
#include "services/prescription/record/records.h"
#include "services/prescription/record/rules.h"

namespace tsunagu::prescription::record {

struct CheckedFile {
  national::Findings findings;     // in file order within each group of rules; at most kMaxFindings
  std::optional<RecordFile> file;  // set when the head is known, also when there are errors
  bool ok() const { return file.has_value() && !national::HasErrors(findings); }
};

// The rules on the records of a file, whatever its bytes looked like. A null catalogue means that
// drugs are not looked up.
void CheckRecords(const RecordFile& file, const DrugCatalogue* catalogue, Report& report);

// Decodes, reads and checks. A null catalogue means that drugs are not looked up.
// Never fails in another way than by findings, whatever the bytes are. Thread safe.
CheckedFile CheckRecordFile(absl::string_view bytes, const DrugCatalogue* catalogue);

struct CheckedPrescription {
  national::Findings findings;
  std::optional<Prescription> prescription;  // set exactly when no finding is an error
};

// The same for a file that must be SJ1, what an issuer registers; any other breaks RX-100.
CheckedPrescription CheckPrescription(absl::string_view bytes, const DrugCatalogue* catalogue);

// The same for the text of a QR code on paper (JAHIS). Its rules are laxer: it is never registered.
CheckedPrescription CheckQrPrescription(absl::string_view bytes, const DrugCatalogue* catalogue);

struct CheckedDispensing {
  national::Findings findings;
  std::optional<Dispensing> dispensing;  // set exactly when no finding is an error
};

// The same for a file that must be CJ1.
CheckedDispensing CheckDispensing(absl::string_view bytes, const DrugCatalogue* catalogue);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_CHECK_H_
