#include "tests/fault/walk_life.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/national/jst.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"

namespace tsunagu::fault {

using prescription::model::Act;
using prescription::model::Deed;
using prescription::model::Model;
using xades::DocumentKind;
namespace v1 = prescription::v1;
using Stub = v1::Prescriptions::Stub;

std::string Life::Prescription(int document) const {
  const std::string text = prescription::PrescriptionTextOf(terms_, document, scene_.today);
  return scene_.client.Sign(kClinic, xades::BuildPrescription(scene_.person.In(text), "").value(),
                            DocumentKind::kPrescription);
}

std::string Life::ResultOf(const Deed& deed) const {
  const std::string text = scene_.person.In(prescription::ResultTextOf(deed, terms_));
  return scene_.client.Sign(deed.facility, xades::BuildDispensing({text, document_, ""}).value(),
                            DocumentKind::kDispensing);
}

std::string Life::CancelEarly(const std::string& register_command, std::string* command) {
  v1::CancelRequest request;
  request.set_command_id(scene_.client.NewCommand());
  request.set_register_command_id(register_command);
  *request.mutable_identity() = scene_.person.Identity();
  *command = request.command_id();
  const auto answer = scene_.client.Insist(kClinic, &Stub::Cancel, request);
  scene_.story.Tell("cancelled before it was registered");
  return answer.ok() ? "" : absl::StrCat("early cancel: ", OutcomeOf(answer.status()));
}

std::string Life::Register(int document, bool overtaken) {
  Client& client = scene_.client;
  v1::RegisterRequest request;
  request.set_command_id(client.NewCommand());
  request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  request.set_insured_confirmed(true);
  request.set_document(Prescription(document));
  std::string cancelled;
  if (overtaken) {
    const std::string failure = CancelEarly(request.command_id(), &cancelled);
    if (!failure.empty()) return failure;
  }
  const auto answer = client.Insist(kClinic, &Stub::Register, request);
  if (!answer.ok()) return absl::StrCat("register: ", answer.status().ToString());
  id_ = answer->prescription_id();
  const bool known = client.Knows(kClinic, id_, request.command_id()) &&
                     (cancelled.empty() || client.Knows(kClinic, id_, cancelled));
  return known ? "" : "register: done, but no such command is known";
}

template <typename Request, typename Response>
std::string Life::Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                     const std::string& facility, Request request) {
  request.set_prescription_id(id_);
  return scene_.client.Do(facility, method, std::move(request), {id_}).outcome;
}

std::string Life::Change(const Deed& deed) {
  v1::ChangeRequest request;
  request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  request.set_insured_confirmed(true);
  request.set_document(Prescription(deed.document));
  return Do(&Stub::Change, deed.facility, std::move(request));
}

// What the pharmacy is handed is the document that stands, whatever was changed and undone.
std::string Life::Take(const Answer<v1::AcceptResponse>& answer, int document) {
  if (answer.outcome != "OK") return answer.outcome;
  document_ = answer.response.document();
  const auto read = xades::ReadDocument(document_);
  const bool right =
      read.ok() && absl::StrContains(read->payload, absl::StrCat("\n101,1,1,,", document, "\n"));
  return right ? "OK" : absl::StrCat("OK, BUT THE DOCUMENT IS NOT THAT OF NUMBER ", document);
}

std::string Life::Accept(const std::string& pharmacy, const Model& after) {
  v1::AcceptRequest request;
  request.set_prescription_id(id_);
  *request.mutable_identity() = scene_.person.Identity();
  return Take(scene_.client.Do(pharmacy, &Stub::Accept, request, {id_}), after.Document());
}

std::string Life::AcceptListed(const std::string& pharmacy, const std::string& care_context,
                               const Model& after) {
  v1::AcceptListedRequest request;
  request.set_prescription_id(id_);
  return Take(scene_.client.Do(pharmacy, &v1::FacilityPrescriptions::Stub::AcceptListed, request,
                               {id_}, care_context),
              after.Document());
}

std::string Life::Ask(const Deed& deed, const Model& after) {
  switch (deed.act) {
    case Act::kRegister:
      return "REGISTERED ONCE ONLY";
    case Act::kChange:
      return Change(deed);
    case Act::kCancel:
      return Do(&Stub::Cancel, deed.facility);
    case Act::kUndoCancel:
      return Do(&Stub::UndoCancel, deed.facility);
    case Act::kUndoChange:
      return Do(&Stub::UndoChange, deed.facility);
    case Act::kAccept:
      return Accept(deed.facility, after);
    case Act::kRelease:
      return Do(&Stub::Release, deed.facility);
    case Act::kCollect:
      return Do(&Stub::Collect, deed.facility);
    case Act::kUndoCollect:
      return Do(&Stub::UndoCollect, deed.facility);
    case Act::kCancelResult:
      return Do(&Stub::CancelResult, deed.facility);
    case Act::kChangeResult: {
      v1::ChangeResultRequest request;
      request.set_document(ResultOf(deed));
      return Do(&Stub::ChangeResult, deed.facility, std::move(request));
    }
    case Act::kDispense: {
      v1::DispenseRequest request;
      request.set_document(ResultOf(deed));
      return Do(&Stub::Dispense, deed.facility, std::move(request));
    }
  }
  return "NO SUCH ACT";
}

std::string Life::Compare(const Model& model) {
  v1::GetStatusRequest request;
  request.set_prescription_id(id_);
  const auto seen = scene_.client.Insist(kClinic, &Stub::GetStatus, request);
  if (!seen.ok()) return absl::StrCat("status: ", OutcomeOf(seen.status()));
  const auto from = model.AcceptFrom();
  const std::string expected =
      absl::StrCat("STATUS_", model.Status(scene_.today), " ", model.Holder(), " ", model.Results(),
                   " ", from.has_value() ? national::FormatDay(*from) : "");
  const std::string found = absl::StrCat(v1::Status_Name(seen->status()), " ", seen->holder(), " ",
                                         seen->uses(), " ", seen->accept_from());
  return found == expected ? "" : absl::StrCat("it is ", found, ", in the model ", expected);
}

}  // namespace tsunagu::fault
