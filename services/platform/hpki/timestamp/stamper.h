// Whoever makes time-stamps.
#ifndef SERVICES_PLATFORM_HPKI_TIMESTAMP_STAMPER_H_
#define SERVICES_PLATFORM_HPKI_TIMESTAMP_STAMPER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::timestamp {

// Thread safe.
class Stamper {
 public:
  virtual ~Stamper() = default;

  // An RFC 3161 token (DER) with the SHA-256 of these bytes. UNAVAILABLE when it cannot be had now.
  virtual absl::StatusOr<std::string> Stamp(absl::string_view bytes) const = 0;
};

}  // namespace tsunagu::timestamp

#endif  // SERVICES_PLATFORM_HPKI_TIMESTAMP_STAMPER_H_
