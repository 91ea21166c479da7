#include "services/platform/rpc/call.h"

#include <utility>

#include "services/platform/audit/trail.h"

namespace tsunagu::rpc {

using tsunagu::audit::v1::Record;

Call::Call(const tsunagu::access::v1::Rule& rule,
           std::shared_ptr<const tsunagu::access::v1::Principal> principal,
           std::shared_ptr<const tsunagu::access::v1::CareContext> care_context, absl::Time now,
           absl::Time deadline)
    : rule_(rule),
      principal_(std::move(principal)),
      care_context_(std::move(care_context)),
      now_(now),
      deadline_(deadline) {}

void Call::Touch(absl::string_view subject, tsunagu::audit::v1::Outcome outcome,
                 std::vector<std::string> items) {
  Record record = audit::MakeRecord(rule_, *principal_, care_context_.get(), now_);
  record.set_subject(std::string(subject));
  record.set_outcome(outcome);
  for (std::string& item : items) record.add_items(std::move(item));
  records_.push_back(std::move(record));
}

std::vector<Record> Call::TakeRecords() {
  std::vector<Record> records = Records(/*refused=*/false);
  if (!records.empty()) nobody_ = true;  // whose data the rest is about has been said
  records_.clear();
  return records;
}

std::vector<Record> Call::Records(bool refused) const {
  std::vector<Record> records = records_;
  for (Record& record : records) {
    record.set_reason(reason_);
    if (changes_nothing_ && record.outcome() == tsunagu::audit::v1::OUTCOME_CHANGED) {
      record.set_outcome(tsunagu::audit::v1::OUTCOME_REPEATED);
    }
    if (refused) record.set_outcome(tsunagu::audit::v1::OUTCOME_REFUSED);
  }
  return records;
}

}  // namespace tsunagu::rpc
