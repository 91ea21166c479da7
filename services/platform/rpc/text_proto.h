// Reading files: whole, or as text protocol buffers with every error and its position.
#ifndef SERVICES_PLATFORM_RPC_TEXT_PROTO_H_
#define SERVICES_PLATFORM_RPC_TEXT_PROTO_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace tsunagu {

// INVALID_ARGUMENT with "line:column: what" of every error, joined by "; ". The text itself is not
// repeated: it may name persons.
absl::Status ParseTextProto(absl::string_view text, google::protobuf::Message* message);

// The file's bytes. NOT_FOUND, naming the path, when it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// ReadFile and ParseTextProto; the error names the path.
absl::Status ReadTextProto(const std::string& path, google::protobuf::Message* message);

}  // namespace tsunagu

#endif  // SERVICES_PLATFORM_RPC_TEXT_PROTO_H_
