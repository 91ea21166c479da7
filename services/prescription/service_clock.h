// Tells what days bring: expired prescriptions, refills that may be had again, and documents that
// are kept no longer, from the index (due.h). Each replica does so for the partitions that it
// folds. Two that do it at once, or one that begins again, append the same facts, of which the fold
// absorbs one.
#ifndef SERVICES_PRESCRIPTION_SERVICE_CLOCK_H_
#define SERVICES_PRESCRIPTION_SERVICE_CLOCK_H_

#include <asio.hpp>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/service_eraser.h"

namespace tsunagu::prescription {

using Clock = std::function<absl::Time()>;

// Loop thread only.
class Clockwork {
 public:
  // `host` must outlive this, and this the host's loop's run.
  Clockwork(rpc::Host& host, Clock clock);

  // Looks every clock_interval_ms whether a day has come. Never ends.
  asio::awaitable<void> Run();

 private:
  struct Told {
    int expired = 0;
    int opened = 0;
    int erased = 0;
  };

  asio::awaitable<absl::Status> Sweep(int partition, absl::CivilDay today);
  asio::awaitable<absl::StatusOr<absl::CivilDay>> FirstUntold(std::string key,
                                                              absl::CivilDay today);
  asio::awaitable<absl::StatusOr<Told>> TellDay(std::string key, absl::CivilDay day,
                                                absl::CivilDay today);
  asio::awaitable<absl::StatusOr<Told>> Tell(std::string key, std::vector<std::string> ids,
                                             absl::CivilDay today);

  rpc::Host& host_;
  const Clock clock_;
  const std::string topic_;
  Eraser eraser_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_CLOCK_H_
