// Who works where, and for whom an insurer speaks: the enrolment file, checked and indexed.
#ifndef SERVICES_PLATFORM_ACCESS_ENROLMENT_H_
#define SERVICES_PLATFORM_ACCESS_ENROLMENT_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/platform/async/periodic.h"
#include "services/platform/rpc/reload_log.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/config/v1/enrolment.pb.h"

namespace tsunagu::access {

// They travel in every principal of the insurer: so many take 2.5 KB of the 8 KiB that gRPC takes
// as metadata. The largest insurer by numbers, the late elderly's of Hokkaido, has one for each of
// 179 municipalities. GW-019
inline constexpr size_t kMaxInsurerNumbers = 250;

struct Facility {
  std::string code;  // 10 digits
  v1::FacilityKind kind;
  std::vector<std::string> insurer_numbers;  // normal form, sorted, each once
  std::string name;                          // empty: not told
};

using Facilities = std::vector<Facility>;

// Immutable. Thread safe.
class Enrolment {
 public:
  // Checks and indexes. INVALID_ARGUMENT names every fault at once by its place in the file.
  static absl::StatusOr<Enrolment> Create(const config::v1::Enrolment& file);

  // Null: no such facility.
  const Facility* FindFacility(absl::string_view code) const;

  // Where the holder of a certificate works: what is enrolled under its key, otherwise what is
  // enrolled under its issuer and serial number (forms: hpki::Certificate). Empty: nowhere.
  const Facilities& FacilitiesOf(absl::string_view key_sha256, absl::string_view issuer,
                                 absl::string_view serial) const;

 private:
  friend class EnrolmentReader;
  absl::flat_hash_map<std::string, Facility> facilities_;
  absl::flat_hash_map<std::string, Facilities> by_key_;
  absl::flat_hash_map<std::string, Facilities> by_issuer_serial_;
};

// The enrolment of one file, read again when it changes. Thread safe.
class EnrolmentStore {
 public:
  // Fails when the file cannot be read, or is not right. With `interval` a thread of its own calls
  // Refresh so often; without, the owner does.
  static absl::StatusOr<std::unique_ptr<EnrolmentStore>> Open(
      std::string path, absl::Duration interval = absl::ZeroDuration());

  // True when the file had changed and is in force now. On an error the present one stays.
  absl::StatusOr<bool> Reload();

  // Reload, and a line in the log when there is something new to tell. False while the file cannot
  // be taken. From one thread only, which is that of `interval` if there is one.
  bool Refresh();

  // Never null.
  std::shared_ptr<const Enrolment> current() const;

 private:
  explicit EnrolmentStore(std::string path) : path_(std::move(path)) {}

  const std::string path_;
  absl::Mutex reload_mutex_;
  std::string text_ ABSL_GUARDED_BY(reload_mutex_);  // what was read last
  rpc::ReloadLog log_{"enrolment"};
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Enrolment> current_ ABSL_GUARDED_BY(mutex_);
  std::optional<Periodic> watcher_;  // the last member: it ends before what it reads
};

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_ENROLMENT_H_
