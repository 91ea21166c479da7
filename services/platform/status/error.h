// Errors by name. A service's errors.h lists its errors as functions that build them with this;
// handlers write no messages.
//
// An error is an absl::Status whose payload is a google.rpc.ErrorInfo (reason, rule) and, where a
// field of the request is wrong, a google.rpc.BadRequest. platform/rpc turns it into the gRPC
// status and its details in one place. No error holds personal data: it names rules and fields,
// never values.
#ifndef SERVICES_PLATFORM_STATUS_ERROR_H_
#define SERVICES_PLATFORM_STATUS_ERROR_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "google/rpc/details.pb.h"

namespace tsunagu {

// A field of a request, as a path, and what is wrong with it or what it must be.
struct WrongField {
  std::string path;
  std::string description;
};

// One error under construction; converts to absl::Status.
class ErrorBuilder {
 public:
  // `reason`: a constant such as "PRESCRIPTION_TAKEN", for programs. `message`: English, for
  // people.
  ErrorBuilder(absl::StatusCode code, absl::string_view reason, absl::string_view message);

  // The id in docs/requirements of the rule that refused.
  ErrorBuilder& Rule(absl::string_view rule);
  // What a program needs to go on, e.g. the id of what is there already; nothing personal.
  ErrorBuilder& Metadata(absl::string_view key, absl::string_view value);
  // The request field that is wrong, as a path, and what is wrong with it.
  ErrorBuilder& Field(absl::string_view path, absl::string_view description);
  ErrorBuilder& Fields(const std::vector<WrongField>& wrong);
  // When to come again.
  ErrorBuilder& RetryAfter(absl::Duration delay);
  // Any further detail message, e.g. tsunagu.common.v1.Findings.
  ErrorBuilder& Detail(const google::protobuf::Message& detail);

  operator absl::Status() const;  // NOLINT: the builder stands for the error

 private:
  absl::StatusCode code_;
  std::string message_;
  google::rpc::ErrorInfo info_;
  google::rpc::BadRequest bad_request_;
  std::optional<google::rpc::RetryInfo> retry_;
  std::vector<google::protobuf::Any> details_;
};

// The `reason` of an error made by ErrorBuilder; empty for others.
std::string ReasonOf(const absl::Status& status);

// The rule id of an error made by ErrorBuilder; empty when it names none.
std::string RuleOf(const absl::Status& status);

// The metadata of an error made by ErrorBuilder, without the rule.
std::map<std::string, std::string> MetadataOf(const absl::Status& status);

// The status on the wire: code, message and every payload as a detail.
google::rpc::Status ToRpcStatus(const absl::Status& status);

// The reverse of ToRpcStatus.
absl::Status FromRpcStatus(const google::rpc::Status& status);

}  // namespace tsunagu

#endif  // SERVICES_PLATFORM_STATUS_ERROR_H_
