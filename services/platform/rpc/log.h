// Structured log lines (JSON, one a line, on stderr). What goes in names rules, methods and codes;
// nothing of a person, no request or response content.
#ifndef SERVICES_PLATFORM_RPC_LOG_H_
#define SERVICES_PLATFORM_RPC_LOG_H_

#include <initializer_list>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace tsunagu::rpc {

enum class Level { kInfo, kWarning, kError };

// Thread safe. `event` is a constant like "call.refused".
void Log(Level level, absl::string_view event,
         std::initializer_list<std::pair<const char*, std::string>> fields);

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_LOG_H_
