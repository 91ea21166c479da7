#include "tools/terminal/prescription_calls.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/details.pb.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/reason_text.h"
#include "tools/terminal/answer_fields.h"
#include "tools/terminal/check_calls.h"
#include "tools/terminal/exchange.h"
#include "tools/terminal/facility_calls.h"
#include "tools/terminal/field_faults.h"
#include "tools/terminal/given_calls.h"
#include "tools/terminal/request_file.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Answer;
using prescription::envelope::Call;
using prescription::envelope::Interface;
namespace v1 = prescription::v1;

// The only result code of the national service that was seen: a cancellation of what is cancelled
// already. Clients know it and take the cancellation for done.
constexpr char kCancelledAlready[] = "EPSB1032W";
constexpr int kRegister = 201;

// What every answer to a command tells: how it stands now, and whether that was done before.
template <typename Response>
void FillStanding(const Asked& asked, const Response& response, Answer& answer) {
  Set(asked.interface, "PrescriptionId", Text(asked, "PrescriptionId"), answer);
  Set(asked.interface, "PrescriptionStatus", StatusText(response.status()), answer);
  if (response.repeated()) MarkRepeated(answer);
}

v1::IssueType IssueTypeOf(const Asked& asked) {
  return Text(asked, "IssueType") == "2" ? v1::ISSUE_TYPE_PAPER : v1::ISSUE_TYPE_ELECTRONIC;
}

absl::Status Register(const Asked& asked, Answer& answer) {
  v1::RegisterRequest request;
  v1::RegisterResponse response;
  request.set_command_id(asked.command_id);
  request.set_issue_type(IssueTypeOf(asked));
  request.set_document(Text(asked, "PrescriptionInfo"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kRegister, request, &response));
  FillStanding(asked, response, answer);
  Set(asked.interface, "PrescriptionId", response.prescription_id(), answer);
  Set(asked.interface, "AccessCode", response.access_code(), answer);
  Set(asked.interface, "ExpirationDate", response.use_by(), answer);
  Append(response.findings(), answer.record_findings);
  return absl::OkStatus();
}

absl::Status Change(const Asked& asked, Answer& answer) {
  v1::ChangeRequest request;
  v1::ChangeResponse response;
  request.set_command_id(asked.command_id);
  request.set_prescription_id(Text(asked, "PrescriptionId"));
  request.set_issue_type(IssueTypeOf(asked));
  request.set_document(Text(asked, "PrescriptionInfo"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kChange, request, &response));
  FillStanding(asked, response, answer);
  Set(asked.interface, "ExpirationDate", response.use_by(), answer);
  Append(response.findings(), answer.record_findings);
  return absl::OkStatus();
}

// A command that names its prescription and nothing else.
template <typename Request, typename Response>
absl::Status ById(const Asked& asked, Answer& answer) {
  Request request;
  Response response;
  request.set_command_id(asked.command_id);
  request.set_prescription_id(Text(asked, "PrescriptionId"));
  RETURN_IF_ERROR(asked.gateway.Call(asked.interface.call, request, &response));
  FillStanding(asked, response, answer);
  return absl::OkStatus();
}

absl::Status Accept(const Asked& asked, Answer& answer) {
  v1::AcceptRequest request;
  v1::AcceptResponse response;
  request.set_command_id(asked.command_id);
  request.set_prescription_id(Text(asked, "PrescriptionId"));
  if (request.prescription_id().empty() || !Text(asked, "InsuredIdentificationNumber").empty()) {
    FillInsured(asked, request.mutable_identity());
  }
  if (request.prescription_id().empty()) request.set_access_code(Text(asked, "AccessCode"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kAccept, request, &response));
  FillStanding(asked, response, answer);
  Set(asked.interface, "PrescriptionId", response.prescription_id(), answer);
  Set(asked.interface, "ExpirationDate", response.use_by(), answer);
  Set(asked.interface, "IssueType", IssueTypeText(response.issue_type()), answer);
  Set(asked.interface, "PrescriptionInfo", response.document(), answer);
  Set(asked.interface, "PreviousDispensingInfo", response.previous_result(), answer);
  Append(response.findings(), answer.record_findings);
  if (response.issue_type() == v1::ISSUE_TYPE_ELECTRONIC) {
    CheckAccepted(asked, response.prescription_id(), answer);
  }
  return absl::OkStatus();
}

