// For tests: the eligibility service on a real broker and a real Redis, called as the gateway calls
// it, and a family to load.
#ifndef SERVICES_ELIGIBILITY_TEST_SERVICE_H_
#define SERVICES_ELIGIBILITY_TEST_SERVICE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/eligibility/fold.h"
#include "services/eligibility/service.h"
#include "services/platform/journal/consumer.h"
#include "services/platform/journal/folder.h"
#include "services/platform/national/insured.h"
#include "services/platform/rpc/host.h"
#include "services/platform/rpc/testing/test_host.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/eligibility/v1/eligibility.grpc.pb.h"

namespace tsunagu::eligibility {

inline constexpr char kPharmacy[] = "1341234567";
inline constexpr char kHeader[] =
    "InsurerNumber,InsuredCardSymbol,InsuredIdentificationNumber,InsuredBranchNumber,Name,"
    "Birthdate,InsuredCardValidDate,InsuredCardExpirationDate,PreviousInsurerNumber,"
    "PreviousInsuredCardSymbol,PreviousInsuredIdentificationNumber,"
    "PreviousInsuredBranchNumber\r\n";
// A father, twins, and an identity of the father before it, which ended.
inline constexpr char kFather[] =
    "01130012,12,10,00,見本　父,19700415,20240401,,138057,02,22,01\r\n";
inline constexpr char kTwins[] =
    "01130012,12,10,01,見本　姉,20150101,20240401,,,,,\r\n"
    "01130012,12,10,02,見本　妹,20150101,20240401,,,,,\r\n";
inline constexpr char kFormer[] = "138057,02,22,01,見本　父,19700415,20180401,20240331,,,,\r\n";

v1::CheckRequest Question(const std::string& insurer, const std::string& symbol,
                          const std::string& number, const std::string& branch,
                          const std::string& birth_date);
v1::CheckRequest Father();
v1::CheckRequest Former();

// An insurer's file of long-term-care cards: the father's, and that of somebody with another birth
// date.
std::string CareCards();

access::v1::Principal Pharmacist();

// The care context inside a token whose signature the services would verify.
access::v1::CareContext ContextOf(const std::string& token);

class EligibilityTest : public rpc::ServiceTest {
 protected:
  void SetUp() override;

  absl::Status Load(const std::string& file, v1::LoadInsuredResponse* response = nullptr,
                    access::v1::FacilityKind kind = access::v1::FACILITY_KIND_INSURER);
  void LoadFamily();

  absl::StatusOr<v1::CheckResponse> Check(const v1::CheckRequest& request);
  v1::Validity ValidityOf(const v1::CheckRequest& request);

  absl::StatusOr<v1::CheckInResponse> CheckIn(
      const v1::CheckRequest& check,
      access::v1::ContextSource source = access::v1::CONTEXT_SOURCE_CARD_READER,
      const access::v1::Principal& who = Pharmacist(),
      access::v1::Scope scope = access::v1::SCOPE_MEDICATION, const std::string& care_number = "");
  absl::StatusOr<v1::CheckInResponse> ShowCard(const v1::CheckRequest& check,
                                               const std::string& care_number);

  national::Subject SubjectOf(const v1::CheckRequest& request);

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

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_TEST_SERVICE_H_
