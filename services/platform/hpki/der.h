// A reader of strict DER for short structures: definite, minimal lengths; low tag numbers only.
#ifndef SERVICES_PLATFORM_HPKI_DER_H_
#define SERVICES_PLATFORM_HPKI_DER_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace tsunagu::hpki {

// Identifier octets (class, constructed bit and tag number) of what HPKI uses.
inline constexpr uint8_t kDerOid = 0x06;
inline constexpr uint8_t kDerUtf8String = 0x0C;
inline constexpr uint8_t kDerPrintableString = 0x13;
inline constexpr uint8_t kDerSequence = 0x30;
inline constexpr uint8_t kDerSet = 0x31;
// [number] EXPLICIT, number below 31.
constexpr uint8_t DerExplicit(uint8_t number) { return 0xA0 | number; }

struct DerElement {
  uint8_t identifier = 0;
  absl::string_view content;  // lives as long as the bytes that were read
};

// A cursor over elements that follow each other. It does not own the bytes.
class DerReader {
 public:
  explicit DerReader(absl::string_view bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }

  // The next element; false, without moving, when the bytes are not DER.
  bool Next(DerElement& element);

  // The next element, which must have that identifier; otherwise false.
  bool Next(uint8_t identifier, absl::string_view& content);

 private:
  absl::string_view rest_;
};

// The content of `bytes` if they are exactly one element with that identifier.
bool ReadSingle(absl::string_view bytes, uint8_t identifier, absl::string_view& content);

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_DER_H_
