// google.protobuf.Timestamp and absl::Time. An unset timestamp is the epoch, so an unset expiry has
// always passed.
#ifndef SERVICES_PLATFORM_ACCESS_TIMESTAMP_H_
#define SERVICES_PLATFORM_ACCESS_TIMESTAMP_H_

#include <google/protobuf/util/time_util.h>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace tsunagu::access {

inline absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

inline google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  return google::protobuf::util::TimeUtil::NanosecondsToTimestamp(absl::ToUnixNanos(time));
}

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_TIMESTAMP_H_
