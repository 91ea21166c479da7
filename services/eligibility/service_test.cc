// The service on a real broker and a real Redis, called as the gateway calls it.
#include "services/eligibility/service.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/eligibility/fold.h"
#include "services/eligibility/load.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/journal/consumer.h"
#include "services/platform/national/insured.h"
#include "services/platform/rpc/testing/test_host.h"
#include "services/platform/status/error.h"
#include "tsunagu/audit/v1/audit.pb.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::eligibility {
namespace {

using access::v1::CareContext;
using access::v1::FACILITY_KIND_INSURER;
using access::v1::FACILITY_KIND_PHARMACY;
using access::v1::ROLE_PHARMACIST;

constexpr char kPharmacy[] = "1341234567";
constexpr char kHeader[] =
    "InsurerNumber,InsuredCardSymbol,InsuredIdentificationNumber,InsuredBranchNumber,Name,"
    "Birthdate,InsuredCardValidDate,InsuredCardExpirationDate,PreviousInsurerNumber,"
    "PreviousInsuredCardSymbol,PreviousInsuredIdentificationNumber,"
    "PreviousInsuredBranchNumber\r\n";
// A father, twins, and an identity of the father before it, which ended.
constexpr char kFather[] = "01130012,12,10,00,見本　父,19700415,20240401,,138057,02,22,01\r\n";
constexpr char kTwins[] =
    "01130012,12,10,01,見本　姉,20150101,20240401,,,,,\r\n"
    "01130012,12,10,02,見本　妹,20150101,20240401,,,,,\r\n";
constexpr char kFormer[] = "138057,02,22,01,見本　父,19700415,20180401,20240331,,,,\r\n";

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

class EligibilityTest : public rpc::ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    CreateTopics({"eligibility.journal", "eligibility.events", "audit.records"});
    auto config = Config("eligibility");
    config.set_default_deadline_ms(60'000);
    host_ = *rpc::Host::Create(config, {{"eligibility.journal", &folder_, "eligibility.events"}});
    service_ = std::make_unique<EligibilityService>(*host_, *host_->context_signer());
    Serve(*host_, {service_.get()});
    stub_ = v1::Eligibility::NewStub(Channel(config));
  }

