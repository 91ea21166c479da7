// Makes an SJ1 record, which can be signed and registered, of the JAHIS text of the QR symbols on
// paper, and such a text of an SJ1 record (rules RX-203 to RX-209).
//
// A record keeps its fields as they are written, but for those that the other format has
// differently; nothing is guessed. What cannot be converted, and what breaks a rule of the other
// format, comes as findings, all at once, with the lines of the file that is read.
#ifndef SERVICES_PRESCRIPTION_RECORD_CONVERT_H_
#define SERVICES_PRESCRIPTION_RECORD_CONVERT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/national/finding.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/parts.h"

namespace tsunagu::prescription::record {

struct DrugCode {
  DrugCodeKind kind = DrugCodeKind::kNone;
  std::string code;
  bool operator==(const DrugCode&) const = default;
};

// What tells the codes of drugs that SJ1 has no code kind for. Implementations are thread safe.
class DrugCodes {
 public:
  virtual ~DrugCodes() = default;
  // The receipt or generic code of that drug on that day; nothing unless it is the only one
  // possible. `kind` and `code` as in a record 201: kinds 1, 3 and 6, or 7 without a code.
  virtual std::optional<DrugCode> FindCode(DrugCodeKind kind, absl::string_view code,
                                           absl::string_view name, absl::CivilDay day) const = 0;
};

// Of a usage in words only (RX-205).
inline constexpr absl::string_view kFreeUsageCode = "0X0XXXXXXXXX0000";

struct Conversion {
  national::Findings findings;
  std::string bytes;  // the converted file; empty when a finding is an error
};

// `jahis`: the text of all symbols, joined; CP932 or UTF-8, with any line ends. Without `catalogue`
// drugs are not looked up, without `codes` those of other code kinds are not converted.
Conversion ToSj1(absl::string_view jahis, const DrugCatalogue* catalogue, const DrugCodes* codes);

// The text for the symbols: CP932, CR LF, end mark. Who prints it splits the bytes.
Conversion ToJahis(absl::string_view sj1);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_CONVERT_H_
