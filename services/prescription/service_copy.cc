// GetCopy: the patient's copy (控え), made anew from the registered document.
#include <utility>

#include "services/platform/hpki/xades/document.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/copy/content.h"
#include "services/prescription/copy/pdf.h"
#include "services/prescription/drug_names.h"
#include "services/prescription/errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/prescription.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_submitter.h"

namespace tsunagu::prescription {
namespace {

// RX-580: what the record does not say.
constexpr char kFromMaster[] = "（名称は医薬品マスター）";

// What was registered was read then, so whatever is missing here is our fault.
absl::StatusOr<std::string> CopyOf(const std::string& document,
                                   const record::DrugCatalogue* catalogue,
                                   const copy::Registration& registration) {
  const auto read = xades::ReadDocument(document);
  if (!read.ok()) return CopyNotMade();
  const auto file = record::CheckRecordFile(read->payload, nullptr).file;
  if (!file.has_value()) return CopyNotMade();
  record::Prescription prescription = record::MakePrescription(*file);
  NameDrugs(catalogue, prescription.issue_day, kFromMaster, prescription.rps);
  auto pdf = copy::MakePdf(copy::MakeContent(prescription, registration));
  if (!pdf.ok()) return CopyNotMade();
  return pdf;
}

}  // namespace

asio::awaitable<absl::Status> Handlers::GetCopy(rpc::Call& call, const v1::GetCopyRequest& request,
                                                v1::GetCopyResponse& response) {
  CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, request.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_DISCLOSED));
  if (state.issuer() != call.principal().facility()) co_return PrescriptionNotFound();
  const v1::Status status = StatusOn(state, national::JstDay(call.now()));
  if (status == v1::STATUS_CANCELLED) co_return PrescriptionCancelled();
  if (status == v1::STATUS_EXPIRED) co_return PrescriptionExpired();
  CO_ASSIGN_OR_RETURN(const std::string document,
                      co_await LoadDocument(state.id(), DocumentName(state.id()), call.deadline()));
  const copy::Registration registration = {state.id(), state.access_code(),
                                           state.issue_type() == v1::ISSUE_TYPE_PAPER, call.now()};
  CO_ASSIGN_OR_RETURN(std::string pdf,
                      co_await OnCpu(host_.cpu(), [this, &document, &registration] {
                        return CopyOf(document, catalogue(), registration);
                      }));
  response.set_pdf(std::move(pdf));
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
