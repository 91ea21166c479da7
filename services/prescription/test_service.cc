#include "services/prescription/test_service.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/journal/consumer.h"
#include "services/platform/national/jst.h"
#include "services/platform/rpc/testing/publisher.h"
#include "services/platform/status/error.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::access::v1::Principal;

// The fixture's revocation lists have run out long ago; these are issued now.
void RefreshCrls() {
  static const bool done = [] {
    const std::string folder = hpki::TestPki::PathOf("");
    return std::system(absl::StrCat("tools/pki/make '", folder, "' --refresh-crls").c_str()) == 0;
  }();
  ASSERT_TRUE(done);
}

void Fill(const national::InsuredIdentity& from, tsunagu::common::v1::InsuredIdentity& to) {
  to.set_insurer(from.insurer);
  to.set_symbol(from.symbol);
  to.set_number(from.number);
  to.set_branch(from.branch);
}

}  // namespace

Principal Doctor(const std::string& facility) {
  return rpc::Practitioner(tsunagu::access::v1::ROLE_MEDICAL_DOCTOR,
                           tsunagu::access::v1::FACILITY_KIND_CLINIC, facility);
}

Principal Pharmacist(const std::string& facility) {
  return rpc::Practitioner(tsunagu::access::v1::ROLE_PHARMACIST,
                           tsunagu::access::v1::FACILITY_KIND_PHARMACY, facility);
}

absl::CivilDay Today() { return national::JstDay(absl::Now()); }

tsunagu::common::v1::Findings FindingsOf(const absl::Status& status) {
  tsunagu::common::v1::Findings findings;
  const google::rpc::Status wire = ToRpcStatus(status);
  for (const auto& detail : wire.details()) {
    if (detail.Is<tsunagu::common::v1::Findings>()) detail.UnpackTo(&findings);
  }
  return findings;
}

std::string RulesIn(const google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>& list) {
  std::string rules;
  for (const auto& finding : list) {
    if (finding.severity() == tsunagu::common::v1::SEVERITY_ERROR) {
      absl::StrAppend(&rules, finding.rule(), " ");
    }
  }
  return rules;
}

