#include "services/prescription/trust.h"

#include <string>
#include <utility>

#include "services/platform/hpki/timestamp/authority.h"
#include "services/platform/hpki/timestamp/remote.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::prescription {
namespace {

// Another's, when there is a URL (SIG-073), else our own.
absl::StatusOr<std::unique_ptr<const timestamp::Stamper>> OpenAuthority(
    const tsunagu::service::v1::TimeStamping& config) {
  if (config.url().empty()) {
    ASSIGN_OR_RETURN(const std::string key, ReadFile(config.key_file()));
    ASSIGN_OR_RETURN(const std::string certificate, ReadFile(config.certificate_file()));
    ASSIGN_OR_RETURN(auto authority,
                     timestamp::Authority::Create(key, certificate, {kTimeStampPolicy}));
    return std::make_unique<timestamp::Authority>(std::move(authority));
  }
  if (!config.key_file().empty() || !config.certificate_file().empty()) {
    return absl::InvalidArgumentError(
        "time_stamping names an authority by its url and one of our own: which one?");
  }
  ASSIGN_OR_RETURN(const std::string trusted, ReadFile(config.root_file()));
  timestamp::RemoteAuthority::Options options;
  options.url = config.url();
  options.ca_file = config.tls_ca_file();
  options.policy = config.policy();
  if (config.timeout_ms() != 0) options.timeout = absl::Milliseconds(config.timeout_ms());
  ASSIGN_OR_RETURN(auto authority, timestamp::RemoteAuthority::Create(trusted, options));
  return std::make_unique<timestamp::RemoteAuthority>(std::move(authority));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Trust>> Trust::Open(
    const tsunagu::service::v1::SignatureTrust& signatures,
    const tsunagu::service::v1::TimeStamping& time_stamping, absl::Duration reload_interval) {
  ASSIGN_OR_RETURN(auto paths, hpki::PathValidator::Load(signatures.root_file(),
                                                         signatures.intermediates_file()));
  ASSIGN_OR_RETURN(auto crls, hpki::CrlStore::Open(signatures.crls()));
  ASSIGN_OR_RETURN(auto authority, OpenAuthority(time_stamping));
  return std::unique_ptr<Trust>(
      new Trust(std::move(paths), std::move(crls), std::move(authority), reload_interval));
}

Trust::Trust(hpki::PathValidator paths, std::unique_ptr<hpki::CrlStore> crls,
             std::unique_ptr<const timestamp::Stamper> authority, absl::Duration reload_interval)
    : paths_(std::move(paths)),
      crls_(std::move(crls)),
      known_(std::make_unique<KnownSigners>(paths_)),
      authority_(std::move(authority)),
      reloader_(reload_interval, [this] { log_.Tell(crls_->Reload()); }) {}

absl::StatusOr<hpki::Certificate> Trust::ReadCertificate(absl::string_view der) const {
  return known_->Read(der);
}

absl::Status Trust::CheckPath(const hpki::Certificate& leaf,
                              std::span<const hpki::Certificate> presented, absl::Time now) const {
  return known_->Validate(leaf, presented, crls_->current(), now);
}

}  // namespace tsunagu::prescription
