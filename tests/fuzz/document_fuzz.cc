// Signed documents. The seeds' keys are nobody's any more, so whatever else verifies is a forgery.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "absl/strings/string_view.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "tests/fuzz/require.h"

using tsunagu::fuzz::Require;

namespace xades = tsunagu::xades;

namespace {

// What the keys of the seeds have signed.
constexpr absl::string_view kSigned[] = {"SJ1\n1,1,0000000,13,テスト医院\n",
                                         "CJ1\n1,1,0000000,13,テスト薬局\n"};

void CheckContent(const xades::Signature& signature) {
  Require(std::ranges::count(kSigned, signature.content) == 1, "nothing else was signed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto kind : {xades::DocumentKind::kPrescription, xades::DocumentKind::kDispensing}) {
    const auto verification = xades::Verify(bytes, kind);
    if (!verification.valid()) continue;
    CheckContent(verification.signature);
    if (verification.prescription.has_value()) CheckContent(*verification.prescription);
  }
  const auto read = xades::ReadDocument(bytes);
  if (read.ok() && read->kind == xades::DocumentKind::kPrescription) {
    const auto named = xades::WithPrescriptionId(bytes, "11111111-3333");
    if (named.ok()) Require(xades::ReadDocument(*named)->payload == read->payload, "same payload");
  }
  return 0;
}
