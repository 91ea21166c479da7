// The answer of a check: a page of its alerts, and what must not be told without consent. Pure.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_REPORT_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_REPORT_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/prescription/duplication/check.h"
#include "tsunagu/prescription/v1/duplication.pb.h"

namespace tsunagu::prescription::duplication {

// RX-418
inline constexpr int kDefaultPageSize = 20;
inline constexpr int kMaxPageSize = 50;
inline constexpr int kMaxPastOfGroup = 20;

// The size of a page, before anything is read. BAD_FIELD.
absl::Status CheckPage(const v1::CheckOptions& options);

// A digest with a key, of letters and digits: who has a page token cannot try out for which alerts
// it stands (RX-427).
using Seal = std::function<std::string(absl::string_view alerts)>;

// Fills all of the report but `masked` and `freshness`. BAD_FIELD for a page that
// cannot be; CHECK_CHANGED when other alerts were found since the page before.
absl::Status MakeReport(const Result& result, const Tables& tables, const Options& options,
                        const v1::CheckOptions& page, const Seal& seal, v1::CheckReport& report);

// RX-409: takes out of what is being taken which drug it is and who prescribed and dispensed it.
void Mask(v1::CheckReport& report);

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_REPORT_H_
