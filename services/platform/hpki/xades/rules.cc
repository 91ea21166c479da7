#include "services/platform/hpki/xades/rules.h"

namespace tsunagu::xades {

bool Report(const Rule& rule, absl::string_view where, national::Findings* findings) {
  national::Add(rule, 0, where, *findings);
  return false;
}

}  // namespace tsunagu::xades
