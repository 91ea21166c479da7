#include "services/platform/rpc/reload_log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/rpc/log.h"

namespace tsunagu::rpc {

bool ReloadLog::Tell(const absl::StatusOr<bool>& changed) {
  std::string fault = changed.ok() ? "" : changed.status().ToString();
  if (fault != fault_ && !fault.empty()) {
    Log(Level::kError, absl::StrCat(file_, ".not_reloaded"), {{"why", fault}});
  } else if (fault.empty() && (*changed || !fault_.empty())) {
    Log(Level::kInfo, absl::StrCat(file_, ".reloaded"), {});
  }
  fault_ = std::move(fault);
  return fault_.empty();
}

}  // namespace tsunagu::rpc
