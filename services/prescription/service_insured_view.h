// Comparing a patient with the insured person of our view. Loop thread only.
#ifndef SERVICES_PRESCRIPTION_SERVICE_INSURED_VIEW_H_
#define SERVICES_PRESCRIPTION_SERVICE_INSURED_VIEW_H_

#include <asio.hpp>
#include <string>

#include "absl/time/time.h"
#include "services/platform/national/finding.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/insured.h"

namespace tsunagu::prescription {

// Adds what speaks against the claim. `insurer`: in normal form. A view that cannot be read soon is
// one that knows nobody: nothing waits for it (RX-048).
asio::awaitable<void> CompareWithView(rpc::Host& host, std::string subject, std::string insurer,
                                      Claim claim, absl::Time deadline,
                                      national::Findings& findings);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_INSURED_VIEW_H_
