// What holds for every text of every request, before a handler sees it.
#ifndef SERVICES_PLATFORM_RPC_REQUEST_TEXT_H_
#define SERVICES_PLATFORM_RPC_REQUEST_TEXT_H_

#include <cstddef>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace tsunagu::rpc {

// Of one text (`string`; `bytes` are files, which have limits of their own).
constexpr size_t kMaxTextBytes = 4096;

// PF-003: no control characters, and at most kMaxTextBytes. The error names the first fields that
// are wrong by their paths.
absl::Status CheckTexts(const google::protobuf::Message& request);

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_REQUEST_TEXT_H_
