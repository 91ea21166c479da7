// google.protobuf.Timestamp and absl::Time. An unset timestamp is the epoch, so an unset expiry has
// always passed.
#ifndef SERVICES_PLATFORM_ACCESS_TIMESTAMP_H_
#define SERVICES_PLATFORM_ACCESS_TIMESTAMP_H_

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace tsunagu::access {

inline absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

inline google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const absl::Time second = absl::FromUnixSeconds(absl::ToUnixSeconds(time));
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  timestamp.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - second)));
  return timestamp;
}

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_TIMESTAMP_H_
