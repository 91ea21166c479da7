#include "tools/terminal/session_gateway.h"

#include <utility>

#include "services/platform/status/macros.h"
#include "tsunagu/eligibility/v1/eligibility.grpc.pb.h"
#include "tsunagu/prescription/v1/copy.grpc.pb.h"
#include "tsunagu/prescription/v1/duplication.grpc.pb.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"
#include "tsunagu/prescription/v1/given.grpc.pb.h"
#include "tsunagu/prescription/v1/prescription.grpc.pb.h"

namespace tsunagu::terminal {
namespace {

using google::protobuf::Message;
using Stub = prescription::v1::Prescriptions::Stub;
using Facility = prescription::v1::FacilityPrescriptions::Stub;
using Duplication = prescription::v1::DuplicationCheck::Stub;
using Given = prescription::v1::GivenDrugs::Stub;

template <typename Service, typename Request, typename Response>
absl::Status Ask(const cli::Session& session,
                 grpc::Status (Service::*method)(grpc::ClientContext*, const Request&, Response*),
                 const Message& request, Message* response) {
  ASSIGN_OR_RETURN(Response answer, session.Call(method, dynamic_cast<const Request&>(request)));
  dynamic_cast<Response&>(*response) = std::move(answer);
  return absl::OkStatus();
}

}  // namespace

absl::Status SessionGateway::Call(prescription::envelope::Call call, const Message& request,
                                  Message* response) {
  using enum prescription::envelope::Call;
  switch (call) {
    case kRegister:
      return Ask(*session_, &Stub::Register, request, response);
    case kCancel:
      return Ask(*session_, &Stub::Cancel, request, response);
    case kChange:
      return Ask(*session_, &Stub::Change, request, response);
    case kUndoCancel:
      return Ask(*session_, &Stub::UndoCancel, request, response);
    case kUndoChange:
      return Ask(*session_, &Stub::UndoChange, request, response);
    case kGetStatus:
      return Ask(*session_, &Stub::GetStatus, request, response);
    case kGetCommand:
      return Ask(*session_, &Stub::GetCommand, request, response);
    case kAccept:
      return Ask(*session_, &Stub::Accept, request, response);
    case kRelease:
      return Ask(*session_, &Stub::Release, request, response);
    case kCollect:
      return Ask(*session_, &Stub::Collect, request, response);
    case kUndoCollect:
      return Ask(*session_, &Stub::UndoCollect, request, response);
    case kDispense:
      return Ask(*session_, &Stub::Dispense, request, response);
    case kCancelResult:
      return Ask(*session_, &Stub::CancelResult, request, response);
    case kChangeResult:
      return Ask(*session_, &Stub::ChangeResult, request, response);
    case kGetCopy:
      return Ask(*session_, &prescription::v1::PrescriptionCopy::Stub::GetCopy, request, response);
    case kListIssued:
      return Ask(*session_, &Facility::ListIssued, request, response);
    case kListDispensed:
      return Ask(*session_, &Facility::ListDispensed, request, response);
    case kGetResult:
      return Ask(*session_, &Facility::GetResult, request, response);
    case kPrepare:
      return Ask(*session_, &Duplication::Prepare, request, response);
    case kCheckDraft:
      return Ask(*session_, &Duplication::CheckDraft, request, response);
    case kCheckAcceptance:
      return Ask(*session_, &Duplication::CheckAcceptance, request, response);
    case kCheckDraftResult:
      return Ask(*session_, &Duplication::CheckDraftResult, request, response);
    case kRegisterGiven:
      return Ask(*session_, &Given::RegisterGiven, request, response);
    case kChangeGiven:
      return Ask(*session_, &Given::ChangeGiven, request, response);
    case kCancelGiven:
      return Ask(*session_, &Given::CancelGiven, request, response);
    case kSearchGiven:
      return Ask(*session_, &Given::SearchGiven, request, response);
    case kGetGiven:
      return Ask(*session_, &Given::GetGiven, request, response);
    case kNone:
      break;
  }
  return absl::UnimplementedError("no call answers this interface");
}

absl::Status SessionGateway::Check(const eligibility::v1::CheckRequest& request,
                                   eligibility::v1::CheckResponse* response) {
  return Ask(*session_, &eligibility::v1::Eligibility::Stub::Check, request, response);
}

}  // namespace tsunagu::terminal
