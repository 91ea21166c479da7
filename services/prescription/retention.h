// How long documents are kept, and when the index (due.h) has them looked at. Pure.
//
// The fold knows no configuration: it puts what is completed under the day on which the least
// period is over. Whoever looks then knows the rules, and erases or has it looked at again later.
#ifndef SERVICES_PRESCRIPTION_RETENTION_H_
#define SERVICES_PRESCRIPTION_RETENTION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/repeated_field.h"
#include "services/platform/journal/folder.h"
#include "services/prescription/prescription.h"
#include "tsunagu/prescription/v1/erasure.pb.h"
#include "tsunagu/prescription/v1/given.pb.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::prescription {

using RetentionRules = google::protobuf::RepeatedPtrField<tsunagu::service::v1::Retention>;

// The period of the law, and where no rule says more.
inline constexpr int kLeastYears = 3;

// The day from which on the years count (RX-530); nothing: it is not completed.
std::optional<absl::CivilDay> CompletedOn(const State& state, absl::CivilDay today);
std::optional<absl::CivilDay> CompletedOn(const v1::Given& state);

// For how long what was completed on that day is kept, and by which rule (RX-531, RX-532).
struct Period {
  absl::CivilDay completed_on;
  int years = kLeastYears;
  std::string rule_from;    // empty: no rule
  absl::CivilDay erase_on;  // the first day on which it is not kept any more
};
Period PeriodOf(absl::CivilDay completed_on, const RetentionRules& rules);

// What a look on that day comes to.
enum class Look { kNothing, kErase, kKeep };
Look LookAt(const Period& period, absl::CivilDay today);

// The day on which the fold has looked at what is completed by an event that was decided on that
// day.
absl::CivilDay FirstLook(absl::CivilDay decided);

// The states that AddLook may read for this event.
std::vector<std::string> LookNames(const Event& event, absl::string_view prescription_id,
                                   absl::CivilDay decided);

// Puts the prescription under its first look when the event has completed it.
void AddLook(const Event& event, const State& after, absl::CivilDay decided,
             journal::States& states);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_RETENTION_H_