  absl::Status Load(const std::string& file, v1::LoadInsuredResponse* response = nullptr,
                    access::v1::FacilityKind kind = FACILITY_KIND_INSURER) {
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

  void LoadFamily() { ASSERT_TRUE(Load(absl::StrCat(kHeader, kFather, kTwins, kFormer)).ok()); }

  absl::StatusOr<v1::CheckResponse> Check(const v1::CheckRequest& request) {
    grpc::ClientContext context;
    As(context, Pharmacist());
    v1::CheckResponse response;
    const absl::Status status = rpc::StatusOf(stub_->Check(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  v1::Validity ValidityOf(const v1::CheckRequest& request) {
    const auto response = Check(request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? response->validity() : v1::VALIDITY_UNSPECIFIED;
  }

  absl::StatusOr<v1::CheckInResponse> CheckIn(
      const v1::CheckRequest& check,
      access::v1::ContextSource source = access::v1::CONTEXT_SOURCE_CARD_READER,
      const access::v1::Principal& who = Pharmacist(),
      access::v1::Scope scope = access::v1::SCOPE_MEDICATION, const std::string& care_number = "") {
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

  absl::StatusOr<v1::CheckInResponse> ShowCard(const v1::CheckRequest& check,
                                               const std::string& care_number) {
    return CheckIn(check, access::v1::CONTEXT_SOURCE_CARD_READER, Pharmacist(),
                   access::v1::SCOPE_MEDICATION, care_number);
  }

  static access::v1::Principal Pharmacist() {
    return rpc::Practitioner(ROLE_PHARMACIST, FACILITY_KIND_PHARMACY, kPharmacy);
  }

  // The care context inside a token whose signature the services would verify.
  static CareContext ContextOf(const std::string& token) {
    access::v1::SignedToken signed_token;
    CareContext context;
    EXPECT_TRUE(signed_token.ParseFromString(token));
    EXPECT_TRUE(context.ParseFromString(signed_token.payload()));
    return context;
  }

  national::Subject SubjectOf(const v1::CheckRequest& request) {
    const auto& identity = request.identity();
    return host_->subjects().MakeSubject(
        {identity.insurer(), identity.symbol(), identity.number(), identity.branch()});
  }

  // The last record of the subject's partition.
  template <typename Message>
  Message Tail(const std::string& topic, const national::Subject& subject) {
    Message message;
    const int partition = national::RoutingHash(subject) % kPartitions;
    const auto tail = journal::ReadTail(cluster().kafka, prefix() + topic, partition);
    if (tail.ok() && tail->has_value()) message.ParseFromString((*tail)->value);
    return message;
  }

  PersonDomain domain_;
  journal::JournalFolder folder_{domain_};
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<EligibilityService> service_;
  std::unique_ptr<v1::Eligibility::Stub> stub_;
};

TEST_F(EligibilityTest, WhoWasLoadedIsValidWhateverTheSpelling) {
  v1::LoadInsuredResponse loaded;
  ASSERT_TRUE(Load(absl::StrCat(kHeader, kFather), &loaded).ok());
  EXPECT_EQ(loaded.loaded(), 1);
  const auto response = Check(Father());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->validity(), v1::VALIDITY_VALID);
  EXPECT_EQ(response->qualification().name(), "見本　父");
  const auto record = Tail<audit::v1::Record>("audit.records", SubjectOf(Father()));
  EXPECT_EQ(record.subject(), SubjectOf(Father()));
  EXPECT_EQ(record.action(), "eligibility.check");
  EXPECT_EQ(record.outcome(), audit::v1::OUTCOME_DISCLOSED);
}

TEST_F(EligibilityTest, EveryClassIsAnswered) {
  LoadFamily();
  EXPECT_EQ(ValidityOf(Father()), v1::VALIDITY_VALID);
  v1::CheckRequest before = Father();
  before.set_date("20240331");
  EXPECT_EQ(ValidityOf(before), v1::VALIDITY_INVALID);
  EXPECT_EQ(ValidityOf(Former()), v1::VALIDITY_INVALID_NEWER_EXISTS);
  EXPECT_EQ(ValidityOf(Question("01130012", "12", "11", "00", "19700415")), v1::VALIDITY_NONE);
  EXPECT_EQ(ValidityOf(Question("01130012", "12", "10", "", "20150101")), v1::VALIDITY_SEVERAL);
}

TEST_F(EligibilityTest, WithoutABranchTheBirthDateTellsTheMember) {
  LoadFamily();
  const auto response = Check(Question("01130012", "12", "10", "", "19700415"));
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->validity(), v1::VALIDITY_VALID);
  EXPECT_EQ(response->qualification().identity().branch(), "00");
}

// EL-012
TEST_F(EligibilityTest, ANumberWithAnotherBirthDateDisclosesNothing) {
  LoadFamily();
  const auto response = Check(Question("01130012", "12", "10", "00", "19700416"));
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->validity(), v1::VALIDITY_NONE);
  EXPECT_FALSE(response->has_qualification());
}

// EL-002
TEST_F(EligibilityTest, AFileWithAnErrorLoadsNothingAndNamesAllErrors) {
  const std::string bad = "01130012,12,99,,x,bad,20240401,,,,,\r\n";
  const absl::Status status = Load(absl::StrCat(kHeader, kFather, bad));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "FINDINGS");
  const google::rpc::Status rpc = ToRpcStatus(status);
  common::v1::Findings findings;
  for (const auto& detail : rpc.details()) detail.UnpackTo(&findings);
  std::set<std::string> rules;
  for (const auto& finding : findings.record()) rules.insert(finding.rule());
  EXPECT_EQ(rules, (std::set<std::string>{"EL-129", "EL-132"}));
  EXPECT_EQ(ValidityOf(Father()), v1::VALIDITY_NONE);
}

TEST_F(EligibilityTest, WarningsAreAnswered) {
  v1::LoadInsuredResponse loaded;
  ASSERT_TRUE(
      Load(absl::StrCat(kHeader, "01130013,12,10,00,x,19700415,20240401,,,,,\r\n"), &loaded).ok());
  ASSERT_EQ(loaded.findings_size(), 1);
  EXPECT_EQ(loaded.findings(0).rule(), "EL-131");
  EXPECT_EQ(loaded.findings(0).severity(), common::v1::SEVERITY_WARNING);
}

// EL-001
TEST_F(EligibilityTest, AFileBeyondTheLimitIsRefusedUnread) {
  const absl::Status status = Load(std::string(kMaxLoadBytes + 1, 'x'));
  EXPECT_EQ(ReasonOf(status), "LOAD_TOO_LARGE");
  EXPECT_EQ(RuleOf(status), "EL-001");
}

TEST_F(EligibilityTest, AFullLoadIsTaken) {
  std::string file = kHeader;
  int persons = 0;
  const std::string name(150, 'n');
  while (file.size() + 250 < kMaxLoadBytes) {
    absl::StrAppend(&file, "01130012,12,", ++persons, ",00,", name, ",19700415,20240401,,,,,\r\n");
  }
  v1::LoadInsuredResponse loaded;
  const absl::Status status = Load(file, &loaded);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(loaded.loaded(), persons);
  EXPECT_EQ(ValidityOf(Question("01130012", "12", absl::StrCat(persons), "00", "19700415")),
            v1::VALIDITY_VALID);
}

TEST_F(EligibilityTest, TheSameRowsAgainPublishNothing) {
  LoadFamily();
  const auto before = Tail<journal::v1::Published>("eligibility.events", SubjectOf(Father()));
  LoadFamily();
  const auto after = Tail<journal::v1::Published>("eligibility.events", SubjectOf(Father()));
  EXPECT_GT(before.version(), 0u);
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
}

TEST_F(EligibilityTest, ChangesArePublished) {
  ASSERT_TRUE(Load(absl::StrCat(kHeader, kFormer)).ok());
  const auto published = Tail<journal::v1::Published>("eligibility.events", SubjectOf(Former()));
  v1::PersonChanged changed;
  ASSERT_TRUE(changed.ParseFromString(published.event()));
  EXPECT_EQ(published.subject(), SubjectOf(Former()));
  EXPECT_EQ(changed.person().qualification().valid_to(), "20240331");
}

TEST_F(EligibilityTest, OnlyAnInsurerLoads) {
  const absl::Status status = Load(absl::StrCat(kHeader, kFather), nullptr, FACILITY_KIND_PHARMACY);
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
}

// EL-137
TEST_F(EligibilityTest, AnInsurerLoadsNobodyOfOthers) {
  const absl::Status status =
      Load(absl::StrCat(kHeader, kFather, "06139998,12,10,00,x,19700415,20240401,,,,,\r\n"));
  EXPECT_EQ(ReasonOf(status), "FINDINGS");
  const google::rpc::Status rpc = ToRpcStatus(status);
  common::v1::Findings findings;
  for (const auto& detail : rpc.details()) detail.UnpackTo(&findings);
  ASSERT_GE(findings.record_size(), 1);
  EXPECT_EQ(findings.record(0).rule(), "EL-137");
  EXPECT_EQ(findings.record(0).record(), 3);
  EXPECT_EQ(findings.record(0).field(), "InsurerNumber");
  EXPECT_EQ(ValidityOf(Father()), v1::VALIDITY_NONE);
}

// EL-010
TEST_F(EligibilityTest, RubbishIsRefusedByItsRule) {
  EXPECT_EQ(RuleOf(Check({}).status()), "EL-010");
  EXPECT_EQ(RuleOf(CheckIn({}).status()), "EL-010");
}

// EL-021 EL-022 EL-024 EL-025
TEST_F(EligibilityTest, ACheckInGivesACareContextOfAllIdentities) {
  LoadFamily();
  const auto response = CheckIn(Father());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->check().validity(), v1::VALIDITY_VALID);
  const CareContext context = ContextOf(response->care_context());
  ASSERT_EQ(context.subjects_size(), 2);
  EXPECT_EQ(context.subjects(0), SubjectOf(Father()));
  EXPECT_EQ(context.subjects(1), SubjectOf(Former()));
  EXPECT_EQ(context.facility(), kPharmacy);
  ASSERT_EQ(context.scopes_size(), 1);
  EXPECT_EQ(context.scopes(0), access::v1::SCOPE_MEDICATION);
  ASSERT_EQ(response->granted_size(), 1);
  EXPECT_EQ(response->granted(0), access::v1::SCOPE_MEDICATION);
  EXPECT_EQ(context.id().size(), 32u);
  EXPECT_EQ(access::ToTime(response->expires_at()),
            access::ToTime(context.issued_at()) + absl::Hours(24));
  const auto record = Tail<audit::v1::Record>("audit.records", SubjectOf(Former()));
  EXPECT_EQ(record.subject(), SubjectOf(Former()));
  EXPECT_EQ(record.action(), "eligibility.check_in");
  EXPECT_EQ(record.items(0), "care_context/" + context.id());
}

// EL-026
TEST_F(EligibilityTest, ACrewWithOralConsentGetsTheEmergencyScopeAndNothingElse) {
  LoadFamily();
  const auto crew = rpc::Practitioner(access::v1::ROLE_EMERGENCY_MEDICAL_TECHNICIAN,
                                      access::v1::FACILITY_KIND_FIRE_DEPARTMENT, "1380000001");
  const auto response =
      CheckIn(Father(), access::v1::CONTEXT_SOURCE_ORAL, crew, access::v1::SCOPE_EMERGENCY);
  ASSERT_TRUE(response.ok()) << response.status();
  const CareContext context = ContextOf(response->care_context());
  ASSERT_EQ(context.scopes_size(), 1);
  EXPECT_EQ(context.scopes(0), access::v1::SCOPE_EMERGENCY);
  EXPECT_EQ(context.source(), access::v1::CONTEXT_SOURCE_ORAL);
  const auto refused = CheckIn(Father(), access::v1::CONTEXT_SOURCE_ORAL, crew);
  EXPECT_EQ(RuleOf(refused.status()), "EL-026");
}

// The father, and somebody with another birth date.
void AddCareInsured(std::string* file) {
  absl::StrAppend(file,
                  "InsuranceKind,InsurerNumber,InsuredIdentificationNumber,Birthdate,"
                  "InsuredCardValidDate\r\n2,131011,0000012345,19700415,20240401\r\n"
                  "2,131011,0000012346,19700416,20240401\r\n");
}

// EL-027
TEST_F(EligibilityTest, ALongTermCareCardIsCoveredByTheCareContext) {
  LoadFamily();
  std::string file;
  AddCareInsured(&file);
  ASSERT_TRUE(Load(file).ok());
  const auto response = ShowCard(Father(), "0000012345");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->long_term_care().validity(), v1::VALIDITY_VALID);
  const national::Subject card = host_->subjects().MakeSubject({"131011", "", "0000012345", ""});
  const CareContext context = ContextOf(response->care_context());
  ASSERT_EQ(context.subjects_size(), 3);
  EXPECT_EQ(context.subjects(0), SubjectOf(Father()));
  EXPECT_EQ(context.subjects(1), SubjectOf(Former()));
  EXPECT_EQ(context.subjects(2), card);
  const auto record = Tail<audit::v1::Record>("audit.records", card);
  EXPECT_EQ(record.subject(), card);
  EXPECT_EQ(record.action(), "eligibility.check_in");
  EXPECT_EQ(record.items_size(), 2);
  EXPECT_EQ(ContextOf(CheckIn(Father())->care_context()).subjects_size(), 2);
}

