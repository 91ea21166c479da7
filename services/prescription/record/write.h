// Writes prescriptions and dispensing results as record files.
#ifndef SERVICES_PRESCRIPTION_RECORD_WRITE_H_
#define SERVICES_PRESCRIPTION_RECORD_WRITE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/prescription/record/dispensing.h"
#include "services/prescription/record/layout.h"
#include "services/prescription/record/prescription.h"
#include "services/prescription/record/text.h"

namespace tsunagu::prescription::record {

// The version of the QR rule that the layouts follow; it stands in the head.
inline constexpr absl::string_view kJahisVersion = "10";

// How the bytes come out. The default is what the public signed samples hold.
struct WriteOptions {
  Charset charset = Charset::kUtf8;
  LineEnd line_end = LineEnd::kLf;
  bool end_mark = false;
};

// What a JAHIS QR text must look like.
inline constexpr WriteOptions kQrOptions = {Charset::kCp932, LineEnd::kCrLf, true};

// The text of a prescription as SJ1 (or JAHIS10). What the format cannot hold is left out: SJ1 and
// JAHIS have no cautions, JAHIS has no clinical notes. A comma or a control character in a text
// becomes its full-width form or a space. It does not check: read the result back for that.
// Reading the text of a valid prescription gives the prescription again (RX-194).
std::string WritePrescription(const Prescription& prescription, Format format = Format::kSj1,
                              const WriteOptions& options = {});

// The same for a dispensing result, as CJ1.
std::string WriteDispensing(const Dispensing& dispensing, const WriteOptions& options = {});

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_WRITE_H_
