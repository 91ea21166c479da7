#include "tools/terminal/facility_calls.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/terminal/answer_fields.h"
#include "tools/terminal/exchange.h"
#include "tsunagu/prescription/v1/copy.pb.h"
#include "tsunagu/prescription/v1/facility.pb.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Answer;
using prescription::envelope::Call;
using prescription::envelope::Fields;
using prescription::envelope::Interface;
namespace v1 = prescription::v1;

constexpr int kPageSize = 100;
constexpr int kMaxResultsOfOne = 3;  // uses of a refill, parts
static_assert(kPageSize * kMaxResultsOfOne <= prescription::envelope::kMaxRows);

void AddPrescription(const Interface& interface, const v1::FacilityPrescription& one,
                     Answer& answer) {
  Fields common;
  SetInRow(interface, "PrescriptionId", one.prescription_id(), common);
  SetInRow(interface, "PrescriptionStatus", StatusText(one.status()), common);
  SetInRow(interface, "IssueType", IssueTypeText(one.issue_type()), common);
  SetInRow(interface, "IssuerCode", one.issuer(), common);
  SetInRow(interface, "IssueDate", one.issued_on(), common);
  SetInRow(interface, "ExpirationDate", one.use_by(), common);
  SetInRow(interface, "HolderPharmacyCode", one.holder(), common);
  for (const auto& result : one.results()) {
    Fields row = common;
    SetInRow(interface, "DispensingResultId", result.result_id(), row);
    SetInRow(interface, "DispensingCount", absl::StrCat(result.use()), row);
    SetInRow(interface, "DispensingDate", result.dispensed_on(), row);
    SetInRow(interface, "PharmacyCode", result.pharmacy(), row);
    AddRow(std::move(row), answer);
  }
  if (one.results().empty()) AddRow(std::move(common), answer);
}

template <typename Request>
Request ListRequest(const Asked& asked) {
  Request request;
  request.set_from_day(Text(asked, "FromDate"));
  request.set_to_day(Text(asked, "ToDate"));
  request.set_page_size(kPageSize);
  request.set_page_token(Text(asked, "PageToken"));
  return request;
}

template <typename Request, typename Response>
absl::Status List(const Asked& asked, Answer& answer) {
  Response response;
  RETURN_IF_ERROR(asked.gateway.Call(asked.interface.call, ListRequest<Request>(asked), &response));
  for (const auto& one : response.prescriptions()) AddPrescription(asked.interface, one, answer);
  Set(asked.interface, "NextPageToken", response.next_page_token(), answer);
  Set(asked.interface, "LeftOffCount",
      response.left_off() > 0 ? absl::StrCat(response.left_off()) : "", answer);
  return absl::OkStatus();
}

}  // namespace

absl::Status GetCopy(const Asked& asked, Answer& answer) {
  v1::GetCopyRequest request;
  v1::GetCopyResponse response;
  request.set_prescription_id(Text(asked, "PrescriptionId"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kGetCopy, request, &response));
  Set(asked.interface, "PrescriptionId", request.prescription_id(), answer);
  Set(asked.interface, "PrescriptionCopyPdf", response.pdf(), answer);
  return absl::OkStatus();
}

absl::Status ListIssued(const Asked& asked, Answer& answer) {
  return List<v1::ListIssuedRequest, v1::ListIssuedResponse>(asked, answer);
}

absl::Status ListDispensed(const Asked& asked, Answer& answer) {
  return List<v1::ListDispensedRequest, v1::ListDispensedResponse>(asked, answer);
}

absl::Status FindResult(const Asked& asked, Answer& answer) {
  const std::string id = Text(asked, "PrescriptionId");
  auto request = ListRequest<v1::ListDispensedRequest>(asked);
  do {
    v1::ListDispensedResponse response;
    RETURN_IF_ERROR(asked.gateway.Call(Call::kListDispensed, request, &response));
    for (const auto& one : response.prescriptions()) {
      if (one.prescription_id() != id || one.results().empty()) continue;
      // It stands under each day on which it was dispensed, the newest last.
      AddPrescription(asked.interface, one, answer);
      Set(asked.interface, "PrescriptionId", id, answer);
      Set(asked.interface, "PrescriptionStatus", StatusText(one.status()), answer);
      Set(asked.interface, "DispensingResultId", one.results().rbegin()->result_id(), answer);
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  if (!answer.rows.empty()) return absl::OkStatus();
  return ErrorBuilder(absl::StatusCode::kNotFound, "RESULT_NOT_FOUND",
                      "this pharmacy has no result of that prescription in these days")
      .Rule("TM-027");
}

absl::Status GetResult(const Asked& asked, Answer& answer) {
  v1::GetResultRequest request;
  v1::GetResultResponse response;
  request.set_result_id(Text(asked, "DispensingResultId"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kGetResult, request, &response));
  Set(asked.interface, "DispensingResultId", request.result_id(), answer);
  Set(asked.interface, "PrescriptionId", response.prescription_id(), answer);
  Set(asked.interface, "PrescriptionStatus", StatusText(response.status()), answer);
  Set(asked.interface, "DispensingDate", response.dispensed_on(), answer);
  Set(asked.interface, "PharmacyCode", response.pharmacy(), answer);
  Set(asked.interface, "MessageFlg", FlagText(!response.notes().messages().empty()), answer);
  Set(asked.interface, "DispensingInfo", response.document(), answer);
  Set(asked.interface, "PrescriptionInfo", response.prescription(), answer);
  AddNotes(asked.interface, response.notes(), answer);
  return absl::OkStatus();
}

}  // namespace tsunagu::terminal
