// Against finding out what a person takes by checks without consent, one draft after the other
// (RX-426).
#ifndef SERVICES_PRESCRIPTION_SERVICE_MASKED_GUARD_H_
#define SERVICES_PRESCRIPTION_SERVICE_MASKED_GUARD_H_

#include <asio.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/view/gates.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::prescription {

// Loop thread only. `gates` must outlive this.
class MaskedGuard {
 public:
  MaskedGuard(view::Gates& gates, const tsunagu::service::v1::PrescriptionLimits& limits);

  // Counts a check before anything is read. TOO_MANY_CHECKS when the facility has made enough on
  // this person; logs that, without the person.
  asio::awaitable<absl::Status> Take(std::string facility, std::string subject, absl::Time now);

 private:
  view::Gates& gates_;
  const view::GateLimit limit_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_MASKED_GUARD_H_
