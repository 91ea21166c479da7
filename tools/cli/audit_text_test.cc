#include "tools/cli/audit_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/emergency/v1/emergency.pb.h"
#include "tsunagu/ltc/v1/ltc.pb.h"
#include "tsunagu/medication/v1/medication.pb.h"
#include "tsunagu/prescription/v1/copy.pb.h"
#include "tsunagu/prescription/v1/erasure.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Of every service: the file of one of its messages.
std::vector<const google::protobuf::FileDescriptor*> Contracts() {
  return {audit::v1::Record::descriptor()->file(),
          eligibility::v1::CheckRequest::descriptor()->file(),
          emergency::v1::GetSummaryRequest::descriptor()->file(),
          ltc::v1::File::descriptor()->file(),
          medication::v1::GetHistoryRequest::descriptor()->file(),
          prescription::v1::AcceptRequest::descriptor()->file(),
          prescription::v1::GetCopyRequest::descriptor()->file(),
          prescription::v1::GetErasureRequest::descriptor()->file()};
}

TEST(ActionWord, EveryMethodThatIsAuditedHasWords) {
  int audited = 0;
  for (const auto* file : Contracts()) {
    ASSERT_EQ(file->service_count(), 1) << file->name();
    for (int i = 0; i < file->service(0)->method_count(); ++i) {
      const std::string& action =
          file->service(0)->method(i)->options().GetExtension(access::v1::rule).audit();
      if (action.empty()) continue;
      ++audited;
      EXPECT_NE(ActionWord(action), action);
    }
  }
  EXPECT_GE(audited, 18);
}

TEST(ActionWord, OneOfALaterVersionStaysAsItIs) { EXPECT_EQ(ActionWord("x.y.read"), "x.y.read"); }

AuditRecords OneRecord() {
  audit::v1::GetAccessHistoryResponse response;
  auto& record = *response.add_records();
  record.set_action("medication.history.read");
  record.set_outcome(audit::v1::OUTCOME_DISCLOSED);
  record.set_purpose(access::v1::PURPOSE_TREATMENT);
  record.add_roles(access::v1::ROLE_PHARMACIST);
  record.set_facility_kind(access::v1::FACILITY_KIND_PHARMACY);
  record.add_items("medication/202605-202611");
  return response.records();
}

TEST(RecordsText, SaysWhoDidWhatWhatForInWords) {
  const std::string text = RecordsText(OneRecord(), "");
  for (const char* words : {"薬剤情報の閲覧 medication history read", "閲覧 disclosed",
                            "診療 treatment", "薬剤師 pharmacist", "薬局 pharmacy"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
  for (const char* code : {"medication.history.read", "PHARMACIST", "PHARMACY", "PURPOSE"}) {
    EXPECT_THAT(text, Not(HasSubstr(code)));
  }
}

// AU-016, AU-017
TEST(RecordsText, TellsTheFacilitysNameAndThatACommandWasRepeated) {
  AuditRecords records = OneRecord();
  records[0].set_facility("1349999996");
  EXPECT_THAT(RecordsText(records, ""), HasSubstr("1349999996"));
  records[0].set_facility_name("見本薬局");
  records[0].set_outcome(audit::v1::OUTCOME_REPEATED);
  EXPECT_THAT(RecordsText(records, ""), HasSubstr("1349999996 見本薬局"));
  EXPECT_THAT(RecordsText(records, ""), HasSubstr("再送・変更なし repeat, nothing changed"));
}

// AU-018
TEST(RecordsText, ACallStandsOnceWhateverIdentitiesThePersonHas) {
  AuditRecords records = OneRecord();
  records[0].set_id("1");
  records[0].mutable_time()->set_seconds(1790000000);
  audit::v1::Record other = records[0];
  other.set_id("2");
  *other.mutable_items(0) = "medication/202604";
  *records.Add() = other;
  const auto rows = [&] {
    const std::string text = RecordsText(records, "");
    return std::count(text.begin(), text.end(), '\n');
  };
  const auto one = rows();
  EXPECT_THAT(RecordsText(records, ""), HasSubstr("medication/202605-202611 medication/202604"));
  records[1].mutable_time()->set_nanos(1);
  EXPECT_EQ(rows(), one + 1);
  records[1].mutable_time()->set_nanos(0);
  for (int nothing : {0, 1}) {
    records[nothing].set_outcome(audit::v1::OUTCOME_NOTHING);
    EXPECT_EQ(rows(), one);
    EXPECT_THAT(RecordsText(records, ""), HasSubstr("閲覧 disclosed"));
    records[nothing].set_outcome(audit::v1::OUTCOME_DISCLOSED);
  }
  records[1].set_outcome(audit::v1::OUTCOME_REFUSED);
  EXPECT_EQ(rows(), one + 1);
}

// AU-015
TEST(DisclosureText, AU015NoRecordIsNeverNobody) {
  for (const AuditRecords& records : {AuditRecords(), OneRecord()}) {
    EXPECT_THAT(DisclosureText(records, ""), HasSubstr("do not tell whether anybody"));
  }
  EXPECT_THAT(DisclosureText({}, ""), HasSubstr("no access is recorded"));
  EXPECT_THAT(DisclosureText(OneRecord(), ""), Not(HasSubstr("no access is recorded")));
}

}  // namespace
}  // namespace tsunagu::cli
