// One dispensing result for several prescriptions (RX-500 to RX-503, RX-540). Pure; thread safe.
#ifndef SERVICES_PRESCRIPTION_TOGETHER_H_
#define SERVICES_PRESCRIPTION_TOGETHER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/prescription/prescription.h"
#include "tsunagu/prescription/v1/facility.pb.h"

namespace tsunagu::prescription {

inline constexpr int kMaxTogether = 10;

// The form of the request.
absl::Status CheckDispenseTogether(const v1::DispenseTogetherRequest& request);

// The id of the result that this command registers of that prescription.
std::string ResultIdOf(const State& state, absl::string_view pharmacy,
                       absl::string_view command_id);

// Whether this command has registered its result already.
bool HasResult(const State& state, absl::string_view result_id);

// Whether one result may stand for all of these (in the order of the request): NOT_TOGETHER with
// the first that does not fit, or what speaks against dispensing it. What this command has
// dispensed before fits.
absl::Status CheckTogether(const std::vector<State>& states, const std::string& pharmacy,
                           const std::string& command_id);

// The events, in the order of `states`. `judged`: of the first one, whose result has the drugs.
std::vector<Event::Dispensed> ShareResult(const Event::Dispensed& judged,
                                          const std::vector<State>& states,
                                          const std::string& pharmacy,
                                          const std::string& command_id);

// With what others its newest result stands; it is one of them itself. Empty: with none.
std::vector<v1::SharedResult> SharedWith(const State& state);

// Whether that result is the newest of the prescription; if it is not, it is cancelled already.
bool IsNewest(const State& state, absl::string_view result_id);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_TOGETHER_H_
