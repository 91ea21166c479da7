#include "services/prescription/trust.h"

#include <string>
#include <utility>

#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::prescription {

absl::StatusOr<std::unique_ptr<Trust>> Trust::Open(
    const tsunagu::service::v1::SignatureTrust& signatures,
    const tsunagu::service::v1::TimeStamping& time_stamping, absl::Duration reload_interval) {
  ASSIGN_OR_RETURN(auto paths, hpki::PathValidator::Load(signatures.root_file(),
                                                         signatures.intermediates_file()));
  ASSIGN_OR_RETURN(auto crls, hpki::CrlStore::Open(signatures.crls()));
  ASSIGN_OR_RETURN(const std::string key, ReadFile(time_stamping.key_file()));
  ASSIGN_OR_RETURN(const std::string certificate, ReadFile(time_stamping.certificate_file()));
  ASSIGN_OR_RETURN(auto authority,
                   timestamp::Authority::Create(key, certificate, {kTimeStampPolicy}));
  return std::unique_ptr<Trust>(
      new Trust(std::move(paths), std::move(crls), std::move(authority), reload_interval));
}

Trust::Trust(hpki::PathValidator paths, std::unique_ptr<hpki::CrlStore> crls,
             timestamp::Authority authority, absl::Duration reload_interval)
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
