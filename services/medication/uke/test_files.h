// Receipt files for tests: the samples, lines and files made to measure, and what is wrong with
// them.
#ifndef SERVICES_MEDICATION_UKE_TEST_FILES_H_
#define SERVICES_MEDICATION_UKE_TEST_FILES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tsunagu::medication::uke {

// The bytes of testdata/RECEIPTC_synthetic.UKE: one receipt of 医科.
std::string MedicalSample();
// The bytes of testdata/RECEIPTD_synthetic.UKE: a single receipt of DPC, and a 総括 receipt with
// one detail of DPC and one of 医科.
std::string DpcSample();
// The bytes of testdata/RECEIPTS_synthetic.UKE: two receipts of 歯科, the second a 未来院請求.
std::string DentalSample();
// The bytes of testdata/RECEIPTY_synthetic.CYO: two receipts of 調剤.
std::string PharmacySample();
// All of them.
std::vector<std::string> Samples();

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
// A file of DPC with one receipt (総括区分 0) of May 2026 and these records behind its HO.
std::string DpcFile(const std::vector<std::string>& records);
// A file of 歯科 with one receipt of May 2026 and these records behind its HO.
std::string DentalFile(const std::vector<std::string>& records);
// A file of 調剤 with one receipt of May 2026 and these records behind its HO.
std::string PharmacyFile(const std::vector<std::string>& records);

// What reading and checking the file finds: "MH-012 error 9 RE#1/IY[4]" for each finding.
std::vector<std::string> FindingsOf(absl::string_view file);

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_TEST_FILES_H_
