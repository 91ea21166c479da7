#include "services/platform/rpc/metrics_page.h"

#include <prometheus/exposer.h>

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"

namespace tsunagu::rpc {

MetricsPage::MetricsPage(std::unique_ptr<prometheus::Exposer> exposer,
                         std::shared_ptr<prometheus::Registry> registry)
    : exposer_(std::move(exposer)), registry_(std::move(registry)) {
  if (exposer_ != nullptr) exposer_->RegisterCollectable(registry_);
}

MetricsPage::~MetricsPage() = default;

absl::StatusOr<std::unique_ptr<MetricsPage>> MetricsPage::Serve(
    const std::string& address, std::shared_ptr<prometheus::Registry> registry) {
  std::unique_ptr<prometheus::Exposer> exposer;
  try {
    if (!address.empty()) exposer = std::make_unique<prometheus::Exposer>(address, 1);
  } catch (const std::exception&) {  // civetweb's way to say that the address cannot be used
    return absl::UnavailableError(absl::StrCat("cannot serve metrics on ", address));
  }
  return std::unique_ptr<MetricsPage>(new MetricsPage(std::move(exposer), std::move(registry)));
}

}  // namespace tsunagu::rpc
