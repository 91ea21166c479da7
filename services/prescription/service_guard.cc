#include "services/prescription/service_guard.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/rpc/log.h"
#include "services/prescription/errors.h"

namespace tsunagu::prescription {
namespace {

constexpr absl::Duration kLongestWait = absl::Hours(24);

enum Gate : size_t { kPharmacyAndPerson, kPharmacy, kPerson, kGates };
constexpr const char* kGateNames[kGates] = {"pharmacy_and_person", "pharmacy", "person"};

}  // namespace

CodeGuard::CodeGuard(view::Gates& gates, const tsunagu::service::v1::PrescriptionLimits& limits)
    : gates_(gates),
      limits_({view::GateLimit{limits.wrong_codes_by_pharmacy_and_person(),
                               absl::Seconds(limits.wrong_codes_person_window_s()), kLongestWait},
               view::GateLimit{limits.wrong_codes_by_pharmacy(),
                               absl::Seconds(limits.wrong_codes_pharmacy_window_s()),
                               absl::Seconds(limits.wrong_codes_pharmacy_window_s())},
               view::GateLimit{limits.wrong_codes_by_person(),
                               absl::Seconds(limits.wrong_codes_person_window_s()),
                               absl::Seconds(limits.wrong_codes_person_window_s())}}) {}

std::string CodeGuard::GateName(size_t gate, const Attempt& attempt) {
  return absl::StrCat("code:", gate == kPerson ? "" : attempt.pharmacy, ":",
                      gate == kPharmacy ? "" : attempt.subject);
}

asio::awaitable<absl::StatusOr<CodeGuard::Attempt>> CodeGuard::Begin(std::string pharmacy,
                                                                     std::string subject,
                                                                     absl::Time now) {
  Attempt attempt;
  attempt.pharmacy = std::move(pharmacy);
  attempt.subject = std::move(subject);
  for (size_t gate = 0; gate < kGates; ++gate) {
    const auto passage = co_await gates_.Take(GateName(gate, attempt), limits_[gate], now);
    if (passage.ok() && passage->wait == absl::ZeroDuration()) {
      attempt.left[gate] = passage->left;
      continue;
    }
    co_await GiveBack(attempt, gate);
    if (!passage.ok()) co_return passage.status();
    co_return TooManyWrongCodes(passage->wait);
  }
  co_return attempt;
}

asio::awaitable<void> CodeGuard::GiveBack(const Attempt& attempt, size_t gates) {
  for (size_t gate = 0; gate < gates; ++gate) {
    co_await gates_.GiveBack(GateName(gate, attempt), limits_[gate]);
  }
}

asio::awaitable<void> CodeGuard::Right(Attempt attempt) { co_await GiveBack(attempt, kGates); }

void CodeGuard::Wrong(const Attempt& attempt) const {
  for (size_t gate = 0; gate < kGates; ++gate) {
    if (attempt.left[gate] > 0) continue;
    rpc::Log(rpc::Level::kWarning, "codes.closed",
             {{"limit", kGateNames[gate]}, {"facility", attempt.pharmacy}, {"rule", "RX-450"}});
  }
}

}  // namespace tsunagu::prescription
