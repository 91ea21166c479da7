// XmlMsg envelopes.
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "services/prescription/envelope/xmlmsg.h"

namespace envelope = tsunagu::prescription::envelope;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)envelope::ReadRegisterRequest(bytes);
  (void)envelope::ReadRegisterAnswer(bytes);
  return 0;
}
