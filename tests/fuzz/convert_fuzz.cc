// The text of QR symbols into a record that can be signed, and back.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/convert.h"
#include "tests/fuzz/require.h"

using tsunagu::fuzz::Require;

namespace record = tsunagu::prescription::record;

namespace {

void RequireBytesOrErrors(const record::Conversion& conversion) {
  Require(conversion.bytes.empty() == tsunagu::national::HasErrors(conversion.findings),
          "a file or an error");
}

// Whether characters were lost that CP932 does not have.
bool HasLostCharacters(const record::Conversion& conversion) {
  return std::ranges::any_of(conversion.findings, [](const auto& f) { return f.rule == "RX-209"; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const record::Conversion sj1 = record::ToSj1(bytes, nullptr, nullptr);
  RequireBytesOrErrors(sj1);
  if (!sj1.bytes.empty()) {
    Require(record::CheckPrescription(sj1.bytes, nullptr).prescription.has_value(),
            "what is converted can be registered");
    const record::Conversion back = record::ToJahis(sj1.bytes);
    RequireBytesOrErrors(back);
    if (!back.bytes.empty() && !HasLostCharacters(back)) {
      Require(record::ToSj1(back.bytes, nullptr, nullptr).bytes == sj1.bytes, "RX-203");
    }
  }
  const record::Conversion jahis = record::ToJahis(bytes);
  RequireBytesOrErrors(jahis);
  if (!jahis.bytes.empty()) {
    Require(record::CheckQrPrescription(jahis.bytes, nullptr).prescription.has_value(),
            "what is converted can be read from the symbols");
  }
  return 0;
}
