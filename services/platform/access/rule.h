// The rule of a method, as its proto states it (option tsunagu.access.v1.rule). There is no second
// policy table: what is linked into the program is what can be called.
#ifndef SERVICES_PLATFORM_ACCESS_RULE_H_
#define SERVICES_PLATFORM_ACCESS_RULE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::access {

// One RPC of a linked service.
struct Method {
  std::string path;     // as gRPC spells it: "/tsunagu.audit.v1.Audit/GetAccessHistory"
  std::string service;  // full name of its service: "tsunagu.audit.v1.Audit"
  // Lives as long as the program. Null: the proto states none, so nobody may call it (AC-001).
  const v1::Rule* rule;
  // An empty message of its request's type; lives as long as the program.
  const google::protobuf::Message* request;
  bool streams = false;  // it answers with a stream of messages
};

// All RPCs of the services in package tsunagu whose protos are linked into this program, sorted by
// path. Built once, at the first call; thread safe.
const std::vector<Method>& AllMethods();

// The method of that path, or null when no linked service has it. Thread safe, no allocation.
const Method* FindMethod(absl::string_view path);

// The rule of that path. Null when there is no such method, or when it states no rule: either way
// nobody may call it. Thread safe, no allocation.
const v1::Rule* FindRule(absl::string_view path);

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_RULE_H_
