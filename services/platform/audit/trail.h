// The audit trail as every service writes it: no disclosure without its record.
#ifndef SERVICES_PLATFORM_AUDIT_TRAIL_H_
#define SERVICES_PLATFORM_AUDIT_TRAIL_H_

#include <asio.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/journal/producer.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::audit {

inline constexpr char kTopic[] = "audit.records";

// A record of this call by this caller, complete but for subject, outcome and items. `context` may
// be null.
tsunagu::audit::v1::Record MakeRecord(const tsunagu::access::v1::Rule& rule,
                                      const tsunagu::access::v1::Principal& principal,
                                      const tsunagu::access::v1::CareContext* context,
                                      absl::Time time);

// Not thread safe: the loop's thread only.
class Trail {
 public:
  // `producer` must outlive the trail. `topic`: kTopic, with the installation's prefix if it has
  // one.
  Trail(asio::io_context& loop, journal::Producer& producer, std::string topic, int partitions)
      : loop_(loop), producer_(producer), topic_(std::move(topic)), partitions_(partitions) {}

  // Gives each record its id and waits until all are durable. UNAVAILABLE with reason
  // AUDIT_UNAVAILABLE: not all are, and nothing may be disclosed.
  asio::awaitable<absl::Status> Write(std::vector<tsunagu::audit::v1::Record> records,
                                      absl::Time deadline);

 private:
  asio::io_context& loop_;
  journal::Producer& producer_;
  const std::string topic_;
  const int partitions_;
};

}  // namespace tsunagu::audit

#endif  // SERVICES_PLATFORM_AUDIT_TRAIL_H_
