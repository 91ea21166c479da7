// From when until when a drug is taken. Pure.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_TAKING_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_TAKING_H_

#include "absl/time/civil_time.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/taking.pb.h"

namespace tsunagu::prescription::duplication {

// RX-405
inline constexpr int kFixedDays = 14;

// Days in Japan, both included.
struct Period {
  absl::CivilDay first;
  absl::CivilDay last;
  bool estimated = false;  // nothing tells how many days: they are kFixedDays

  bool Has(absl::CivilDay day) const { return first <= day && day <= last; }
  bool operator==(const Period&) const = default;
};

// Of a drug that is begun on that day: oral ones for their days (RX-404), all others for a fixed
// time (RX-405).
Period PeriodOf(const tsunagu::common::v1::Drug& drug, absl::CivilDay start);

// How many days of both lie on or after that day.
int DaysInBoth(const Period& a, const Period& b, absl::CivilDay from);

// Whether what is prescribed, and in nobody's hands, can be had no more.
bool HasLapsed(const v1::TakingItem& item, absl::CivilDay today);

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_TAKING_H_
