// What the text of a column may be, by its format.
#ifndef SERVICES_LTC_CAREPLAN_FORMAT_H_
#define SERVICES_LTC_CAREPLAN_FORMAT_H_

#include "absl/strings/string_view.h"
#include "services/ltc/careplan/layout.h"
#include "services/ltc/careplan/rules.h"

namespace tsunagu::ltc::careplan {

// The rule that the text breaks, or nullptr. Empty text breaks none. Pure, thread safe.
const Rule* BrokenRule(Format format, absl::string_view text);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_FORMAT_H_
