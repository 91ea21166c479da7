// GetCopy: who gets the patient's copy, and of what.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "services/prescription/copy/content.h"
#include "services/prescription/copy/pdf.h"
#include "services/prescription/record/check.h"
#include "services/prescription/test_service.h"
#include "tsunagu/prescription/v1/copy.grpc.pb.h"

namespace tsunagu::prescription {
namespace {

class CopyServiceTest : public PrescriptionServiceTest {
 protected:
  absl::StatusOr<std::string> Copy(const std::string& id,
                                   const tsunagu::access::v1::Principal& principal = Doctor()) {
    v1::GetCopyRequest request;
    request.set_prescription_id(id);
    v1::GetCopyResponse response;
    grpc::ClientContext context;
    As(context, principal);
    const auto stub = v1::PrescriptionCopy::NewStub(channel_);
    const absl::Status status = rpc::StatusOf(stub->GetCopy(&context, request, &response));
    if (!status.ok()) return status;
    return response.pdf();
  }
};

TEST_F(CopyServiceTest, RX225TheIssuerFetchesItAndThatIsOnRecord) {
  const std::string id = Registered().prescription_id();
  const auto pdf = Copy(id);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  EXPECT_TRUE(absl::StartsWith(*pdf, "%PDF-"));
  EXPECT_EQ(LastRecord(id).action(), "prescription.copy.read");
  EXPECT_EQ(LastRecord(id).outcome(), tsunagu::audit::v1::OUTCOME_DISCLOSED);
}

// RX-546
TEST_F(CopyServiceTest, OfPaperItIsAnotherThanOfTheSameElectronicOne) {
  v1::RegisterResponse paper;
  const std::string text = PrescriptionText(Today());
  ASSERT_TRUE(
      Register("register-paper", UnsignedPrescription(text), &paper, Doctor(), v1::ISSUE_TYPE_PAPER)
          .ok());
  const auto file = record::CheckPrescription(text, nullptr);
  const auto made_at = [&](absl::Time time) {
    return *copy::MakePdf(copy::MakeContent(
        *file.prescription, {paper.prescription_id(), paper.access_code(), true, time}));
  };
  // RX-564: to the minute, of which there may be two.
  const std::string before = made_at(absl::Now());
  const std::string pdf = *Copy(paper.prescription_id());
  EXPECT_TRUE(pdf == before || pdf == made_at(absl::Now()));
}

TEST_F(CopyServiceTest, RX225ToOthersItDoesNotExist) {
  const std::string id = Registered().prescription_id();
  EXPECT_EQ(ReasonOf(Copy(id, Doctor(kOtherClinic)).status()), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Copy("00000000-0000-8000-8000-000000000000").status()),
            "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(RuleOf(Copy("xx").status()), "RX-049");
}

TEST_F(CopyServiceTest, RX225ThereIsNoneOfACancelledPrescription) {
  const std::string id = Registered().prescription_id();
  ASSERT_TRUE(Cancel(id).ok());
  EXPECT_EQ(ReasonOf(Copy(id).status()), "CANCELLED");
}

}  // namespace
}  // namespace tsunagu::prescription
