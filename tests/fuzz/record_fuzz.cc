// Record files: JAHIS, SJ1, CJ1.
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/text.h"
#include "services/prescription/record/write.h"
#include "tests/fuzz/require.h"

using tsunagu::fuzz::Require;

namespace record = tsunagu::prescription::record;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = record::DecodeRecordText(bytes);
  if (text.ok()) Require(record::EncodeRecordText(*text) == bytes, "RX-195");
  const auto checked = record::CheckRecordFile(bytes, nullptr);
  Require(checked.file.has_value() || tsunagu::national::HasErrors(checked.findings),
          "no file without a finding");
  // RX-194: what is without error is written and reads back the same.
  const auto prescription = record::CheckPrescription(bytes, nullptr);
  if (prescription.prescription.has_value()) {
    const auto again =
        record::CheckPrescription(record::WritePrescription(*prescription.prescription), nullptr);
    Require(again.prescription == prescription.prescription, "RX-194");
  }
  const auto dispensing = record::CheckDispensing(bytes, nullptr);
  if (dispensing.dispensing.has_value()) {
    const auto again =
        record::CheckDispensing(record::WriteDispensing(*dispensing.dispensing), nullptr);
    Require(again.dispensing == dispensing.dispensing, "RX-194");
  }
  record::CheckQrPrescription(bytes, nullptr);
  return 0;
}