template <typename Request, typename Response>
absl::Status Result(const Asked& asked, Answer& answer) {
  Request request;
  Response response;
  request.set_command_id(asked.command_id);
  request.set_prescription_id(Text(asked, "PrescriptionId"));
  request.set_document(Text(asked, "DispensingInfo"));
  RETURN_IF_ERROR(asked.gateway.Call(asked.interface.call, request, &response));
  FillStanding(asked, response, answer);
  Set(asked.interface, "DispensingResultId", response.result_id(), answer);
  Set(asked.interface, "DispensingInfo", response.stamped_document(), answer);
  Append(response.findings(), answer.record_findings);
  return absl::OkStatus();
}

absl::Status GetStatus(const Asked& asked, Answer& answer) {
  v1::GetStatusRequest request;
  v1::GetStatusResponse response;
  request.set_prescription_id(Text(asked, "PrescriptionId"));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kGetStatus, request, &response));
  Set(asked.interface, "PrescriptionId", request.prescription_id(), answer);
  Set(asked.interface, "PrescriptionStatus", StatusText(response.status()), answer);
  Set(asked.interface, "ExpirationDate", response.use_by(), answer);
  Set(asked.interface, "DispensingInfo", response.dispensing_document(), answer);
  Set(asked.interface, "MessageFlg", FlagText(response.has_message()), answer);
  for (const v1::ResultNotes& notes : response.notes()) AddNotes(asked.interface, notes, answer);
  Append(response.findings(), answer.record_findings);
  return absl::OkStatus();
}

// What became of a registration whose answer is missing.
absl::Status GetCommand(const Asked& asked, Answer& answer) {
  v1::GetCommandRequest request;
  v1::GetCommandResponse response;
  request.set_prescription_id(Text(asked, "PrescriptionId"));
  if (request.prescription_id().empty()) FillInsured(asked, request.mutable_identity());
  request.set_command_id(CommandId(kRegister, asked.request.header.institution,
                                   Text(asked, "TargetFileIdentifier"),
                                   absl::AsciiStrToLower(Text(asked, "TargetFileDigest"))));
  RETURN_IF_ERROR(asked.gateway.Call(Call::kGetCommand, request, &response));
  if (!response.known()) {
    return ErrorBuilder(absl::StatusCode::kNotFound, "PRESCRIPTION_NOT_FOUND",
                        "no such registration is known of that person")
        .Rule("RX-037");
  }
  Set(asked.interface, "PrescriptionId", response.prescription_id(), answer);
  Set(asked.interface, "AccessCode", response.access_code(), answer);
  Set(asked.interface, "PrescriptionStatus", StatusText(response.status()), answer);
  return absl::OkStatus();
}

// A detail of that type.
template <typename Message>
std::optional<Message> Detail(const absl::Status& status) {
  const auto bytes =
      status.GetPayload(absl::StrCat("type.googleapis.com/", Message::descriptor()->full_name()));
  Message message;
  if (!bytes.has_value() || !message.ParseFromString(std::string(*bytes))) return std::nullopt;
  return message;
}

}  // namespace

