// For tests: the prescription service on a real broker and a real Redis, with documents that real
// test certificates sign.
#ifndef SERVICES_PRESCRIPTION_TEST_SERVICE_H_
#define SERVICES_PRESCRIPTION_TEST_SERVICE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/platform/national/insured.h"
#include "services/platform/rpc/host.h"
#include "services/platform/rpc/testing/test_host.h"
#include "services/prescription/process.h"
#include "services/prescription/test_documents.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/audit/v1/audit.pb.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/prescription/v1/duplication.grpc.pb.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"
#include "tsunagu/prescription/v1/given.grpc.pb.h"
#include "tsunagu/prescription/v1/prescription.grpc.pb.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::prescription {

inline constexpr char kOtherPharmacy[] = "1347654322";
inline constexpr char kOtherClinic[] = "1311234568";

tsunagu::access::v1::Principal Doctor(const std::string& facility = kClinic);
tsunagu::access::v1::Principal Pharmacist(const std::string& facility = kPharmacy);

absl::CivilDay Today();

// The findings in an error's details, and the rules of the errors in one list of them.
tsunagu::common::v1::Findings FindingsOf(const absl::Status& status);
std::string RulesIn(const google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>& list);

// Methods call the service as that facility's practitioner; where no command id is given, it is
// one of its own.
class PrescriptionServiceTest : public rpc::ServiceTest {
 protected:
  void SetUp() override;
  // What a test wants otherwise than the defaults; reading is without limit.
  virtual void Adjust(tsunagu::service::v1::Service&) {}
  // The clock of what days bring; handlers have the true one.
  virtual absl::Time Now() { return absl::Now(); }

  template <typename Request, typename Response>
  absl::Status Call(grpc::Status (v1::Prescriptions::Stub::*method)(grpc::ClientContext*,
                                                                    const Request&, Response*),
                    const tsunagu::access::v1::Principal& principal, const Request& request,
                    Response* response) {
    grpc::ClientContext context;
    As(context, principal);
    return rpc::StatusOf((stub_.get()->*method)(&context, request, response));
  }

  // Of another service of this process.
  template <typename Stub, typename Request, typename Response>
  absl::Status CallOther(
      Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
      const tsunagu::access::v1::Principal& principal, const Request& request, Response* response,
      const tsunagu::access::v1::CareContext* care_context = nullptr) {
    grpc::ClientContext context;
    As(context, principal);
    if (care_context != nullptr) With(context, *care_context);
    return rpc::StatusOf((stub.*method)(&context, request, response));
  }

  absl::Status Register(const std::string& command_id, const std::string& document,
                        v1::RegisterResponse* response,
                        const tsunagu::access::v1::Principal& principal = Doctor(),
                        v1::IssueType issue_type = v1::ISSUE_TYPE_ELECTRONIC);
  // Of a document signed a moment ago, each at another second.
  v1::RegisterResponse Registered();

  // By id, with the data of Insured().
  absl::Status Accept(const std::string& id, const std::string& pharmacy,
                      v1::AcceptResponse* response, const std::string& command_id = "");
  absl::Status AcceptByCode(const std::string& code, const national::InsuredIdentity& identity,
                            v1::AcceptResponse* response, const std::string& pharmacy = kPharmacy,
                            const std::string& command_id = "");
  absl::Status Release(const std::string& id, const std::string& pharmacy);
  absl::Status Cancel(const std::string& id, const std::string& clinic = kClinic);
  absl::Status Dispense(const std::string& id, const std::string& document,
                        v1::DispenseResponse* response, const std::string& command_id = "",
                        const std::string& pharmacy = kPharmacy);
  absl::StatusOr<v1::GetStatusResponse> Status(const std::string& id,
                                               const tsunagu::access::v1::Principal& principal);
  absl::StatusOr<v1::GetCommandResponse> Command(const v1::GetCommandRequest& request,
                                                 const tsunagu::access::v1::Principal& principal);

  // The newest audit record of the prescription's partition.
  tsunagu::audit::v1::Record LastRecord(const std::string& prescription_id);

  // What the insurer registered; a later version replaces it.
  void Publish(uint64_t version, const national::InsuredIdentity& identity,
               const tsunagu::eligibility::v1::Qualification& qualification);
  // Of Insured().
  void PublishInsured(uint64_t version, const std::string& birth_date,
                      const std::string& valid_to = "");

  const Folds folds_;
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<Services> services_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::Prescriptions::Stub> stub_;
  std::unique_ptr<v1::DuplicationCheck::Stub> check_stub_;
  std::unique_ptr<v1::FacilityPrescriptions::Stub> facility_;
  std::unique_ptr<v1::GivenDrugs::Stub> given_;
  int commands_ = 0;

 private:
  const absl::Time started_ = absl::Now();
  int registered_ = 0;
  std::string CommandId(const std::string& given, absl::string_view kind);
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_TEST_SERVICE_H_