// EL-027
TEST_F(EligibilityTest, TheCardOfSomebodyElseChangesNothing) {
  LoadFamily();
  std::string file;
  AddCareInsured(&file);
  ASSERT_TRUE(Load(file).ok());
  for (const char* foreign : {"0000012346", "0000099999"}) {
    const auto response = ShowCard(Father(), foreign);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_EQ(response->check().validity(), v1::VALIDITY_VALID);
    EXPECT_EQ(response->long_term_care().validity(), v1::VALIDITY_NONE);
    EXPECT_FALSE(response->long_term_care().has_qualification());
    EXPECT_EQ(ContextOf(response->care_context()).subjects_size(), 2);
  }
  EXPECT_EQ(RuleOf(ShowCard(Father(), "123").status()), "EL-027");
}

// EL-007
TEST_F(EligibilityTest, LongTermCareIsNoMedicalInsurance) {
  std::string file;
  AddCareInsured(&file);
  ASSERT_TRUE(Load(file).ok());
  for (const char* branch : {"", "00"}) {
    EXPECT_EQ(ValidityOf(Question("131011", "", "0000012345", branch, "19700415")),
              v1::VALIDITY_NONE);
  }
}

TEST_F(EligibilityTest, EveryCareContextHasAnIdOfItsOwn) {
  LoadFamily();
  EXPECT_NE(ContextOf(CheckIn(Father())->care_context()).id(),
            ContextOf(CheckIn(Father())->care_context()).id());
}

// EL-021
TEST_F(EligibilityTest, NoCareContextUnlessValid) {
  LoadFamily();
  for (const auto& request : {Former(), Question("01130012", "12", "10", "", "20150101"),
                              Question("01130012", "12", "10", "00", "19700416")}) {
    const auto response = CheckIn(request);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_NE(response->check().validity(), v1::VALIDITY_VALID);
    EXPECT_EQ(response->care_context(), "");
    EXPECT_FALSE(response->has_expires_at());
  }
}

// EL-020 EL-023
TEST_F(EligibilityTest, ACheckInIsOfTodayAndNoEmergency) {
  LoadFamily();
  v1::CheckRequest past = Father();
  past.set_date("20250101");
  EXPECT_EQ(RuleOf(CheckIn(past).status()), "EL-020");
  const auto emergency = CheckIn(Father(), access::v1::CONTEXT_SOURCE_EMERGENCY);
  EXPECT_EQ(RuleOf(emergency.status()), "EL-023");
}

}  // namespace
}  // namespace tsunagu::eligibility
