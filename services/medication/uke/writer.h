// Writes receipt files, by the table of layouts that reads and checks them (MH-211).
#ifndef SERVICES_MEDICATION_UKE_WRITER_H_
#define SERVICES_MEDICATION_UKE_WRITER_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/medication/uke/layout.h"

namespace tsunagu::medication::uke {

// The record with these values, UTF-8, at 1-based positions; the others are empty. Values of fixed
// length are padded on the left, digits with zeros, others with spaces. INVALID_ARGUMENT when files
// of that kind have no such record, the record no such position, or a value holds a comma or a line
// end, which no file can express.
absl::StatusOr<std::string> WriteRecord(Kind kind, RecordType type,
                                        const std::map<int, std::string>& values);

// The records as a file: CP932, CRLF behind each, and the end mark. INVALID_ARGUMENT when a
// character is not in CP932.
absl::StatusOr<std::string> WriteFile(const std::vector<std::string>& records);

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_WRITER_H_
