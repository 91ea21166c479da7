#include "services/prescription/known_signers.h"

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/status/macros.h"

namespace tsunagu::prescription {

absl::StatusOr<hpki::Certificate> KnownSigners::Read(absl::string_view der) {
  if (const auto known = certificates_.Find(der); known != nullptr) return *known;
  ASSIGN_OR_RETURN(hpki::Certificate certificate, hpki::Certificate::FromDer(der));
  certificates_.Insert(der, std::make_shared<const hpki::Certificate>(certificate));
  return certificate;
}

absl::Status KnownSigners::Validate(const hpki::Certificate& leaf,
                                    std::span<const hpki::Certificate> presented,
                                    const hpki::CrlStore::Snapshot& lists, absl::Time now) {
  std::string key = leaf.fingerprint();
  for (const hpki::Certificate& certificate : presented) {
    absl::StrAppend(&key, "/", certificate.fingerprint());
  }
  const auto known = verdicts_.Find(key);
  if (known != nullptr && known->generation == lists.generation && known->from <= now &&
      now <= known->until) {
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(paths_.Validate(leaf, presented, hpki::Purpose::kSigning, lists.crls, now));
  const absl::Time until =
      std::min({now + kVerdictHolds, leaf.not_after(), lists.crls.earliest_next_update()});
  verdicts_.Insert(key, std::make_shared<const Verdict>(Verdict{lists.generation, now, until}));
  return absl::OkStatus();
}

}  // namespace tsunagu::prescription
