// Whom we believe when they sign a document, and the authority that stamps it.
#ifndef SERVICES_PRESCRIPTION_TRUST_H_
#define SERVICES_PRESCRIPTION_TRUST_H_

#include <memory>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/async/periodic.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"
#include "services/platform/hpki/path.h"
#include "services/platform/hpki/timestamp/stamper.h"
#include "services/platform/rpc/reload_log.h"
#include "services/prescription/known_signers.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::prescription {

// Ours, under the arc that RFC 5612 keeps for examples: nobody outside judges by it.
inline constexpr char kTimeStampPolicy[] = "1.3.6.1.4.1.32473.1.1";
// How often the revocation lists are looked at for new ones.
inline constexpr absl::Duration kCrlReloadInterval = absl::Minutes(1);

// Thread safe. Holds a thread of its own that reads new revocation lists.
class Trust {
 public:
  // From the files that the configuration names; the error says which one is bad.
  static absl::StatusOr<std::unique_ptr<Trust>> Open(
      const tsunagu::service::v1::SignatureTrust& signatures,
      const tsunagu::service::v1::TimeStamping& time_stamping,
      absl::Duration reload_interval = kCrlReloadInterval);

  const hpki::PathValidator& paths() const { return paths_; }
  const timestamp::Stamper& authority() const { return *authority_; }
  // The present lists.
  hpki::CrlSet crls() const { return crls_->current().crls; }

  // As hpki::Certificate::FromDer, and whether a signer's certificate is to be believed now: as
  // PathValidator::Validate with the present lists. Both are remembered (known_signers.h).
  absl::StatusOr<hpki::Certificate> ReadCertificate(absl::string_view der) const;
  absl::Status CheckPath(const hpki::Certificate& leaf,
                         std::span<const hpki::Certificate> presented, absl::Time now) const;

 private:
  Trust(hpki::PathValidator paths, std::unique_ptr<hpki::CrlStore> crls,
        std::unique_ptr<const timestamp::Stamper> authority, absl::Duration reload_interval);

  const hpki::PathValidator paths_;
  const std::unique_ptr<hpki::CrlStore> crls_;
  const std::unique_ptr<KnownSigners> known_;
  const std::unique_ptr<const timestamp::Stamper> authority_;
  rpc::ReloadLog log_{"crls"};  // for the reloader's thread
  const Periodic reloader_;     // the last member: it ends before what it reads
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_TRUST_H_