absl::Status CallAndFill(const Asked& asked, Answer& answer) {
  switch (asked.interface.call) {
    case Call::kRegister:
      return Register(asked, answer);
    case Call::kChange:
      return Change(asked, answer);
    case Call::kCancel:
      return ById<v1::CancelRequest, v1::CancelResponse>(asked, answer);
    case Call::kUndoCancel:
      return ById<v1::UndoCancelRequest, v1::UndoCancelResponse>(asked, answer);
    case Call::kUndoChange:
      return ById<v1::UndoChangeRequest, v1::UndoChangeResponse>(asked, answer);
    case Call::kGetStatus:
      return GetStatus(asked, answer);
    case Call::kGetCommand:
      return GetCommand(asked, answer);
    case Call::kAccept:
      return Accept(asked, answer);
    case Call::kRelease:
      return ById<v1::ReleaseRequest, v1::ReleaseResponse>(asked, answer);
    case Call::kCollect:
      return ById<v1::CollectRequest, v1::CollectResponse>(asked, answer);
    case Call::kUndoCollect:
      return ById<v1::UndoCollectRequest, v1::UndoCollectResponse>(asked, answer);
    case Call::kDispense:
      if (Text(asked, "PrescriptionId").empty()) return DispensePaper(asked, answer);
      return Result<v1::DispenseRequest, v1::DispenseResponse>(asked, answer);
    case Call::kChangeResult:
      return Result<v1::ChangeResultRequest, v1::ChangeResultResponse>(asked, answer);
    case Call::kCancelResult:
      return ById<v1::CancelResultRequest, v1::CancelResultResponse>(asked, answer);
    case Call::kGetCopy:
      return GetCopy(asked, answer);
    case Call::kListIssued:
      return ListIssued(asked, answer);
    case Call::kListDispensed:
      return Text(asked, "PrescriptionId").empty() ? ListDispensed(asked, answer)
                                                   : FindResult(asked, answer);
    case Call::kGetResult:
      return GetResult(asked, answer);
    case Call::kPrepare:
      return Prepare(asked, answer);
    case Call::kCheckDraft:
      return CheckDraft(asked, answer);
    case Call::kCheckDraftResult:
      return CheckDraftResult(asked, answer);
    case Call::kRegisterGiven:
      return RegisterGiven(asked, answer);
    case Call::kChangeGiven:
      return ChangeGiven(asked, answer);
    case Call::kCancelGiven:
      return CancelGiven(asked, answer);
    case Call::kSearchGiven:
      return Text(asked, "InHousePrescriptionId").empty() ? SearchGiven(asked, answer)
                                                          : GetGiven(asked, answer);
    case Call::kCheckAcceptance:
    case Call::kGetGiven:
    case Call::kNone:
      break;
  }
  return NotServed();
}

void Refuse(const Interface& interface, const absl::Status& status, Answer& answer) {
  const std::string code = CodeOf(status);
  answer.status = prescription::envelope::ResultStatus::kError;
  answer.result_code =
      interface.call == Call::kCancel && code == "CANCELLED" ? kCancelledAlready : code;
  answer.result_message = cli::JapaneseText(status, "");
  const auto metadata = MetadataOf(status);
  if (const auto id = metadata.find("prescription_id"); id != metadata.end()) {
    Set(interface, "PrescriptionId", id->second, answer);
  }
  v1::Status standing;
  if (const auto found = metadata.find("status");
      found != metadata.end() && v1::Status_Parse(found->second, &standing)) {
    Set(interface, "PrescriptionStatus", StatusText(standing), answer);
  }
  if (const auto request = Detail<google::rpc::BadRequest>(status)) {
    for (const auto& violation : request->field_violations()) {
      const std::string cause = FaultJa(violation.description());
      answer.xml_findings.push_back(
          {RuleOf(status), national::Severity::kError, 0, ElementOf(interface, violation.field()),
           cause.empty() ? answer.result_message : cause, violation.description()});
    }
  }
  if (const auto findings = Detail<common::v1::Findings>(status)) {
    Append(findings->envelope(), answer.xml_findings);
    Append(findings->record(), answer.record_findings);
    Append(findings->signature(), answer.signature_findings);
  }
}

absl::Status NotServed() {
  return ErrorBuilder(absl::StatusCode::kUnimplemented, "INTERFACE_NOT_SERVED",
                      "nothing here answers this interface yet")
      .Rule("TM-023");
}

absl::Status MessageRefused() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "MESSAGE_MALFORMED",
                      "the message has faults")
      .Rule("TM-024");
}

absl::StatusOr<std::string> WriteWhatCanBe(const Interface& interface, const Answer& answer) {
  absl::StatusOr<std::string> xml = WriteAnswer(interface, answer);
  if (xml.ok()) return xml;
  Answer bare = answer;
  bare.result_message.clear();
  for (auto* list : {&bare.xml_findings, &bare.record_findings, &bare.signature_findings}) {
    for (national::Finding& finding : *list) {
      finding.field.clear();
      finding.text_ja.clear();
      finding.text_en.clear();
    }
  }
  return WriteAnswer(interface, bare);
}

}  // namespace tsunagu::terminal
