// The service answers what the model answers, whatever is asked of it in what order, with documents
// that are really signed, a real broker and a real Redis. Days do not pass here; prescription.h is
// compared over days in model_test.cc.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "services/prescription/model.h"
#include "services/prescription/test_service.h"
#include "services/prescription/test_walk.h"

namespace tsunagu::prescription {
namespace {

using model::Act;
using model::Deed;
using model::Model;
using model::Terms;
using Stub = v1::Prescriptions::Stub;

constexpr int kSequences = 12;
constexpr int kSteps = 25;
const std::string kPharmacies[] = {kPharmacy, kOtherPharmacy};

int ChooseAny(int n) { return *rc::gen::inRange(0, n); }

class ServiceModelTest : public PrescriptionServiceTest {
 protected:
  template <typename Request, typename Response>
  std::string Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                 const Deed& deed, Request request = {}) {
    request.set_prescription_id(id_);
    request.set_command_id(absl::StrCat("model-command-", ++commands_));
    Response response;
    const bool issuer = deed.facility == kClinic;
    const absl::Status status =
        Call(method, issuer ? Doctor() : Pharmacist(deed.facility), request, &response);
    if (status.ok()) return "OK";
    said_ = absl::StrCat(status.ToString(), FindingsOf(status).ShortDebugString());
    return ReasonOf(status);
  }

  // Of another document than those before.
  std::string NewText(const Terms& terms) {
    return PrescriptionTextOf(terms, 1 + ++commands_ % 900, Today());
  }

  void Register(const Terms& terms) {
    v1::RegisterResponse response;
    const absl::Status status = PrescriptionServiceTest::Register(
        absl::StrCat("model-register-", ++commands_),
        SignedPrescription(NewText(terms), absl::Now()), &response);
    RC_ASSERT(status.ok());
    id_ = response.prescription_id();
  }

  std::string Ask(const Deed& deed, const Terms& terms) {
    switch (deed.act) {
      case Act::kChange: {
        v1::ChangeRequest request;
        request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
        request.set_document(SignedPrescription(NewText(terms), absl::Now()));
        return Do(&Stub::Change, deed, request);
      }
      case Act::kCancel:
        return Do(&Stub::Cancel, deed);
      case Act::kUndoCancel:
        return Do(&Stub::UndoCancel, deed);
      case Act::kUndoChange:
        return Do(&Stub::UndoChange, deed);
      case Act::kAccept: {
        v1::AcceptRequest request;
        request.mutable_identity()->set_insurer(Insured().insurer);
        request.mutable_identity()->set_symbol(Insured().symbol);
        request.mutable_identity()->set_number(Insured().number);
        request.mutable_identity()->set_branch(Insured().branch);
        return Do(&Stub::Accept, deed, request);
      }
      case Act::kRelease:
        return Do(&Stub::Release, deed);
      case Act::kCollect:
        return Do(&Stub::Collect, deed);
      case Act::kUndoCollect:
        return Do(&Stub::UndoCollect, deed);
      case Act::kCancelResult:
        return Do(&Stub::CancelResult, deed);
      case Act::kChangeResult: {
        v1::ChangeResultRequest request;
        request.set_document(SignedResult(ResultTextOf(deed, terms), document_, absl::Now()));
        return Do(&Stub::ChangeResult, deed, request);
      }
      default: {
        v1::DispenseRequest request;
        request.set_document(document_.empty()
                                 ? "<none/>"
                                 : SignedResult(ResultTextOf(deed, terms), document_, absl::Now()));
        return Do(&Stub::Dispense, deed, request);
      }
    }
  }

  std::string id_, document_, said_;
};

// RX-001 to RX-013, RX-060 to RX-070
TEST_F(ServiceModelTest, TheServiceAnswersWhatTheModelAnswers) {
  rc::detail::TestParams params;
  params.maxSuccess = kSequences;
  const auto result = rc::detail::checkTestable(
      [this] {
        const Terms terms = ChooseTerms(ChooseAny, Today());
        Model model(terms);
        Register(terms);
        RC_ASSERT(model.Do({Act::kRegister, kClinic, Today(), 1, false, {}}) == "OK");
        document_.clear();
        for (int i = 0; i < kSteps; ++i) {
          const Deed deed = ChooseDeed(ChooseAny, terms, model, kClinic, kPharmacies, Today());
          const bool result_without_document =
              document_.empty() && (deed.act == Act::kDispense || deed.act == Act::kChangeResult);
          if (result_without_document) continue;
          const std::string expected = model.Do(deed);
          said_.clear();
          const std::string answered = Ask(deed, terms);
          RC_LOG() << i << " act " << static_cast<int>(deed.act) << " of " << deed.facility << ": "
                   << answered << " " << said_ << "\n";
          RC_ASSERT(answered == expected);
          if (answered == "OK" && deed.act == Act::kAccept) {
            v1::AcceptResponse accepted;
            RC_ASSERT(Accept(id_, deed.facility, &accepted).ok());
            document_ = accepted.document();
          }
          const auto seen = Status(id_, Doctor());
          RC_ASSERT(seen.ok());
          RC_ASSERT(v1::Status_Name(seen->status()) ==
                    absl::StrCat("STATUS_", model.Status(Today())));
          RC_ASSERT(seen->holder() == model.Holder());
          RC_ASSERT(seen->uses() == model.Results());
        }
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
