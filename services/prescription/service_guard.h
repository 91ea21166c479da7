// Against guessing access codes (RX-450 to RX-453). A code has six digits, so the number of wrong
// ones is what protects it. Three limits, each a gate in Redis that all replicas share:
//
//   a pharmacy at one person     few tries, and a wait that doubles each time
//   a pharmacy at everybody      a code tried on many persons
//   everybody at one person      high, without a growing wait
//
// The first keeps a pharmacy from ever reaching the third alone, so it cannot lock a person out of
// others; pharmacies that conspire can, for one window at a time. Whoever knows the prescription's
// id (the holder, who repeats) needs no code and meets no gate.
#ifndef SERVICES_PRESCRIPTION_SERVICE_GUARD_H_
#define SERVICES_PRESCRIPTION_SERVICE_GUARD_H_

#include <array>
#include <asio.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/view/gates.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::prescription {

// Loop thread only. `gates` must outlive this.
class CodeGuard {
 public:
  CodeGuard(view::Gates& gates, const tsunagu::service::v1::PrescriptionLimits& limits);

  // A code that is about to be looked up; Right or Wrong says how it ended.
  class Attempt {
   private:
    friend class CodeGuard;
    std::string pharmacy, subject;
    std::array<int, 3> left = {};  // by gate
  };

  // TOO_MANY_WRONG_CODES when a gate is closed, before anybody knows whether the code is right.
  asio::awaitable<absl::StatusOr<Attempt>> Begin(std::string pharmacy, std::string subject,
                                                 absl::Time now);
  // It led to a prescription, or it was never looked up: it does not count.
  asio::awaitable<void> Right(Attempt attempt);
  // It counts. Logs which gates it closed, and of which pharmacy.
  void Wrong(const Attempt& attempt) const;

 private:
  static std::string GateName(size_t gate, const Attempt& attempt);
  asio::awaitable<void> GiveBack(const Attempt& attempt, size_t gates);

  view::Gates& gates_;
  const std::array<view::GateLimit, 3> limits_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_GUARD_H_
