// The prescription service on a real broker and a real Redis, with documents that real test
// certificates sign.
#include "services/prescription/service.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/journal/folder.h"
#include "services/platform/national/jst.h"
#include "services/platform/rpc/testing/publisher.h"
#include "services/platform/rpc/testing/test_host.h"
#include "services/platform/status/error.h"
#include "services/prescription/fold.h"
#include "services/prescription/insured_fold.h"
#include "services/prescription/test_documents.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::access::v1::FACILITY_KIND_CLINIC;
using tsunagu::access::v1::FACILITY_KIND_PHARMACY;
using tsunagu::access::v1::Principal;
using tsunagu::access::v1::ROLE_MEDICAL_DOCTOR;
using tsunagu::access::v1::ROLE_PHARMACIST;

constexpr char kOtherPharmacy[] = "1347654322";
constexpr char kOtherClinic[] = "1311234568";

Principal Doctor(const std::string& facility = kClinic) {
  return rpc::Practitioner(ROLE_MEDICAL_DOCTOR, FACILITY_KIND_CLINIC, facility);
}

Principal Pharmacist(const std::string& facility = kPharmacy) {
  return rpc::Practitioner(ROLE_PHARMACIST, FACILITY_KIND_PHARMACY, facility);
}

absl::CivilDay Today() { return national::JstDay(absl::Now()); }

// The fixture's revocation lists have run out long ago; these are issued now.
void RefreshCrls() {
  static const bool done = [] {
    const std::string folder = hpki::TestPki::PathOf("");
    return std::system(absl::StrCat("tools/pki/make '", folder, "' --refresh-crls").c_str()) == 0;
  }();
  ASSERT_TRUE(done);
}

