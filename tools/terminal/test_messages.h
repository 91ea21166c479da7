// For tests: requests, and a gateway that does each command once.
#ifndef TOOLS_TERMINAL_TEST_MESSAGES_H_
#define TOOLS_TERMINAL_TEST_MESSAGES_H_

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/exchange.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::terminal {

inline constexpr char kInstitution[] = "1311234567";

inline std::string MessageOf(int interface, const prescription::envelope::Fields& fields,
                             const std::string& identifier = "f-1") {
  using prescription::envelope::CharacterCode;
  return prescription::envelope::WriteRequest(
             *prescription::envelope::FindInterface(interface),
             {{kInstitution, identifier, CharacterCode::kUtf8}, fields})
      .value();
}

inline std::string RegisterMessage(const std::string& identifier = "f-1",
                                   const std::string& document = "<Document/>") {
  return MessageOf(201, {{"IssueType", "1"}, {"PrescriptionInfo", document}}, identifier);
}

inline std::string EligibilityMessage() {
  return absl::StrCat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><XmlMsg><MessageHeader>"
      "<QualificationConfirmationDate>20260512</QualificationConfirmationDate>"
      "<MedicalInstitutionCode>",
      kInstitution,
      "</MedicalInstitutionCode><ArbitraryFileIdentifier>e-1</ArbitraryFileIdentifier>"
      "</MessageHeader><MessageBody><QualificationConfirmSearchInfo>"
      "<InsurerNumber>01130012</InsurerNumber><InsuredCardSymbol>12345678</InsuredCardSymbol>"
      "<InsuredIdentificationNumber>10</InsuredIdentificationNumber>"
      "<InsuredBranchNumber>00</InsuredBranchNumber><Birthdate>19700415</Birthdate>"
      "</QualificationConfirmSearchInfo></MessageBody></XmlMsg>\n");
}

// Answers every call with what is set for it; remembers commands by their id. Thread safe.
class TestExchangeGateway : public Gateway {
 public:
  using Call_ = prescription::envelope::Call;

  absl::Status Call(Call_ call, const google::protobuf::Message& request,
                    google::protobuf::Message* response) override {
    absl::MutexLock lock(&mutex_);
    calls_.emplace_back(call, request.ShortDebugString());
    if (!next_.ok()) return std::exchange(next_, absl::OkStatus());
    if (const auto refused = refused_.find(call); refused != refused_.end()) return refused->second;
    const auto* type = request.GetDescriptor()->FindFieldByName("command_id");
    if (type != nullptr && call != Call_::kGetCommand) {
      const std::string id = request.GetReflection()->GetString(request, type);
      const auto [done, is_new] = done_.try_emplace(id, request.ShortDebugString());
      if (done->second != request.ShortDebugString()) return absl::AlreadyExistsError("reused");
      const auto* repeated = response->GetDescriptor()->FindFieldByName("repeated");
      if (repeated != nullptr) {
        response->GetReflection()->SetBool(response, repeated, !is_new);
      }
    }
    const std::string type_name = response->GetDescriptor()->full_name();
    if (const auto set = answers_.find(type_name); set != answers_.end()) {
      response->MergeFrom(*set->second.front());
      if (set->second.size() > 1) set->second.pop_front();
    }
    if (auto* registered = dynamic_cast<prescription::v1::RegisterResponse*>(response)) {
      registered->set_prescription_id("p-1");
      registered->set_access_code("123456");
    }
    return lost_-- > 0 ? absl::DeadlineExceededError("lost") : absl::OkStatus();
  }

  absl::Status Check(const eligibility::v1::CheckRequest& request,
                     eligibility::v1::CheckResponse* response) override {
    absl::MutexLock lock(&mutex_);
    calls_.emplace_back(Call_::kNone, request.ShortDebugString());
    if (!next_.ok()) return std::exchange(next_, absl::OkStatus());
    response->set_validity(eligibility::v1::VALIDITY_VALID);
    auto* q = response->mutable_qualification();
    *q->mutable_identity() = request.identity();
    q->set_name("合成　一郎");
    q->set_birth_date(request.birth_date());
    return absl::OkStatus();
  }

  // The next call is answered so; it does nothing.
  void RefuseNext(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    next_ = status;
  }
  // Every such call is answered so.
  void Refuse(Call_ call, const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    refused_[call] = status;
  }
  // So many calls are done, and their answers lost.
  void LoseAnswers(int count) {
    absl::MutexLock lock(&mutex_);
    lost_ = count;
  }
  // Merged into a response of its type; of several each into one, the last into all that follow.
  void Answer(const google::protobuf::Message& message) {
    auto& answers = answers_[message.GetDescriptor()->full_name()];
    answers.emplace_back(message.New())->CopyFrom(message);
  }

  // The commands that were done, by their ids.
  std::map<std::string, std::string> done() const {
    absl::MutexLock lock(&mutex_);
    return done_;
  }
  std::vector<std::pair<Call_, std::string>> calls() const {
    absl::MutexLock lock(&mutex_);
    return calls_;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Status next_ ABSL_GUARDED_BY(mutex_);
  std::map<Call_, absl::Status> refused_ ABSL_GUARDED_BY(mutex_);
  int lost_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, std::deque<std::unique_ptr<google::protobuf::Message>>> answers_;
  std::map<std::string, std::string> done_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::pair<Call_, std::string>> calls_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_TEST_MESSAGES_H_
