// What the RPCs of prescription.proto, copy.proto and erasure.proto do. Loop thread only;
// signatures and XML go to the CPU pool.
#ifndef SERVICES_PRESCRIPTION_SERVICE_HANDLERS_H_
#define SERVICES_PRESCRIPTION_SERVICE_HANDLERS_H_

#include <asio.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/access/rate_limiter.h"
#include "services/platform/national/jst.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "services/platform/status/macros.h"
#include "services/prescription/facility_page.h"
#include "services/prescription/prescription.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_guard.h"
#include "services/prescription/submission.h"
#include "services/prescription/trust.h"
#include "tsunagu/prescription/v1/copy.pb.h"
#include "tsunagu/prescription/v1/erasure.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"
#include "tsunagu/prescription/v1/facility.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::prescription {

class Handlers {
 public:
  // `catalogue` may be null. `host` must outlive this and its calls.
  Handlers(rpc::Host& host, std::unique_ptr<Trust> trust,
           std::unique_ptr<record::DrugCatalogue> catalogue);

  asio::awaitable<absl::Status> Register(rpc::Call& call, const v1::RegisterRequest& request,
                                         v1::RegisterResponse& response);
  asio::awaitable<absl::Status> Change(rpc::Call& call, const v1::ChangeRequest& request,
                                       v1::ChangeResponse& response);
  asio::awaitable<absl::Status> Cancel(rpc::Call& call, const v1::CancelRequest& request,
                                       v1::CancelResponse& response);
  asio::awaitable<absl::Status> UndoCancel(rpc::Call& call, const v1::UndoCancelRequest& request,
                                           v1::UndoCancelResponse& response);
  asio::awaitable<absl::Status> UndoChange(rpc::Call& call, const v1::UndoChangeRequest& request,
                                           v1::UndoChangeResponse& response);
  asio::awaitable<absl::Status> Accept(rpc::Call& call, const v1::AcceptRequest& request,
                                       v1::AcceptResponse& response);
  asio::awaitable<absl::Status> Release(rpc::Call& call, const v1::ReleaseRequest& request,
                                        v1::ReleaseResponse& response);
  asio::awaitable<absl::Status> Collect(rpc::Call& call, const v1::CollectRequest& request,
                                        v1::CollectResponse& response);
  asio::awaitable<absl::Status> UndoCollect(rpc::Call& call, const v1::UndoCollectRequest& request,
                                            v1::UndoCollectResponse& response);
  asio::awaitable<absl::Status> Dispense(rpc::Call& call, const v1::DispenseRequest& request,
                                         v1::DispenseResponse& response);
  asio::awaitable<absl::Status> ChangeResult(rpc::Call& call,
                                             const v1::ChangeResultRequest& request,
                                             v1::ChangeResultResponse& response);
  asio::awaitable<absl::Status> CancelResult(rpc::Call& call,
                                             const v1::CancelResultRequest& request,
                                             v1::CancelResultResponse& response);
  asio::awaitable<absl::Status> GetStatus(rpc::Call& call, const v1::GetStatusRequest& request,
                                          v1::GetStatusResponse& response);
  asio::awaitable<absl::Status> GetCopy(rpc::Call& call, const v1::GetCopyRequest& request,
                                        v1::GetCopyResponse& response);
  asio::awaitable<absl::Status> GetErasure(rpc::Call& call, const v1::GetErasureRequest& request,
                                           v1::GetErasureResponse& response);
  asio::awaitable<absl::Status> GetCommand(rpc::Call& call, const v1::GetCommandRequest& request,
                                           v1::GetCommandResponse& response);

  // facility.proto
  asio::awaitable<absl::Status> ListOpen(rpc::Call& call, const v1::ListOpenRequest& request,
                                         v1::ListOpenResponse& response);
  asio::awaitable<absl::Status> AcceptListed(rpc::Call& call,
                                             const v1::AcceptListedRequest& request,
                                             v1::AcceptResponse& response);
  asio::awaitable<absl::Status> ListIssued(rpc::Call& call, const v1::ListIssuedRequest& request,
                                           v1::ListIssuedResponse& response);
  asio::awaitable<absl::Status> ListDispensed(rpc::Call& call,
                                              const v1::ListDispensedRequest& request,
                                              v1::ListDispensedResponse& response);
  asio::awaitable<absl::Status> GetResult(rpc::Call& call, const v1::GetResultRequest& request,
                                          v1::GetResultResponse& response);
  asio::awaitable<absl::Status> DispenseTogether(rpc::Call& call,
                                                 const v1::DispenseTogetherRequest& request,
                                                 v1::DispenseTogetherResponse& response);