class PrescriptionServiceTest : public rpc::ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    RefreshCrls();
    CreateTopics({"prescription.journal", "prescription.events", kInsuredTopic, "audit.records"});
    auto config = Config("prescription");
    *config.mutable_signatures() = TestSignatureTrust();
    *config.mutable_time_stamping() = TestTimeStamping();
    auto host =
        rpc::Host::Create(config, {{"prescription.journal", &folder_, "prescription.events"},
                                   {kInsuredTopic, &insured_folder_, ""}});
    ASSERT_TRUE(host.ok()) << host.status();
    host_ = *std::move(host);
    auto service = PrescriptionService::Create(*host_);
    ASSERT_TRUE(service.ok()) << service.status();
    service_ = *std::move(service);
    Serve(*host_, {service_.get()});
    stub_ = v1::Prescriptions::NewStub(Channel(config));
  }

  template <typename Request, typename Response>
  absl::Status Call(grpc::Status (v1::Prescriptions::Stub::*method)(grpc::ClientContext*,
                                                                    const Request&, Response*),
                    const Principal& principal, const Request& request, Response* response) {
    grpc::ClientContext context;
    As(context, principal);
    return rpc::StatusOf((stub_.get()->*method)(&context, request, response));
  }

  absl::Status Register(const std::string& command_id, const std::string& document,
                        v1::RegisterResponse* response, const Principal& principal = Doctor(),
                        v1::IssueType issue_type = v1::ISSUE_TYPE_ELECTRONIC) {
    v1::RegisterRequest request;
    request.set_command_id(command_id);
    request.set_issue_type(issue_type);
    request.set_document(document);
    return Call(&v1::Prescriptions::Stub::Register, principal, request, response);
  }

  v1::RegisterResponse Registered() {
    v1::RegisterResponse response;
    const absl::Status status =
        Register(absl::StrCat("register-", ++commands_),
                 SignedPrescription(PrescriptionText(Today()), absl::Now()), &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  absl::Status Accept(const std::string& id, const std::string& pharmacy,
                      v1::AcceptResponse* response, const std::string& command_id = "") {
    v1::AcceptRequest request;
    request.set_command_id(command_id.empty() ? absl::StrCat("accept--", ++commands_) : command_id);
    request.set_prescription_id(id);
    return Call(&v1::Prescriptions::Stub::Accept, Pharmacist(pharmacy), request, response);
  }

  absl::Status AcceptByCode(const std::string& code, const national::InsuredIdentity& identity,
                            v1::AcceptResponse* response, const std::string& pharmacy = kPharmacy,
                            const std::string& command_id = "") {
    v1::AcceptRequest request;
    request.set_command_id(command_id.empty() ? absl::StrCat("accept--", ++commands_) : command_id);
    request.set_access_code(code);
    request.mutable_identity()->set_insurer(identity.insurer);
    request.mutable_identity()->set_symbol(identity.symbol);
    request.mutable_identity()->set_number(identity.number);
    request.mutable_identity()->set_branch(identity.branch);
    return Call(&v1::Prescriptions::Stub::Accept, Pharmacist(pharmacy), request, response);
  }

  absl::Status Release(const std::string& id, const std::string& pharmacy) {
    v1::ReleaseRequest request;
    request.set_command_id(absl::StrCat("release-", ++commands_));
    request.set_prescription_id(id);
    v1::ReleaseResponse response;
    return Call(&v1::Prescriptions::Stub::Release, Pharmacist(pharmacy), request, &response);
  }

  absl::Status Cancel(const std::string& id, const std::string& clinic = kClinic) {
    v1::CancelRequest request;
    request.set_command_id(absl::StrCat("cancel--", ++commands_));
    request.set_prescription_id(id);
    v1::CancelResponse response;
    return Call(&v1::Prescriptions::Stub::Cancel, Doctor(clinic), request, &response);
  }

  absl::Status Dispense(const std::string& id, const std::string& document,
                        v1::DispenseResponse* response, const std::string& command_id = "",
                        const std::string& pharmacy = kPharmacy) {
    v1::DispenseRequest request;
    request.set_command_id(command_id.empty() ? absl::StrCat("dispense-", ++commands_)
                                              : command_id);
    request.set_prescription_id(id);
    request.set_document(document);
    return Call(&v1::Prescriptions::Stub::Dispense, Pharmacist(pharmacy), request, response);
  }

  absl::StatusOr<v1::GetStatusResponse> Status(const std::string& id, const Principal& principal) {
    v1::GetStatusRequest request;
    request.set_prescription_id(id);
    v1::GetStatusResponse response;
    const absl::Status status =
        Call(&v1::Prescriptions::Stub::GetStatus, principal, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::GetCommandResponse> Command(const v1::GetCommandRequest& request,
                                                 const Principal& principal) {
    v1::GetCommandResponse response;
    const absl::Status status =
        Call(&v1::Prescriptions::Stub::GetCommand, principal, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  // What the insurer registered of Insured(); a later version replaces it.
  void PublishInsured(uint64_t version, const std::string& birth_date) {
    tsunagu::eligibility::v1::PersonChanged changed;
    auto& qualification = *changed.mutable_person()->mutable_qualification();
    qualification.set_birth_date(birth_date);
    qualification.set_sex("2");
    qualification.set_name_kana("シケン　ハナコ");
    const std::string subject = host_->subjects().MakeSubject(Insured());
    rpc::Publisher publisher(cluster().kafka, {prefix() + kInsuredTopic}, kPartitions);
    publisher.Publish(prefix() + kInsuredTopic, subject, InsuredName(subject), version, changed);
  }

  const PrescriptionDomain domain_;
  const journal::JournalFolder folder_{domain_};
  const InsuredFolder insured_folder_;
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<PrescriptionService> service_;
  std::unique_ptr<v1::Prescriptions::Stub> stub_;
  int commands_ = 0;
};

// The rules of the findings in an error's details, list by list.
std::string RulesIn(const google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>& list) {
  std::string rules;
  for (const auto& finding : list) {
    if (finding.severity() == tsunagu::common::v1::SEVERITY_ERROR) {
      absl::StrAppend(&rules, finding.rule(), " ");
    }
  }
  return rules;
}

tsunagu::common::v1::Findings FindingsOf(const absl::Status& status) {
  tsunagu::common::v1::Findings findings;
  const google::rpc::Status wire = ToRpcStatus(status);
  for (const auto& detail : wire.details()) {
    if (detail.Is<tsunagu::common::v1::Findings>()) detail.UnpackTo(&findings);
  }
  return findings;
}

// RX-001, RX-004, RX-009, RX-016
TEST_F(PrescriptionServiceTest, FromRegistrationToTheDispensedPrescription) {
  const v1::RegisterResponse registered = Registered();
  EXPECT_EQ(registered.prescription_id().size(), 36u);
  EXPECT_EQ(registered.access_code().size(), 6u);
  EXPECT_EQ(registered.use_by(), national::FormatDay(Today() + 3));

  v1::AcceptResponse accepted;
  absl::Status status =
      AcceptByCode(registered.access_code(), Insured(), &accepted, kPharmacy, "accept-first");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(accepted.prescription_id(), registered.prescription_id());
  EXPECT_EQ(accepted.issue_type(), v1::ISSUE_TYPE_ELECTRONIC);
  EXPECT_NE(accepted.document().find("SignatureTimeStamp"), std::string::npos);

  const std::string result = SignedResult(ResultText(Today()), accepted.document(), absl::Now());
  v1::DispenseResponse dispensed;
  status = Dispense(registered.prescription_id(), result, &dispensed, "dispense-first");
  ASSERT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
  EXPECT_EQ(dispensed.result_id().size(), 36u);
  EXPECT_GT(dispensed.stamped_document().size(), result.size());

  const auto seen = Status(registered.prescription_id(), Doctor());
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(seen->holder(), kPharmacy);
  EXPECT_EQ(seen->dispensing_document(), dispensed.stamped_document());

  v1::DispenseResponse repeated;
  status = Dispense(registered.prescription_id(), result, &repeated, "dispense-first");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(repeated.result_id(), dispensed.result_id());
  EXPECT_EQ(repeated.stamped_document(), dispensed.stamped_document());

  EXPECT_EQ(ReasonOf(Dispense(registered.prescription_id(), result, &repeated)), "RESULT_EXISTS");
  EXPECT_EQ(ReasonOf(Release(registered.prescription_id(), kPharmacy)), "EVER_DISPENSED");
  EXPECT_EQ(ReasonOf(Cancel(registered.prescription_id())), "ALREADY_ACCEPTED");

  // RX-044: its code still leads the pharmacy that dispensed it to it, and nobody else.
  v1::AcceptResponse late;
  status = AcceptByCode(registered.access_code(), Insured(), &late, kPharmacy, "accept-first");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(late.SerializeAsString(), accepted.SerializeAsString());
  status = AcceptByCode(registered.access_code(), Insured(), &late);
  EXPECT_EQ(ReasonOf(status), "RESULT_EXISTS");
  EXPECT_EQ(MetadataOf(status)["prescription_id"], registered.prescription_id());
  status = AcceptByCode(registered.access_code(), Insured(), &late, kOtherPharmacy);
  EXPECT_EQ(ReasonOf(status), "PRESCRIPTION_NOT_FOUND");
  EXPECT_TRUE(MetadataOf(status).empty());
}

// RX-006, RX-007, RX-011
TEST_F(PrescriptionServiceTest, OfEightPharmaciesOneGetsIt) {
  const std::string id = Registered().prescription_id();
  constexpr int kPharmacies = 8;
  absl::Status statuses[kPharmacies];
  v1::AcceptResponse responses[kPharmacies];
  std::vector<std::thread> threads;
  for (int i = 0; i < kPharmacies; ++i) {
    threads.emplace_back([&, i] {
      // The same command_id everywhere: one pharmacy's id says nothing about another's.
      statuses[i] = Accept(id, absl::StrCat("134000000", i), &responses[i], "accept-race");
    });
  }
  for (std::thread& thread : threads) thread.join();
  int winners = 0;
  for (int i = 0; i < kPharmacies; ++i) {
    if (statuses[i].ok()) {
      ++winners;
      EXPECT_FALSE(responses[i].document().empty());
    } else {
      EXPECT_EQ(ReasonOf(statuses[i]), "TAKEN") << statuses[i];
      EXPECT_EQ(responses[i].ByteSizeLong(), 0u);
    }
  }
  EXPECT_EQ(winners, 1);
}

TEST_F(PrescriptionServiceTest, ARepeatedRegistrationGetsItsFirstAnswer) {
  const std::string document = SignedPrescription(PrescriptionText(Today()), absl::Now());
  v1::RegisterResponse first, second;
  ASSERT_TRUE(Register("register-once", document, &first).ok());
  ASSERT_TRUE(Register("register-once", document, &second).ok());
  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());

  const std::string other = SignedPrescription(PrescriptionText(Today() - 1), absl::Now());
  const absl::Status reused = Register("register-once", other, &second);
  EXPECT_EQ(reused.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(reused), "COMMAND_ID_REUSED");
}

// RX-043
TEST_F(PrescriptionServiceTest, ADocumentIsRegisteredOnceWhateverBecomesOfIt) {
  const std::string document = SignedPrescription(PrescriptionText(Today()), absl::Now());
  v1::RegisterResponse first, second;
  ASSERT_TRUE(Register("register-first", document, &first).ok());
  const auto refused = [&](const std::string& command_id) {
    const absl::Status status = Register(command_id, document, &second);
    EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists) << status;
    EXPECT_EQ(ReasonOf(status), "PRESCRIPTION_EXISTS");
    EXPECT_EQ(RuleOf(status), "RX-043");
    EXPECT_EQ(MetadataOf(status)["prescription_id"], first.prescription_id());
  };
  refused("register-open");
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(first.prescription_id(), kPharmacy, &accepted).ok());
  refused("register-accepted");
  ASSERT_TRUE(Release(first.prescription_id(), kPharmacy).ok());
  ASSERT_TRUE(Cancel(first.prescription_id()).ok());
  refused("register-cancelled");
  ASSERT_TRUE(Register("register-first", document, &second).ok());
  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());
}

// RX-043
TEST_F(PrescriptionServiceTest, OfEightRegistrationsOfADocumentOneWins) {
  const std::string document = SignedPrescription(PrescriptionText(Today()), absl::Now());
  constexpr int kCommands = 8;
  absl::Status statuses[kCommands];
  v1::RegisterResponse responses[kCommands];
  std::vector<std::thread> threads;
  for (int i = 0; i < kCommands; ++i) {
    threads.emplace_back([&, i] {
      statuses[i] = Register(absl::StrCat("register-race-", i), document, &responses[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::string winner;
  for (int i = 0; i < kCommands; ++i) {
    if (!statuses[i].ok()) continue;
    EXPECT_EQ(winner, "");
    winner = responses[i].prescription_id();
  }
  ASSERT_NE(winner, "");
  for (int i = 0; i < kCommands; ++i) {
    const std::string command_id = absl::StrCat("register-race-", i);
    v1::GetCommandRequest asked;
    asked.set_command_id(command_id);
    asked.mutable_identity()->set_insurer(Insured().insurer);
    asked.mutable_identity()->set_symbol(Insured().symbol);
    asked.mutable_identity()->set_number(Insured().number);
    EXPECT_EQ(Command(asked, Doctor())->known(), statuses[i].ok());
    if (statuses[i].ok()) continue;
    EXPECT_EQ(ReasonOf(statuses[i]), "PRESCRIPTION_EXISTS") << statuses[i];
    EXPECT_EQ(MetadataOf(statuses[i])["prescription_id"], winner);
    v1::RegisterResponse again;
    const absl::Status repeated = Register(command_id, document, &again);
    EXPECT_EQ(ReasonOf(repeated), "PRESCRIPTION_EXISTS");
    EXPECT_EQ(MetadataOf(repeated), MetadataOf(statuses[i]));
  }
}

// RX-007
TEST_F(PrescriptionServiceTest, TheHolderMayAcceptAgainWithAnyCommand) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse first, repeat, again;
  ASSERT_TRUE(Accept(id, kPharmacy, &first, "accept-once").ok());
  ASSERT_TRUE(Accept(id, kPharmacy, &repeat, "accept-once").ok());
  ASSERT_TRUE(Accept(id, kPharmacy, &again, "accept-twice").ok());
  EXPECT_EQ(repeat.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
}

// RX-008
TEST_F(PrescriptionServiceTest, AfterAReleaseAnotherPharmacyTakesIt) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse response;
  ASSERT_TRUE(Accept(id, kPharmacy, &response, "accept-once").ok());
  EXPECT_EQ(ReasonOf(Release(id, kOtherPharmacy)), "NOT_HOLDER");
  ASSERT_TRUE(Release(id, kPharmacy).ok());
  EXPECT_EQ(ReasonOf(Accept(id, kPharmacy, &response, "accept-once")), "ACCEPTANCE_ENDED");
  ASSERT_TRUE(Accept(id, kOtherPharmacy, &response).ok());
  v1::AcceptResponse late;
  EXPECT_EQ(ReasonOf(Accept(id, kPharmacy, &late, "accept-once")), "TAKEN");
  EXPECT_EQ(late.ByteSizeLong(), 0u);
}

// RX-002, RX-003
TEST_F(PrescriptionServiceTest, OnlyTheIssuerCancelsAndOnlyWhatNobodyHolds) {
  const v1::RegisterResponse registered = Registered();
  const std::string id = registered.prescription_id();
  EXPECT_EQ(ReasonOf(Cancel(id, kOtherClinic)), "PRESCRIPTION_NOT_FOUND");
  v1::AcceptResponse response;
  ASSERT_TRUE(Accept(id, kPharmacy, &response).ok());
  EXPECT_EQ(ReasonOf(Cancel(id)), "ALREADY_ACCEPTED");
  ASSERT_TRUE(Release(id, kPharmacy).ok());
  ASSERT_TRUE(Cancel(id).ok());
  EXPECT_EQ(ReasonOf(Cancel(id)), "CANCELLED");
  EXPECT_EQ(ReasonOf(Accept(id, kPharmacy, &response)), "CANCELLED");
  EXPECT_EQ(ReasonOf(AcceptByCode(registered.access_code(), Insured(), &response)),
            "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(Status(id, Doctor())->status(), v1::STATUS_CANCELLED);
}

// RX-017
TEST_F(PrescriptionServiceTest, AnAccessCodeWorksForItsPersonOnly) {
  const v1::RegisterResponse registered = Registered();
  national::InsuredIdentity other = Insured();
  other.branch = "01";
  v1::AcceptResponse response;
  EXPECT_EQ(ReasonOf(AcceptByCode(registered.access_code(), other, &response)),
            "PRESCRIPTION_NOT_FOUND");
  v1::AcceptRequest request;
  request.set_command_id("accept-mismatch");
  request.set_prescription_id(registered.prescription_id());
  request.mutable_identity()->set_insurer(other.insurer);
  request.mutable_identity()->set_symbol(other.symbol);
  request.mutable_identity()->set_number(other.number);
  request.mutable_identity()->set_branch(other.branch);
  EXPECT_EQ(ReasonOf(Call(&v1::Prescriptions::Stub::Accept, Pharmacist(), request, &response)),
            "PATIENT_MISMATCH");
}

// RX-036
TEST_F(PrescriptionServiceTest, WhoSeesWhatOfTheStatus) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse response;
  ASSERT_TRUE(Accept(id, kPharmacy, &response).ok());
  EXPECT_EQ(Status(id, Doctor())->holder(), kPharmacy);
  EXPECT_EQ(Status(id, Pharmacist())->holder(), kPharmacy);
  const auto other = Status(id, Pharmacist(kOtherPharmacy));
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(other->status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(other->holder(), "");
  EXPECT_EQ(ReasonOf(Status(id, Doctor(kOtherClinic)).status()), "PRESCRIPTION_NOT_FOUND");
  const absl::Status unknown = Status("00000000-0000-8000-8000-000000000000", Doctor()).status();
  EXPECT_EQ(ReasonOf(unknown), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(RuleOf(unknown), "RX-050");
}

// RX-049
TEST_F(PrescriptionServiceTest, AnIdThatIsNoneIsABadField) {
  v1::AcceptResponse accepted;
  v1::DispenseResponse dispensed;
  v1::GetCommandRequest command;
  command.set_prescription_id("xx");
  command.set_command_id("command-1");
  for (const absl::Status& status :
       {Status("xx", Doctor()).status(), Status("", Doctor()).status(),
        Accept("xx", kPharmacy, &accepted), Release("xx", kPharmacy), Cancel("xx"),
        Dispense("xx", "document", &dispensed), Command(command, Doctor()).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_EQ(RuleOf(status), "RX-049");
  }
}

// RX-037
TEST_F(PrescriptionServiceTest, ALostAnswerIsFoundByItsSenderOnly) {
  v1::RegisterResponse registered;
  ASSERT_TRUE(Register("register-lost", SignedPrescription(PrescriptionText(Today()), absl::Now()),
                       &registered)
                  .ok());
  v1::GetCommandRequest request;
  request.set_command_id("register-lost");
  request.mutable_identity()->set_insurer(Insured().insurer);
  request.mutable_identity()->set_symbol(Insured().symbol);
  request.mutable_identity()->set_number(Insured().number);
  const auto found = Command(request, Doctor());
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_TRUE(found->known());
  EXPECT_EQ(found->prescription_id(), registered.prescription_id());
  EXPECT_EQ(found->access_code(), registered.access_code());
  EXPECT_FALSE(Command(request, Doctor(kOtherClinic))->known());
  request.set_prescription_id(registered.prescription_id());
  EXPECT_TRUE(Command(request, Doctor())->known());
  EXPECT_FALSE(Command(request, Doctor(kOtherClinic))->known());
  request.set_command_id("register-never");
  EXPECT_FALSE(Command(request, Doctor())->known());
}

// RX-028
TEST_F(PrescriptionServiceTest, EveryFindingIsListedAtOnce) {
  std::string text = Change(PrescriptionText(Today() - 10), "12,2\n", "12,7\n");
  text = Change(text, "101,2,1,,7\n", "101,2,77,,7\n");
  const std::string document = SignedPrescription(text, absl::Now(), kPharmacist);
  v1::RegisterResponse response;
  const absl::Status status =
      Register("register-bad", Change(document, "EPS1.0", "EPS1.1"), &response);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "DOCUMENT_REFUSED");
  const auto findings = FindingsOf(status);
  EXPECT_EQ(RulesIn(findings.record()), "RX-128 RX-125 RX-014 ");
  EXPECT_EQ(RulesIn(findings.signature()), "RX-026 ");
}

// RX-045, RX-048
TEST_F(PrescriptionServiceTest, ThePatientIsTheInsuredPerson) {
  const auto document = [this] {
    return SignedPrescription(PrescriptionText(Today()), absl::Now() + absl::Seconds(++commands_));
  };
  v1::RegisterResponse response;
  ASSERT_TRUE(Register("register-unknown", document(), &response).ok());
  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_EQ(response.findings(0).rule(), "RX-048");

  PublishInsured(1, "19600607");
  const absl::Time limit = absl::Now() + absl::Seconds(20);
  absl::Status status;
  do {  // until the view has followed
    status = Register(absl::StrCat("register-other-", ++commands_), document(), &response);
  } while (status.ok() && absl::Now() < limit);
  EXPECT_EQ(RulesIn(FindingsOf(status).record()), "RX-045 ");

  // What was refused left nothing behind: the same command is judged anew.
  const std::string refused = document();
  EXPECT_EQ(ReasonOf(Register("register-again", refused, &response)), "DOCUMENT_REFUSED");
  PublishInsured(2, "19600606");
  do {
    status = Register("register-again", refused, &response);
  } while (!status.ok() && absl::Now() < limit);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(response.findings_size(), 0);
}

// RX-025
TEST_F(PrescriptionServiceTest, ARevokedSignerIsRefused) {
  v1::RegisterResponse response;
  const absl::Status status =
      Register("register-revoked",
               SignedPrescription(PrescriptionText(Today()), absl::Now(), "doctor-revoked-signer"),
               &response);
  const auto findings = FindingsOf(status);
  ASSERT_EQ(findings.signature_size(), 1) << status;
  EXPECT_EQ(findings.signature(0).rule(), "RX-025");
  EXPECT_NE(findings.signature(0).text_en().find("CERTIFICATE_REVOKED"), std::string::npos);
}

// RX-014, RX-020
TEST_F(PrescriptionServiceTest, AnExpiredPrescriptionOfAnotherClinicIsRefused) {
  v1::RegisterResponse response;
  const absl::Status status =
      Register("register-expired", SignedPrescription(PrescriptionText(Today() - 4), absl::Now()),
               &response, Doctor(kOtherClinic));
  EXPECT_EQ(RulesIn(FindingsOf(status).record()), "RX-014 RX-020 ");
}

// RX-029, RX-040, RX-042
TEST_F(PrescriptionServiceTest, RubbishIsRefusedAndTheServiceGoesOn) {
  v1::RegisterResponse response;
  for (const std::string& rubbish :
       {std::string("rubbish"), std::string(1000, '\xFF'), std::string("<Document/>"),
        std::string("<!DOCTYPE a [<!ENTITY b \"c\">]><Document>&b;</Document>")}) {
    const absl::Status status = Register("register-rubbish", rubbish, &response);
    EXPECT_EQ(ReasonOf(status), "DOCUMENT_REFUSED") << status;
    EXPECT_GT(FindingsOf(status).envelope_size(), 0);
  }
  const std::string large((1 << 20) + 1, 'x');
  EXPECT_EQ(RuleOf(Register("register-large", large, &response)), "RX-029");
  EXPECT_EQ(RuleOf(Register("register-empty", "", &response)), "RX-029");
  EXPECT_EQ(RuleOf(Register("short", "x", &response)), "RX-040");
  EXPECT_EQ(RuleOf(Register("register-type", "x", &response, Doctor(), v1::ISSUE_TYPE_UNSPECIFIED)),
            "RX-042");
  Registered();
}

// RX-031, RX-032
TEST_F(PrescriptionServiceTest, AResultMustEmbedWhatWasRegistered) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  const std::string another = SignedPrescription(
      Change(PrescriptionText(Today()), "101,1,1,,14", "101,1,1,,28"), absl::Now());
  v1::DispenseResponse response;
  const absl::Status status =
      Dispense(id, SignedResult(ResultText(Today()), another, absl::Now()), &response);
  EXPECT_EQ(RulesIn(FindingsOf(status).signature()), "RX-031 ");
  const std::string fitting = SignedResult(ResultText(Today()), accepted.document(), absl::Now());
  EXPECT_EQ(ReasonOf(Dispense(id, fitting, &response, "", kOtherPharmacy)), "NOT_HOLDER");
  EXPECT_EQ(Status(id, Doctor())->status(), v1::STATUS_IN_DISPENSING);
  EXPECT_TRUE(Dispense(id, fitting, &response).ok());
}

// RX-030
TEST_F(PrescriptionServiceTest, APaperPrescriptionNeedsNoSignatures) {
  v1::RegisterResponse registered;
  absl::Status status = Register("register-paper", UnsignedPrescription(PrescriptionText(Today())),
                                 &registered, Doctor(), v1::ISSUE_TYPE_PAPER);
  ASSERT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(registered.prescription_id(), kPharmacy, &accepted).ok());
  EXPECT_EQ(accepted.issue_type(), v1::ISSUE_TYPE_PAPER);
  v1::DispenseResponse dispensed;
  status =
      Dispense(registered.prescription_id(), UnsignedResult(ResultText(Today()), ""), &dispensed);
  EXPECT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
}

}  // namespace
}  // namespace tsunagu::prescription
