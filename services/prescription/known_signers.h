// What was found out about certificates under documents, for a while: a doctor signs many documents
// with one certificate, and to read it and judge its path takes a third of a registration's CPU.
#ifndef SERVICES_PRESCRIPTION_KNOWN_SIGNERS_H_
#define SERVICES_PRESCRIPTION_KNOWN_SIGNERS_H_

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/access/verdict_cache.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"
#include "services/platform/hpki/path.h"

namespace tsunagu::prescription {

// Bounded: some 10 KB for each of at most kMaxKnownSigners certificates. Thread safe.
class KnownSigners {
 public:
  static constexpr size_t kMaxKnownSigners = 4096;
  // A good verdict holds for that long, no longer than certificate and lists do, and for these
  // lists only. Of the CAs in between, that is how much later their end may be noticed.
  static constexpr absl::Duration kVerdictHolds = absl::Minutes(1);

  // `paths` must outlive this.
  explicit KnownSigners(const hpki::PathValidator& paths) : paths_(paths) {}

  // As hpki::Certificate::FromDer.
  absl::StatusOr<hpki::Certificate> Read(absl::string_view der);

  // As hpki::PathValidator::Validate for signatures. Refusals are not remembered.
  absl::Status Validate(const hpki::Certificate& leaf, std::span<const hpki::Certificate> presented,
                        const hpki::CrlStore::Snapshot& lists, absl::Time now);

 private:
  struct Verdict {
    uint64_t generation = 0;  // of the lists
    absl::Time from, until;   // both included
  };

  const hpki::PathValidator& paths_;
  access::VerdictCache<hpki::Certificate> certificates_{kMaxKnownSigners};
  access::VerdictCache<Verdict> verdicts_{kMaxKnownSigners};
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_KNOWN_SIGNERS_H_
