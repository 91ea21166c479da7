// Erases documents whose period is over, when the index brings them up (service_clock.h): it reads
// them once more, to say of each what it was, and appends that they are erased.
#ifndef SERVICES_PRESCRIPTION_SERVICE_ERASER_H_
#define SERVICES_PRESCRIPTION_SERVICE_ERASER_H_

#include <asio.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/prescription.h"
#include "services/prescription/retention.h"
#include "tsunagu/prescription/v1/given.pb.h"

namespace tsunagu::prescription {

// Loop thread only.
class Eraser {
 public:
  // `host` must outlive this.
  explicit Eraser(rpc::Host& host);

  // Whose documents a look finds to be erased, or to be looked at again.
  struct Candidate {
    std::string id;
    std::string subject;
    bool given = false;  // without a prescription
    uint64_t version = 0;
    google::protobuf::Timestamp changed_at;
    Period period;
    Look look = Look::kNothing;
  };
  std::optional<Candidate> Consider(const State& state, uint64_t version,
                                    absl::CivilDay today) const;
  std::optional<Candidate> Consider(const v1::Given& state, uint64_t version,
                                    absl::CivilDay today) const;

  // Appends what becomes of them. `key` leads to their partition. Returns how many were erased.
  asio::awaitable<absl::StatusOr<int>> Settle(std::string key, std::vector<Candidate> candidates,
                                              absl::CivilDay today);
  // The same of drugs given without a prescription, by id.
  asio::awaitable<absl::StatusOr<int>> LookAtGiven(std::string key, std::vector<std::string> ids,
                                                   absl::CivilDay today);

 private:
  asio::awaitable<absl::StatusOr<int>> SettleSome(std::string key, std::vector<Candidate> some,
                                                  absl::CivilDay today);

  rpc::Host& host_;
  const std::string topic_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_ERASER_H_
