// XmlMsg envelopes of every interface: what is read is written, and reads back the same.
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "services/prescription/envelope/interfaces.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tests/fuzz/require.h"

namespace envelope = tsunagu::prescription::envelope;
using tsunagu::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)envelope::ReadHeader(bytes);
  for (const envelope::Interface& interface : envelope::Interfaces()) {
    const auto read = envelope::ReadRequest(interface, bytes);
    Require(read.request.has_value() == read.findings.empty(), "a request or findings");
    if (read.request.has_value()) {
      const auto written = envelope::WriteRequest(interface, *read.request);
      Require(written.ok(), "what was read can be written");
      Require(envelope::ReadRequest(interface, *written).request == read.request, "the same again");
    }
    (void)envelope::ReadAnswer(interface, bytes);
  }
  return 0;
}