void PrescriptionServiceTest::SetUp() {
  ServiceTest::SetUp();
  RefreshCrls();
  CreateTopics({"prescription.journal", "prescription.events", kInsuredTopic,
                duplication::kReceiptsTopic, "audit.records"});
  auto config = Config("prescription");
  *config.mutable_signatures() = TestSignatureTrust();
  *config.mutable_time_stamping() = TestTimeStamping();
  config.mutable_prescription_limits()->set_status_reads_at_once(10'000);
  Adjust(config);
  auto host = rpc::Host::Create(config, folds_.topics());
  ASSERT_TRUE(host.ok()) << host.status();
  host_ = *std::move(host);
  auto services = Services::Create(*host_, [this] { return Now(); });
  ASSERT_TRUE(services.ok()) << services.status();
  services_ = *std::move(services);
  Serve(*host_, services_->all());
  channel_ = Channel(config);
  stub_ = v1::Prescriptions::NewStub(channel_);
  check_stub_ = v1::DuplicationCheck::NewStub(channel_);
  facility_ = v1::FacilityPrescriptions::NewStub(channel_);
  given_ = v1::GivenDrugs::NewStub(channel_);
}

std::string PrescriptionServiceTest::CommandId(const std::string& given, absl::string_view kind) {
  return given.empty() ? absl::StrCat(kind, "-command-", ++commands_) : given;
}

absl::Status PrescriptionServiceTest::Register(const std::string& command_id,
                                               const std::string& document,
                                               v1::RegisterResponse* response,
                                               const Principal& principal,
                                               v1::IssueType issue_type) {
  v1::RegisterRequest request;
  request.set_command_id(command_id);
  request.set_issue_type(issue_type);
  request.set_document(document);
  return Call(&v1::Prescriptions::Stub::Register, principal, request, response);
}

v1::RegisterResponse PrescriptionServiceTest::Registered() {
  v1::RegisterResponse response;
  const absl::Status status = Register(
      CommandId("", "register"),
      SignedPrescription(PrescriptionText(Today()), started_ - absl::Seconds(++registered_)),
      &response);
  EXPECT_TRUE(status.ok()) << status;
  return response;
}

absl::Status PrescriptionServiceTest::Accept(const std::string& id, const std::string& pharmacy,
                                             v1::AcceptResponse* response,
                                             const std::string& command_id) {
  v1::AcceptRequest request;
  request.set_command_id(CommandId(command_id, "accept"));
  request.set_prescription_id(id);
  Fill(Insured(), *request.mutable_identity());
  return Call(&v1::Prescriptions::Stub::Accept, Pharmacist(pharmacy), request, response);
}

absl::Status PrescriptionServiceTest::AcceptByCode(const std::string& code,
                                                   const national::InsuredIdentity& identity,
                                                   v1::AcceptResponse* response,
                                                   const std::string& pharmacy,
                                                   const std::string& command_id) {
  v1::AcceptRequest request;
  request.set_command_id(CommandId(command_id, "accept"));
  request.set_access_code(code);
  Fill(identity, *request.mutable_identity());
  return Call(&v1::Prescriptions::Stub::Accept, Pharmacist(pharmacy), request, response);
}

absl::Status PrescriptionServiceTest::Release(const std::string& id, const std::string& pharmacy) {
  v1::ReleaseRequest request;
  request.set_command_id(CommandId("", "release"));
  request.set_prescription_id(id);
  v1::ReleaseResponse response;
  return Call(&v1::Prescriptions::Stub::Release, Pharmacist(pharmacy), request, &response);
}

absl::Status PrescriptionServiceTest::Cancel(const std::string& id, const std::string& clinic) {
  v1::CancelRequest request;
  request.set_command_id(CommandId("", "cancel"));
  request.set_prescription_id(id);
  v1::CancelResponse response;
  return Call(&v1::Prescriptions::Stub::Cancel, Doctor(clinic), request, &response);
}

absl::Status PrescriptionServiceTest::Dispense(const std::string& id, const std::string& document,
                                               v1::DispenseResponse* response,
                                               const std::string& command_id,
                                               const std::string& pharmacy) {
  v1::DispenseRequest request;
  request.set_command_id(CommandId(command_id, "dispense"));
  request.set_prescription_id(id);
  request.set_document(document);
  return Call(&v1::Prescriptions::Stub::Dispense, Pharmacist(pharmacy), request, response);
}

absl::StatusOr<v1::GetStatusResponse> PrescriptionServiceTest::Status(const std::string& id,
                                                                      const Principal& principal) {
  v1::GetStatusRequest request;
  request.set_prescription_id(id);
  v1::GetStatusResponse response;
  const absl::Status status =
      Call(&v1::Prescriptions::Stub::GetStatus, principal, request, &response);
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::GetCommandResponse> PrescriptionServiceTest::Command(
    const v1::GetCommandRequest& request, const Principal& principal) {
  v1::GetCommandResponse response;
  const absl::Status status =
      Call(&v1::Prescriptions::Stub::GetCommand, principal, request, &response);
  if (!status.ok()) return status;
  return response;
}

tsunagu::audit::v1::Record PrescriptionServiceTest::LastRecord(const std::string& prescription_id) {
  const int partition = national::RoutingHash(prescription_id) % kPartitions;
  const auto tail = journal::ReadTail(cluster().kafka, prefix() + "audit.records", partition);
  tsunagu::audit::v1::Record record;
  EXPECT_TRUE(tail.ok() && tail->has_value() && record.ParseFromString((*tail)->value));
  return record;
}

void PrescriptionServiceTest::Publish(
    uint64_t version, const national::InsuredIdentity& identity,
    const tsunagu::eligibility::v1::Qualification& qualification) {
  tsunagu::eligibility::v1::PersonChanged changed;
  *changed.mutable_person()->mutable_qualification() = qualification;
  Fill(national::Normalise(identity),
       *changed.mutable_person()->mutable_qualification()->mutable_identity());
  const std::string subject = host_->subjects().MakeSubject(identity);
  rpc::Publisher publisher(cluster().kafka, {prefix() + kInsuredTopic}, kPartitions);
  publisher.Publish(prefix() + kInsuredTopic, subject, InsuredName(subject), version, changed);
}

void PrescriptionServiceTest::PublishInsured(uint64_t version, const std::string& birth_date,
                                             const std::string& valid_to) {
  tsunagu::eligibility::v1::Qualification qualification;
  qualification.set_birth_date(birth_date);
  qualification.set_sex("2");
  qualification.set_name_kana("シケン　ハナコ");
  qualification.set_valid_from("20200401");
  qualification.set_valid_to(valid_to);
  Publish(version, Insured(), qualification);
}

}  // namespace tsunagu::prescription
