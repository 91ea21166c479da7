#include "tools/terminal/given_calls.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/status/macros.h"
#include "tools/terminal/answer_fields.h"
#include "tools/terminal/exchange.h"
#include "tsunagu/prescription/v1/given.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Answer;
using prescription::envelope::Call;
using prescription::envelope::Fields;
using prescription::envelope::Interface;
namespace v1 = prescription::v1;

constexpr char kId[] = "InHousePrescriptionId";
constexpr char kStatus[] = "InHousePrescriptionStatus";

std::string GivenStatusText(v1::GivenStatus status) {
  switch (status) {
    case v1::GIVEN_STATUS_REGISTERED:
      return "登録";
    case v1::GIVEN_STATUS_CANCELLED:
      return "取消";
    default:
      return "";
  }
}

template <typename Response>
void FillStanding(const Asked& asked, const std::string& id, const Response& response,
                  Answer& answer) {
  Set(asked.interface, kId, id, answer);
  Set(asked.interface, kStatus, GivenStatusText(response.status()), answer);
  if (response.repeated()) MarkRepeated(answer);
}

void AddGiven(const Interface& interface, const v1::Given& given, Answer& answer) {
  Fields row;
  SetInRow(interface, kId, given.id(), row);
  SetInRow(interface, kStatus, GivenStatusText(given.status()), row);
  SetInRow(interface, "GivenDate", given.given_on(), row);
  SetInRow(interface, "DrugCount", absl::StrCat(given.drugs_size()), row);
  AddRow(std::move(row), answer);
}

}  // namespace

absl::Status RegisterGiven(const Asked& asked, Answer& answer) {
  v1::RegisterGivenRequest request;
  v1::RegisterGivenResponse response;
  request.set_command_id(asked.command_id);
  request.set_document(Text(asked, "PrescriptionInfo"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kRegisterGiven, request, &response));
  FillStanding(asked, response.given_id(), response, answer);
  Append(response.findings(), answer.record_findings);
  return absl::OkStatus();
}

absl::Status DispensePaper(const Asked& asked, Answer& answer) {
  v1::RegisterGivenRequest request;
  v1::RegisterGivenResponse response;
  request.set_command_id(asked.command_id);
  request.set_document(Text(asked, "DispensingInfo"));
  request.set_issuer(Text(asked, "IssuerCode"));
  request.set_issued_on(Text(asked, "IssueDate"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kRegisterGiven, request, &response));
  Set(asked.interface, "DispensingResultId", response.given_id(), answer);
  const bool cancelled = response.status() == v1::GIVEN_STATUS_CANCELLED;
  Set(asked.interface, "PrescriptionStatus",
      StatusText(cancelled ? v1::STATUS_CANCELLED : v1::STATUS_DISPENSED), answer);
  if (response.repeated()) MarkRepeated(answer);
  Append(response.findings(), answer.record_findings);
  return absl::OkStatus();
}

absl::Status ChangeGiven(const Asked& asked, Answer& answer) {
  v1::ChangeGivenRequest request;
  v1::ChangeGivenResponse response;
  request.set_command_id(asked.command_id);
  request.set_given_id(Text(asked, kId));
  request.set_document(Text(asked, "PrescriptionInfo"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kChangeGiven, request, &response));
  FillStanding(asked, request.given_id(), response, answer);
  Append(response.findings(), answer.record_findings);
  return absl::OkStatus();
}

absl::Status CancelGiven(const Asked& asked, Answer& answer) {
  v1::CancelGivenRequest request;
  v1::CancelGivenResponse response;
  request.set_command_id(asked.command_id);
  request.set_given_id(Text(asked, kId));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kCancelGiven, request, &response));
  FillStanding(asked, request.given_id(), response, answer);
  return absl::OkStatus();
}

absl::Status SearchGiven(const Asked& asked, Answer& answer) {
  v1::SearchGivenRequest request;
  v1::SearchGivenResponse response;
  FillInsured(asked, request.mutable_identity());
  request.set_from_day(Text(asked, "FromDate"));
  request.set_to_day(Text(asked, "ToDate"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kSearchGiven, request, &response));
  Set(asked.interface, "InHousePrescriptionCount", absl::StrCat(response.given_size()), answer);
  for (const v1::Given& given : response.given()) AddGiven(asked.interface, given, answer);
  return absl::OkStatus();
}

absl::Status GetGiven(const Asked& asked, Answer& answer) {
  v1::GetGivenRequest request;
  v1::GetGivenResponse response;
  request.set_given_id(Text(asked, kId));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kGetGiven, request, &response));
  Set(asked.interface, "InHousePrescriptionCount", "1", answer);
  Set(asked.interface, "PrescriptionInfo", response.document(), answer);
  AddGiven(asked.interface, response.given(), answer);
  return absl::OkStatus();
}

}  // namespace tsunagu::terminal
