// What the log is told about a file that is looked at again and again.
#ifndef SERVICES_PLATFORM_RPC_RELOAD_LOG_H_
#define SERVICES_PLATFORM_RPC_RELOAD_LOG_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::rpc {

// Tells what changes, not what every look finds again. Not thread safe.
class ReloadLog {
 public:
  // `file` is a constant like "crls": the events are "crls.reloaded" and "crls.not_reloaded".
  explicit ReloadLog(absl::string_view file) : file_(file) {}

  // After a look: whether what lies there had changed and is in force now, or why it cannot be
  // taken. False while it cannot.
  bool Tell(const absl::StatusOr<bool>& changed);

 private:
  const std::string file_;
  std::string fault_;  // told last; empty: what lies there is in force
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_RELOAD_LOG_H_
