#include "services/prescription/service_insured_view.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/prescription/insured_fold.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

// A prescription does not wait for a view of insured persons that is being rebuilt (RX-048).
constexpr absl::Duration kPatience = absl::Seconds(1);

}  // namespace

asio::awaitable<void> CompareWithView(rpc::Host& host, std::string subject, std::string insurer,
                                      Claim claim, absl::Time deadline,
                                      national::Findings& findings) {
  const absl::Time limit = std::min(deadline, absl::Now() + kPatience);
  std::vector<std::string> names(1, InsuredName(subject));
  names.push_back(InsurerName(insurer));
  const auto values = co_await host.views().Read(host.Topic(kInsuredTopic), std::move(subject),
                                                 std::move(names), limit);
  v1::KnownInsured insured;
  v1::KnownInsurer known;
  if (values.ok()) {
    insured.ParseFromString((*values)[0]);
    known.ParseFromString((*values)[1]);
  }
  CompareWithInsured(claim, insured, known.has_insured(), findings);
}

}  // namespace tsunagu::prescription
