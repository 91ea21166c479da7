// Certificate revocation lists: a set that never changes, and a store that holds the current set.
#ifndef SERVICES_PLATFORM_HPKI_CRL_STORE_H_
#define SERVICES_PLATFORM_HPKI_CRL_STORE_H_

#include <openssl/x509.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace tsunagu::hpki {

// The largest list known has a few hundred entries of 36 bytes.
inline constexpr size_t kMaxCrlFileBytes = 64 * 1024 * 1024;

// Times by issuer and scope (issuing distribution point), both in DER.
using CrlAges = std::map<std::string, absl::Time>;

// Parsed lists. Nothing in here is believed: PathValidator checks the signature, the scope and the
// validity of each list that it uses. Immutable and cheap to copy: copies share the lists. Thread
// safe.
class CrlSet {
 public:
  // No lists: then every path is refused with CRL_MISSING.
  CrlSet();

  // Every list in the text. INVALID_ARGUMENT when there is none, or one is malformed or has no
  // nextUpdate: such a list would never expire (PKI-009).
  static absl::StatusOr<CrlSet> FromPem(absl::string_view pem);

  // Lists in DER, each one list; what a signed document carries as evidence. May be empty.
  static absl::StatusOr<CrlSet> FromDer(std::span<const std::string> ders);

  // A PEM file, or a folder whose files *.pem (PEM) and *.crl (PEM or DER) hold lists.
  static absl::StatusOr<CrlSet> Load(const std::string& path);

  size_t size() const;

  // The first instant at which one of the lists has expired: InfinitePast without any list.
  // Warn when it is less than 48 h away; at this instant the door closes.
  absl::Time earliest_next_update() const;

  // When the newest list of each issuer and scope was made (thisUpdate).
  const CrlAges& ages() const;

  // FAILED_PRECONDITION when one of the lists is older than what `held` has of the same issuer and
  // scope: lists travel over plain HTTP, and an old one would bring a revoked certificate back.
  absl::Status CheckNotOlderThan(const CrlAges& held) const;

  // Owned by the set. Never null.
  STACK_OF(X509_CRL) * get() const;

 private:
  struct Data;
  explicit CrlSet(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

  std::shared_ptr<const Data> data_;
};

// The current lists of one path. Which lists are old it knows since its start. Thread safe.
class CrlStore {
 public:
  struct Snapshot {
    CrlSet crls;
    uint64_t generation = 0;
  };

  // Fails when the lists cannot be read: without any there is no use in starting.
  static absl::StatusOr<std::unique_ptr<CrlStore>> Open(std::string path);

  CrlStore(const CrlStore&) = delete;
  CrlStore& operator=(const CrlStore&) = delete;

  // Reads the lists again if a file has changed since. True when there are new ones: the generation
  // went up by one, and every connection that was validated against an earlier one has to be
  // validated again. On an error the present lists stay; they close the door when they expire. What
  // could not be read is not tried again before it changes. When nothing changed it asks the file
  // system for the file's (or the folder's and its files') state and does no more.
  absl::StatusOr<bool> Reload();

  // As Reload, then current: lists that were replaced before this call are in what it returns.
  Snapshot Latest();

  // The present lists. The generation starts at 1.
  Snapshot current() const;

 private:
  CrlStore(std::string path, std::string stamp, CrlSet crls);
  absl::Status Replace() ABSL_EXCLUSIVE_LOCKS_REQUIRED(reload_mutex_);

  const std::string path_;
  absl::Mutex reload_mutex_;
  std::string stamp_ ABSL_GUARDED_BY(reload_mutex_);     // of the files that were tried last
  absl::Status refused_ ABSL_GUARDED_BY(reload_mutex_);  // why what was tried last is not in force
  // Of all lists that were ever in force here: a list that was left out meanwhile counts too.
  CrlAges newest_ ABSL_GUARDED_BY(reload_mutex_);
  mutable absl::Mutex mutex_;
  Snapshot snapshot_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_CRL_STORE_H_
