#include "tools/terminal/check_calls.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "tools/terminal/answer_fields.h"
#include "tools/terminal/exchange.h"
#include "tsunagu/prescription/v1/duplication.pb.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Answer;
using prescription::envelope::Call;
using prescription::envelope::Fields;
using prescription::envelope::Interface;
namespace v1 = prescription::v1;

void FillOptions(const Asked& asked, v1::CheckOptions* options) {
  options->set_own_facility(Text(asked, "SameMedicalInstitutionAlertFlg") == "2");
  options->set_page_token(Text(asked, "PageToken"));
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y%m%d%H%M%S", absl::FromUnixSeconds(time.seconds()), national::Jst());
}

void FillFreshness(const Interface& interface, const v1::Freshness& freshness, Answer& answer) {
  if (freshness.has_prescriptions()) {
    Set(interface, "PrescriptionsAsOf", TimeText(freshness.prescriptions()), answer);
  }
  if (freshness.has_receipts()) {
    Set(interface, "ReceiptsAsOf", TimeText(freshness.receipts()), answer);
  }
  Set(interface, "WithoutReceiptsFlg", FlagText(freshness.without_receipts()), answer);
}

// What is not known of a drug is left out.
void FillDrug(const Interface& interface, const std::string& whose, const common::v1::Drug& drug,
              Fields& row) {
  const auto set = [&](const char* what, const std::string& value) {
    SetInRow(interface, absl::StrCat(whose, what).c_str(), value, row);
  };
  const auto number = [](int value) { return value > 0 ? absl::StrCat(value) : std::string(); };
  set("DrugCodeType", number(drug.code_kind()));
  set("DrugCode", drug.code());
  set("DrugName", drug.name());
  set("DrugAmount", absl::StrCat(drug.amount(), drug.unit()));
  set("DrugUsage", drug.usage());
  set("DrugForm", number(drug.form()));
}

void FillPast(const Interface& interface, const v1::PastDrug& past, Fields& row) {
  FillDrug(interface, "Past", past.drug(), row);
  SetInRow(interface, "PastFromDate", past.start(), row);
  SetInRow(interface, "PastToDate", past.end(), row);
  SetInRow(interface, "PastToEstimatedFlg", FlagText(past.estimated()), row);
  SetInRow(interface, "OverlappingDays", absl::StrCat(past.overlapping_days()), row);
  SetInRow(interface, "PastDispensedFlg", FlagText(past.dispensed()), row);
  SetInRow(interface, "PastIssuerName", past.issuer_name(), row);
  SetInRow(interface, "PastPharmacyName", past.pharmacy_name(), row);
}

void AddGroup(const Interface& interface, const v1::AlertGroup& group, Answer& answer) {
  Fields common;
  SetInRow(interface, "AlertCategory", absl::StrCat(group.category()), common);
  SetInRow(interface, "IngredientName", group.ingredient_name(), common);
  SetInRow(interface, "AlertMessage", group.message_ja(), common);
  SetInRow(interface, "ReasonComment", group.reason(), common);
  for (const common::v1::Drug& drug : group.drugs()) {
    for (const v1::PastDrug& past : group.past()) {
      Fields row = common;
      FillDrug(interface, "This", drug, row);
      FillPast(interface, past, row);
      AddRow(std::move(row), answer);
    }
  }
}

// What of the draft was not compared is a warning about it.
void AddNotCompared(const v1::CheckReport& report, Answer& answer) {
  FindingList findings;
  for (const v1::NotCompared& drug : report.not_compared()) {
    common::v1::Finding& finding = *findings.Add();
    finding.set_rule("RX-408");
    finding.set_severity(common::v1::SEVERITY_WARNING);
    finding.set_text_ja(absl::StrCat(drug.drug().name(), " ", drug.reason_ja()));
    finding.set_text_en(absl::StrCat(drug.drug().name(), " ", drug.reason_en()));
  }
  Append(findings, answer.record_findings);
}

void FillReport(const Interface& interface, const v1::CheckReport& report, Answer& answer) {
  Set(interface, "DuplicateCheckResult", absl::StrCat(report.result()), answer);
  Set(interface, "AlertGroupCount", absl::StrCat(report.group_count()), answer);
  Set(interface, "AlertCount", absl::StrCat(report.alert_count()), answer);
  Set(interface, "PastNotComparedCount", absl::StrCat(report.past_not_compared()), answer);
  Set(interface, "OwnFacilityLeftOutCount", absl::StrCat(report.left_out()), answer);
  Set(interface, "MaskedFlg", FlagText(report.masked()), answer);
  Set(interface, "WithoutPairsFlg", FlagText(report.without_pairs()), answer);
  Set(interface, "LookBackFrom", report.look_back_from(), answer);
  Set(interface, "NextPageToken", report.next_page_token(), answer);
  FillFreshness(interface, report.freshness(), answer);
  for (const v1::AlertGroup& group : report.groups()) AddGroup(interface, group, answer);
  AddNotCompared(report, answer);
}

}  // namespace

absl::Status Prepare(const Asked& asked, Answer& answer) {
  v1::PrepareRequest request;
  v1::PrepareResponse response;
  FillInsured(asked, request.mutable_identity());
  RETURN_IF_ERROR(asked.gateway.Call(Call::kPrepare, request, &response));
  Set(asked.interface, "TakingDrugCount", absl::StrCat(response.drugs()), answer);
  Set(asked.interface, "LookBackFrom", response.look_back_from(), answer);
  FillFreshness(asked.interface, response.freshness(), answer);
  return absl::OkStatus();
}

absl::Status CheckDraft(const Asked& asked, Answer& answer) {
  v1::CheckDraftRequest request;
  v1::CheckReport response;
  request.set_document(Text(asked, "PrescriptionInfo"));
  request.set_replaces(Text(asked, "ReplacedPrescriptionId"));
  FillOptions(asked, request.mutable_options());
  RETURN_IF_ERROR(asked.gateway.Call(Call::kCheckDraft, request, &response));
  FillReport(asked.interface, response, answer);
  return absl::OkStatus();
}

absl::Status CheckDraftResult(const Asked& asked, Answer& answer) {
  v1::CheckDraftResultRequest request;
  v1::CheckReport response;
  request.set_prescription_id(Text(asked, "PrescriptionId"));
  request.set_document(Text(asked, "DispensingInfo"));
  FillOptions(asked, request.mutable_options());
  RETURN_IF_ERROR(asked.gateway.Call(Call::kCheckDraftResult, request, &response));
  FillReport(asked.interface, response, answer);
  return absl::OkStatus();
}

void CheckAccepted(const Asked& asked, const std::string& prescription_id, Answer& answer) {
  v1::CheckAcceptanceRequest request;
  v1::CheckReport response;
  request.set_prescription_id(prescription_id);
  const absl::Status status = asked.gateway.Call(Call::kCheckAcceptance, request, &response);
  if (status.ok()) FillReport(asked.interface, response, answer);
}

}  // namespace tsunagu::terminal
