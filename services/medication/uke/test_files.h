// Receipt files for tests: the samples, and lines and files made to measure.
#ifndef SERVICES_MEDICATION_UKE_TEST_FILES_H_
#define SERVICES_MEDICATION_UKE_TEST_FILES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tsunagu::medication::uke {

// The bytes of testdata/RECEIPTC_synthetic.UKE: one receipt of 医科.
std::string MedicalSample();
// The bytes of testdata/RECEIPTY_synthetic.CYO: two receipts of 調剤.
std::string PharmacySample();

// A record with values at 1-based positions, the others empty: Line("HO", {{2, "01130012"}}).
std::string Line(absl::string_view type, const std::map<int, std::string>& values);

// Lines as a file: CRLF after each and the end mark.
std::string File(const std::vector<std::string>& lines);

// The lines of a file, without line ends and end mark.
std::vector<std::string> Lines(absl::string_view file);

// The file with another value at a position of a 1-based line.
std::string WithField(absl::string_view file, int line, int position, absl::string_view value);
// The file without that line, or with one more before it.
std::string WithoutLine(absl::string_view file, int line);
std::string WithLine(absl::string_view file, int line, absl::string_view text);

// A file of 医科 with one receipt of May 2026 and these records behind its HO.
std::string MedicalFile(const std::vector<std::string>& records);
// A file of 調剤 with one receipt of May 2026 and these records behind its HO.
std::string PharmacyFile(const std::vector<std::string>& records);

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_TEST_FILES_H_