  // Null: drugs are not looked up.
  const record::DrugCatalogue* catalogue() const { return catalogue_.get(); }

 private:
  // One command on its way into the journal.
  struct Pending {
    journal::Command command;
    prescription::Command what;
    v1::CommandOutcome outcome;
    absl::Status refusal;  // what else speaks against it, once the state does not
  };

  Pending MakePending(const rpc::Call& call, const std::string& subject, const std::string& id,
                      const std::string& command_id, const google::protobuf::Message& request,
                      prescription::Command what) const;
  // What came of it.
  struct Settled {
    State state;                 // as it is now
    v1::CommandOutcome outcome;  // as it was at first
    bool repeated = false;
  };
  asio::awaitable<absl::StatusOr<Settled>> Apply(rpc::Call& call, Pending pending);

  // What every command is answered with (RX-054).
  template <typename Response>
  static void Answer(rpc::Call& call, const Settled& settled, Response& response) {
    if (settled.repeated) call.ChangesNothing();
    response.set_repeated(settled.repeated);
    response.set_status(StatusOn(settled.state, national::JstDay(call.now())));
  }

  // A command that names its prescription and nothing else.
  template <typename Request, typename Response>
  asio::awaitable<absl::Status> Simple(rpc::Call& call, const Request& request, Response& response,
                                       prescription::Command what) {
    call.TouchNobody();
    CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
    CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, request.prescription_id(),
                                                         tsunagu::audit::v1::OUTCOME_CHANGED));
    CO_ASSIGN_OR_RETURN(
        const Settled settled,
        co_await Apply(call, MakePending(call, state.subject(), state.id(), request.command_id(),
                                         request, std::move(what))));
    Answer(call, settled, response);
    co_return absl::OkStatus();
  }

  // The states of these names; `id`: a prescription's or a pseudonym.
  asio::awaitable<absl::StatusOr<std::vector<std::string>>> Read(std::string id,
                                                                 std::vector<std::string> names,
                                                                 absl::Time deadline);
  // PRESCRIPTION_NOT_FOUND when there is none, BAD_FIELD when `id` is none of ours. Says for the
  // audit whose it is.
  // The empty state when there is none.
  asio::awaitable<absl::StatusOr<State>> ReadState(std::string id, absl::Time deadline);
  asio::awaitable<absl::StatusOr<State>> Load(rpc::Call& call, std::string id,
                                              tsunagu::audit::v1::Outcome outcome);
  asio::awaitable<absl::StatusOr<std::string>> LoadDocument(std::string id, std::string name,
                                                            absl::Time deadline);
  // ASKED_TOO_OFTEN when the facility has asked for this prescription too often of late.
  absl::Status CheckPace(const rpc::Call& call, absl::string_view id);
  // The states of prescriptions in the partition of `id`, empty where there is none.
  asio::awaitable<absl::StatusOr<std::vector<State>>> ReadStates(std::string id,
                                                                 std::vector<std::string> ids,
                                                                 absl::Time deadline);
  // A list of a facility: where its lines stand, and which still belong there.
  using Namer = std::string (*)(absl::string_view facility, absl::string_view day);
  struct List {
    Namer name_of;
    bool (*belongs)(const State& state, const std::string& facility, const std::string& day);
    bool own_results;  // only those of the caller are shown
  };
  struct Days {
    std::vector<Listed> listed;  // in order, behind the page before
    int left_off = 0;
  };
  asio::awaitable<absl::StatusOr<Days>> ReadDays(Page page, Namer name_of, std::string facility,
                                                 absl::Time deadline);
  // The states of prescriptions in all partitions, in that order; empty where there is none.
  asio::awaitable<absl::StatusOr<std::vector<State>>> ReadAnywhere(std::vector<std::string> ids,
                                                                   absl::Time deadline);
  template <typename Response>
  asio::awaitable<absl::Status> AnswerPage(rpc::Call& call, Page page, const List& list,
                                           Response& response);
  // PRESCRIPTION_NOT_FOUND when one of them does not exist. Says for the audit whose they are.
  asio::awaitable<absl::StatusOr<std::vector<State>>> LoadTogether(
      rpc::Call& call, const v1::DispenseTogetherRequest& request);
  // What speaks against cancelling that result, unless that is done.
  absl::Status CheckCancelShared(const rpc::Call& call, const State& state,
                                 const v1::SharedResult& shared) const;
  // Cancels it in one prescription, unless that is done.
  asio::awaitable<absl::StatusOr<Settled>> CancelShared(rpc::Call& call,
                                                        const v1::CancelResultRequest& request,
                                                        const v1::SharedResult& shared);
  // The results with their notes; there is one.
  asio::awaitable<absl::Status> AnswerResults(rpc::Call& call, const State& state,
                                              v1::GetStatusResponse& response);
  // Adds what is open of one identity.
  asio::awaitable<absl::Status> ListOpenOf(rpc::Call& call, std::string subject,
                                           v1::ListOpenResponse& response);
  // Accept or AcceptListed, once it is clear that the patient is there.
  template <typename Request>
  asio::awaitable<absl::Status> AcceptFor(rpc::Call& call, const Request& request,
                                          const State& state, v1::AcceptResponse& response);
  // Whether the patient who is there is the prescription's. An identity beside the id counts as a
  // code that is tried (RX-554).
  asio::awaitable<absl::Status> CheckPatient(rpc::Call& call, const v1::AcceptRequest& request,
                                             const State& state);
  // The id of the person's prescription with that access code, as far as the guard lets look.
  asio::awaitable<absl::StatusOr<std::string>> FindByCode(rpc::Call& call,
                                                          v1::AcceptRequest request);
  // The same, whoever asks.
  asio::awaitable<absl::StatusOr<std::string>> LookUpCode(std::string subject, std::string code,
                                                          absl::Time deadline);
  // Draws an access code for it. PRESCRIPTION_EXISTS when the document was registered before,
  // TOO_MANY_OPEN when the person has enough.
  asio::awaitable<absl::Status> GiveAccessCode(rpc::Call& call, RegistrationVerdict& verdict);
  // PRESCRIPTION_EXISTS when the document was registered before, as another prescription than `id`.
  asio::awaitable<absl::Status> CheckIsNew(rpc::Call& call, std::string fingerprint,
                                           std::string id);
  // Judges a document and compares the patient with the insured person. Request: Register's or
  // Change's. `changed`: what it changes; empty: nothing.
  template <typename Request>
  asio::awaitable<RegistrationVerdict> Judge(rpc::Call& call, const Request& request,
                                             const State& changed);
  // A cancellation of what may not be registered yet (RX-071).
  asio::awaitable<absl::Status> CancelUnregistered(rpc::Call& call,
                                                   const v1::CancelRequest& request,
                                                   v1::CancelResponse& response);

  // Dispense or ChangeResult. `use`: of which the result has to be.
  template <typename Command, typename Request, typename Response>
  asio::awaitable<absl::Status> SubmitResult(rpc::Call& call, const Request& request, State state,
                                             int use, Response& response);

  // To a state that was made before fingerprints were kept in it.
  asio::awaitable<absl::Status> AddFingerprint(rpc::Call& call, State& state);

  asio::awaitable<absl::Status> AnswerAccept(rpc::Call& call, const State& state,
                                             v1::AcceptResponse& response);

  Judges judges() const { return {*trust_, host_.subjects(), catalogue_.get()}; }

  rpc::Host& host_;
  CodeGuard guard_;
  access::RateLimiter reads_;  // by facility and prescription
  const std::string topic_;
  const std::unique_ptr<Trust> trust_;
  const std::unique_ptr<record::DrugCatalogue> catalogue_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_HANDLERS_H_
