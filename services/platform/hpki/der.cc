#include "services/platform/hpki/der.h"

#include <cstddef>

namespace tsunagu::hpki {
namespace {

constexpr uint8_t kHighTagNumber = 0x1F;
constexpr uint8_t kLongForm = 0x80;
// Two octets count up to 64 kB, more than any certificate that we read.
constexpr size_t kMaxLengthOctets = 2;

uint8_t Octet(absl::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }

// Takes the length octets off `rest`. False when they are missing, indefinite or not minimal.
bool ReadLength(absl::string_view& rest, size_t& length) {
  if (rest.empty()) return false;
  const uint8_t first = Octet(rest, 0);
  rest.remove_prefix(1);
  length = first;
  if ((first & kLongForm) == 0) return true;
  const size_t octets = first & ~kLongForm;
  if (octets == 0 || octets > kMaxLengthOctets || rest.size() < octets) return false;
  if (Octet(rest, 0) == 0) return false;
  length = 0;
  for (size_t i = 0; i < octets; ++i) length = length << 8 | Octet(rest, i);
  rest.remove_prefix(octets);
  return length >= kLongForm;
}

}  // namespace

bool DerReader::Next(DerElement& element) {
  if (rest_.empty()) return false;
  absl::string_view rest = rest_;
  const uint8_t identifier = Octet(rest, 0);
  if ((identifier & kHighTagNumber) == kHighTagNumber) return false;
  rest.remove_prefix(1);
  size_t length = 0;
  if (!ReadLength(rest, length) || length > rest.size()) return false;
  element = {identifier, rest.substr(0, length)};
  rest_ = rest.substr(length);
  return true;
}

bool DerReader::Next(uint8_t identifier, absl::string_view& content) {
  DerElement element;
  if (!Next(element) || element.identifier != identifier) return false;
  content = element.content;
  return true;
}

bool ReadSingle(absl::string_view bytes, uint8_t identifier, absl::string_view& content) {
  DerReader reader(bytes);
  return reader.Next(identifier, content) && reader.done();
}

}  // namespace tsunagu::hpki
