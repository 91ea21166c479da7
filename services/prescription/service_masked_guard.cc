#include "services/prescription/service_masked_guard.h"

#include "absl/strings/str_cat.h"
#include "services/platform/rpc/log.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"

namespace tsunagu::prescription {
namespace {

constexpr absl::Duration kLongestWait = absl::Hours(24);

}  // namespace

MaskedGuard::MaskedGuard(view::Gates& gates, const tsunagu::service::v1::PrescriptionLimits& limits)
    : gates_(gates),
      limit_{limits.masked_checks_by_facility_and_person(),
             absl::Seconds(limits.masked_checks_window_s()), kLongestWait} {}

asio::awaitable<absl::Status> MaskedGuard::Take(std::string facility, std::string subject,
                                                absl::Time now) {
  CO_ASSIGN_OR_RETURN(
      const view::Passage passage,
      co_await gates_.Take(absl::StrCat("masked:", facility, ":", subject), limit_, now));
  if (passage.wait == absl::ZeroDuration()) co_return absl::OkStatus();
  rpc::Log(rpc::Level::kWarning, "checks.closed", {{"facility", facility}, {"rule", "RX-426"}});
  co_return TooManyChecks(passage.wait);
}

}  // namespace tsunagu::prescription
