#include "services/eligibility/test_service.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"

namespace tsunagu::eligibility {

using access::v1::CareContext;
using access::v1::FACILITY_KIND_INSURER;
using access::v1::FACILITY_KIND_PHARMACY;
using access::v1::ROLE_PHARMACIST;

v1::CheckRequest Question(const std::string& insurer, const std::string& symbol,
                          const std::string& number, const std::string& branch,
                          const std::string& birth_date) {
  v1::CheckRequest request;
  request.mutable_identity()->set_insurer(insurer);
  request.mutable_identity()->set_symbol(symbol);
  request.mutable_identity()->set_number(number);
  request.mutable_identity()->set_branch(branch);
  request.set_birth_date(birth_date);
  return request;
}

v1::CheckRequest Father() { return Question("０１１３００１２", "１２", "10", "0", "19700415"); }
v1::CheckRequest Former() { return Question("  138057", "02", "22", "01", "19700415"); }

std::string CareCards() {
  return "InsuranceKind,InsurerNumber,InsuredIdentificationNumber,Name,Birthdate,"
         "InsuredCardValidDate\r\n2,131011,0000012345,見本　父,19700415,20240401\r\n"
         "2,131011,0000012346,見本　某,19700416,20240401\r\n";
}

access::v1::Principal Pharmacist() {
  return rpc::Practitioner(ROLE_PHARMACIST, FACILITY_KIND_PHARMACY, kPharmacy);
}

CareContext ContextOf(const std::string& token) {
  access::v1::SignedToken signed_token;
  CareContext context;
  EXPECT_TRUE(signed_token.ParseFromString(token));
  EXPECT_TRUE(context.ParseFromString(signed_token.payload()));
  return context;
}

void EligibilityTest::SetUp() {
  ServiceTest::SetUp();
  CreateTopics({"eligibility.journal", "eligibility.events", "audit.records"});
  auto config = Config("eligibility");
  config.set_default_deadline_ms(60'000);
  host_ = *rpc::Host::Create(config, {{"eligibility.journal", &folder_, "eligibility.events"}});
  service_ = std::make_unique<EligibilityService>(*host_, *host_->context_signer());
  Serve(*host_, {service_.get()});
  stub_ = v1::Eligibility::NewStub(Channel(config));
}

absl::Status EligibilityTest::Load(const std::string& file, v1::LoadInsuredResponse* response,
                                   access::v1::FacilityKind kind) {
  grpc::ClientContext context;
  auto insurer = rpc::Organisation(kind, "1300000018");
  for (const char* number : {"01130012", "01130013", "138057", "131011"}) {
    insurer.add_insurer_numbers(number);
  }
  As(context, insurer);
  // A full load takes seconds, and many on a machine that is busy with other tests.
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  v1::LoadInsuredRequest request;
  request.set_file(file);
  v1::LoadInsuredResponse ignored;
  return rpc::StatusOf(
      stub_->LoadInsured(&context, request, response == nullptr ? &ignored : response));
}

void EligibilityTest::LoadFamily() {
  ASSERT_TRUE(Load(absl::StrCat(kHeader, kFather, kTwins, kFormer)).ok());
}

absl::StatusOr<v1::CheckResponse> EligibilityTest::Check(const v1::CheckRequest& request) {
  grpc::ClientContext context;
  As(context, Pharmacist());
  v1::CheckResponse response;
  const absl::Status status = rpc::StatusOf(stub_->Check(&context, request, &response));
  if (!status.ok()) return status;
  return response;
}

v1::Validity EligibilityTest::ValidityOf(const v1::CheckRequest& request) {
  const auto response = Check(request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response.ok() ? response->validity() : v1::VALIDITY_UNSPECIFIED;
}

absl::StatusOr<v1::CheckInResponse> EligibilityTest::CheckIn(const v1::CheckRequest& check,
                                                             access::v1::ContextSource source,
                                                             const access::v1::Principal& who,
                                                             access::v1::Scope scope,
                                                             const std::string& care_number) {
  grpc::ClientContext context;
  As(context, who);
  v1::CheckInRequest request;
  *request.mutable_check() = check;
  if (!care_number.empty()) {
    request.mutable_long_term_care()->set_insurer("131011");
    request.mutable_long_term_care()->set_number(care_number);
  }
  request.add_consented(scope);
  request.set_source(source);
  v1::CheckInResponse response;
  const absl::Status status = rpc::StatusOf(stub_->CheckIn(&context, request, &response));
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::CheckInResponse> EligibilityTest::ShowCard(const v1::CheckRequest& check,
                                                              const std::string& care_number) {
  return CheckIn(check, access::v1::CONTEXT_SOURCE_CARD_READER, Pharmacist(),
                 access::v1::SCOPE_MEDICATION, care_number);
}

national::Subject EligibilityTest::SubjectOf(const v1::CheckRequest& request) {
  const auto& identity = request.identity();
  return host_->subjects().MakeSubject(
      {identity.insurer(), identity.symbol(), identity.number(), identity.branch()});
}

}  // namespace tsunagu::eligibility
