// Text protocol buffers, with every error and its position.
#ifndef SERVICES_GATEWAY_TEXT_PROTO_H_
#define SERVICES_GATEWAY_TEXT_PROTO_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace tsunagu::gateway {

// INVALID_ARGUMENT with "line:column: what" of every error, joined by "; ". The text itself is not
// repeated: it may name persons.
absl::Status ParseTextProto(absl::string_view text, google::protobuf::Message* message);

// NOT_FOUND when the file cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_TEXT_PROTO_H_
