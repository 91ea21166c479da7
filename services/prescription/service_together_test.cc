// Whatever a pharmacy dispenses together, alone and cancels again, each drug counts once.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

constexpr int kSequences = 6;
constexpr int kSteps = 15;
constexpr int kHeld = 3;  // prescriptions, all of one person, issuer and day

// Of PrescriptionText and ResultText.
constexpr int kDrugsPrescribed = 3, kDrugsDispensed = 1;

class TogetherWalkTest : public PrescriptionServiceTest {
 protected:
  struct Life {
    std::string id, document;
    int result = 0;  // which result it has; 0: none
  };

  // Takes back what the walk before left, and leaves nothing of it to be taken.
  void End() {
    for (Life& life : lives_) {
      if (life.result > 0) RC_ASSERT(CancelResult(life.id) == Cancelled(life.result));
    }
    for (const Life& life : lives_) {
      v1::CollectRequest request;
      request.set_prescription_id(life.id);
      request.set_command_id(NewCommand());
      v1::CollectResponse response;
      RC_ASSERT(Call(&v1::Prescriptions::Stub::Collect, Pharmacist(), request, &response).ok());
    }
  }

  void Begin() {
    lives_.assign(kHeld, {});
    for (Life& life : lives_) {
      life.id = Registered().prescription_id();
      v1::AcceptResponse accepted;
      RC_ASSERT(Accept(life.id, kPharmacy, &accepted).ok());
      life.document = accepted.document();
    }
  }

  std::string NewCommand() { return absl::StrCat("walk-command-", ++commands_); }
  static std::string Text(const absl::Status& status) {
    return status.ok() ? "OK" : ReasonOf(status);
  }

  std::string Together(const std::vector<size_t>& which) {
    v1::DispenseTogetherRequest request;
    request.set_command_id(NewCommand());
    for (const size_t i : which) request.add_prescription_ids(lives_[i].id);
    request.set_document(SignedResult(ResultText(Today()), lives_[which[0]].document, absl::Now()));
    v1::DispenseTogetherResponse response;
    return Text(CallOther(*facility_, &v1::FacilityPrescriptions::Stub::DispenseTogether,
                          Pharmacist(), request, &response));
  }
  std::string Alone(size_t which) {
    v1::DispenseResponse response;
    const Life& life = lives_[which];
    return Text(Dispense(life.id, SignedResult(ResultText(Today()), life.document, absl::Now()),
                         &response));
  }
  std::string CancelResult(const std::string& id) {
    v1::CancelResultRequest request;
    request.set_command_id(NewCommand());
    request.set_prescription_id(id);
    v1::CancelResultResponse response;
    return Text(Call(&v1::Prescriptions::Stub::CancelResult, Pharmacist(), request, &response));
  }

  // Evenly; without the size a walk would begin with the first of all.
  static int Choose(int n) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, n)); }

  // Does it and says what had to come of it.
  std::string Step(std::string* answered) {
    const auto first = static_cast<size_t>(Choose(kHeld));
    const int act = Choose(5);
    if (act == 0) {
      *answered = Alone(first);
      return Dispensed({first});
    }
    if (act >= 3) {
      *answered = CancelResult(lives_[first].id);
      return Cancelled(lives_[first].result);
    }
    std::vector<size_t> which = {first, (first + 1) % kHeld};
    if (act == 2) which.push_back((first + 2) % kHeld);
    *answered = Together(which);
    return Dispensed(which);
  }
  std::string Dispensed(const std::vector<size_t>& which) {
    for (const size_t i : which) {
      if (lives_[i].result > 0) return "RESULT_EXISTS";
    }
    ++results_;
    for (const size_t i : which) lives_[i].result = results_;
    return "OK";
  }
  std::string Cancelled(int result) {
    if (result == 0) return "NOT_HOLDER";
    for (Life& life : lives_) life.result = life.result == result ? 0 : life.result;
    return "OK";
  }

  int DrugsTaken() {
    v1::PrepareRequest request;
    request.mutable_identity()->set_insurer(Insured().insurer);
    request.mutable_identity()->set_symbol(Insured().symbol);
    request.mutable_identity()->set_number(Insured().number);
    request.mutable_identity()->set_branch(Insured().branch);
    v1::PrepareResponse response;
    RC_ASSERT(CallOther(*check_stub_, &v1::DuplicationCheck::Stub::Prepare, Pharmacist(), request,
                        &response)
                  .ok());
    return response.drugs();
  }
  int Expected() const {
    std::set<int> results;
    int held = 0;
    for (const Life& life : lives_) {
      if (life.result > 0) results.insert(life.result);
      held += life.result == 0 ? 1 : 0;
    }
    return held * kDrugsPrescribed + static_cast<int>(results.size()) * kDrugsDispensed;
  }

  std::vector<Life> lives_;
  int results_ = 0;
};

// RX-500 to RX-503, RX-540
TEST_F(TogetherWalkTest, EachDrugCountsOnceWhateverIsDispensedTogetherAndCancelled) {
  rc::detail::TestParams params;
  params.maxSuccess = kSequences;
  const auto result = rc::detail::checkTestable(
      [this] {
        Begin();
        for (int i = 0; i < kSteps; ++i) {
          std::string answered;
          const std::string expected = Step(&answered);
          RC_ASSERT(answered == expected);
          RC_ASSERT(DrugsTaken() == Expected());
          for (const Life& life : lives_) {
            const auto status = life.result > 0 ? v1::STATUS_DISPENSED : v1::STATUS_IN_DISPENSING;
            RC_ASSERT(Status(life.id, Doctor())->status() == status);
          }
        }
        End();
      },
      rc::detail::TestMetadata{}, params);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << [&] {
    std::ostringstream text;
    rc::detail::printResultMessage(result, text);
    return text.str();
  }();
}

}  // namespace
}  // namespace tsunagu::prescription
