// One call of a unary method, as its handler sees it.
#ifndef SERVICES_PLATFORM_RPC_CALL_H_
#define SERVICES_PLATFORM_RPC_CALL_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::rpc {

// Lives as long as the handler's coroutine. Loop thread only.
class Call {
 public:
  Call(const tsunagu::access::v1::Rule& rule,
       std::shared_ptr<const tsunagu::access::v1::Principal> principal,
       std::shared_ptr<const tsunagu::access::v1::CareContext> care_context, absl::Time now,
       absl::Time deadline);

  const tsunagu::access::v1::Principal& principal() const { return *principal_; }

  // What the caller may read about whom; authorised for this method. Null when the rule needs none,
  // or when a break-glass method is called without.
  const tsunagu::access::v1::CareContext* care_context() const { return care_context_.get(); }

  // When the call came in: the time of every decision in it.
  absl::Time now() const { return now_; }
  absl::Time deadline() const { return deadline_; }

  // Says whose data this call touches and what of it, e.g. items {"prescription/<id>"}. The answer
  // of a method whose rule has an audit action leaves only after these records are durable; it must
  // say at least one. When the handler then answers with an error, the records say that it was
  // refused.
  void Touch(absl::string_view subject, tsunagu::audit::v1::Outcome outcome,
             std::vector<std::string> items);

  // Says that the command was done before and is only answered again: the records of what would
  // have changed say so.
  void ChangesNothing() { changes_nothing_ = true; }

  // Says that there is nobody whose data is touched (an empty file, a look-up that found nobody).
  void TouchNobody() { nobody_ = true; }

  // The stated reason of a break-glass; goes into every record of this call.
  void StateReason(std::string reason) { reason_ = std::move(reason); }

  // For a stream: the records of what was touched since the last of these calls, of which a
  // message is about to tell.
  std::vector<tsunagu::audit::v1::Record> TakeRecords();

  // For the dispatcher: the records as they stand now, `refused` when the answer is an error.
  std::vector<tsunagu::audit::v1::Record> Records(bool refused) const;
  bool says_whom() const { return nobody_ || !records_.empty(); }

 private:
  const tsunagu::access::v1::Rule& rule_;
  const std::shared_ptr<const tsunagu::access::v1::Principal> principal_;
  const std::shared_ptr<const tsunagu::access::v1::CareContext> care_context_;
  const absl::Time now_;
  const absl::Time deadline_;
  std::vector<tsunagu::audit::v1::Record> records_;
  std::string reason_;
  bool nobody_ = false;
  bool changes_nothing_ = false;
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_CALL_H_
