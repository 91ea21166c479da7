// For tests: a log of prescriptions in memory, folded as the platform does, and its events.
#ifndef SERVICES_PRESCRIPTION_TEST_LOG_H_
#define SERVICES_PRESCRIPTION_TEST_LOG_H_

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/platform/journal/folder.h"
#include "services/platform/national/jst.h"
#include "services/prescription/due.h"
#include "services/prescription/fold.h"

namespace tsunagu::prescription {

inline constexpr char kSubject[] = "12ab00000000000000000000000000aa";

// Folds entries as the platform does and keeps all states.
class Log {
 public:
  journal::Verdict Append(const std::string& id, const v1::Event& event, absl::CivilDay day) {
    return AppendTo(AggregateName(id), event, day);
  }

  journal::Verdict AppendTo(const std::string& aggregate, const v1::Event& event,
                            absl::CivilDay day) {
    tsunagu::journal::v1::Entry entry;
    entry.set_subject(kSubject);
    entry.set_aggregate(aggregate);
    entry.mutable_decided_at()->set_seconds(
        absl::ToUnixSeconds(absl::FromCivil(day, national::Jst())));
    entry.set_event(event.SerializeAsString());
    journal::Record record{offset_++, kSubject, entry.SerializeAsString()};
    journal::States states;
    for (const std::string& name : folder_.Touches(record)) states.Load(name, states_[name]);
    published_.clear();
    const auto verdict = folder_.Apply(record, states, published_);
    for (const auto& [name, value] : states.Changes()) states_[name] = value;
    return verdict;
  }

  v1::Prescription Prescription(const std::string& id) {
    return Aggregate<v1::Prescription>(AggregateName(id));
  }
  v1::Swept Swept() { return Aggregate<v1::Swept>(kSweptName); }

  template <typename Message>
  Message Get(const std::string& name) {
    Message message;
    message.ParseFromString(states_[name]);
    return message;
  }

  // The ids of the person's open prescriptions.
  std::string Open() {
    std::string ids;
    const auto person = Get<v1::OpenPrescriptions>(PersonName(kSubject));
    for (const auto& item : person.items()) {
      absl::StrAppend(&ids, item.prescription_id(), " ");
    }
    return ids;
  }

  // What the last entry published; the default message when nothing.
  v1::PrescriptionChanged Public() {
    v1::PrescriptionChanged changed;
    if (!published_.empty()) changed.ParseFromString(published_[0].event());
    return changed;
  }
  size_t publications() const { return published_.size(); }
  const std::map<std::string, std::string>& states() const { return states_; }

 private:
  template <typename State>
  State Aggregate(const std::string& name) {
    tsunagu::journal::v1::Stored stored;
    stored.ParseFromString(states_[name]);
    State state;
    state.ParseFromString(stored.state());
    return state;
  }

  PrescriptionDomain domain_;
  journal::JournalFolder folder_{domain_};
  std::map<std::string, std::string> states_;
  journal::Publications published_;
  int64_t offset_ = 0;
};

inline const absl::CivilDay kDay(2026, 6, 1);

inline v1::Event Registered(const std::string& id, const std::string& use_by = "20260604") {
  v1::Event event;
  auto& registered = *event.mutable_registered();
  registered.set_prescription_id(id);
  registered.set_access_code("123456");
  registered.set_issuer("1311111111");
  registered.set_issued_on("20260601");
  registered.set_use_by(use_by);
  registered.set_document("<prescription/>");
  registered.add_drugs()->set_code("612170709");
  return event;
}

inline v1::Event Accepted() {
  v1::Event event;
  event.mutable_accepted()->set_pharmacy("1349999996");
  return event;
}

inline v1::Event Dispensed() {
  v1::Event event;
  event.mutable_dispensed()->set_result_id("r");
  event.mutable_dispensed()->set_document("<result/>");
  event.mutable_dispensed()->set_dispensed_on("20260602");
  event.mutable_dispensed()->add_drugs()->set_code("610421321");
  return event;
}

inline v1::Event Cancelled() {
  v1::Event event;
  event.mutable_cancelled();
  return event;
}

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_TEST_LOG_H_
