// What the RPCs of duplication.proto do. Loop thread only; record files are read on the CPU pool.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_HANDLERS_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_HANDLERS_H_

#include <asio.hpp>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/drug_master/master.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/duplication/check.h"
#include "services/prescription/duplication/draft.h"
#include "services/prescription/duplication/pairs.h"
#include "services/prescription/prescription.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/service_masked_guard.h"
#include "tsunagu/prescription/v1/duplication.pb.h"
#include "tsunagu/prescription/v1/taking.pb.h"

namespace tsunagu::prescription {

class DuplicationHandlers {
 public:
  // `master`, `pairs` and `catalogue` may be null. `host` and `catalogue` must outlive this and its
  // calls.
  DuplicationHandlers(rpc::Host& host, std::unique_ptr<const drug_master::DrugMaster> master,
                      std::unique_ptr<const duplication::PairTable> pairs,
                      const record::DrugCatalogue* catalogue);

  asio::awaitable<absl::Status> Prepare(rpc::Call& call, const v1::PrepareRequest& request,
                                        v1::PrepareResponse& response);
  asio::awaitable<absl::Status> CheckDraft(rpc::Call& call, const v1::CheckDraftRequest& request,
                                           v1::CheckReport& response);
  asio::awaitable<absl::Status> CheckAcceptance(rpc::Call& call,
                                                const v1::CheckAcceptanceRequest& request,
                                                v1::CheckReport& response);
  asio::awaitable<absl::Status> CheckDraftResult(rpc::Call& call,
                                                 const v1::CheckDraftResultRequest& request,
                                                 v1::CheckReport& response);

 private:
  // What a person takes, of all the identities that may be read.
  struct Person {
    std::vector<std::string> subjects;
    std::deque<v1::Taking> prescribed;
    std::deque<v1::TakingInHouse> in_house;
    v1::Freshness freshness;

    duplication::Items items() const;
  };

  // Reads the identities of the care context, among which `subject` must be unless it is empty;
  // without one only that (RX-421). When it fails, the call says for the audit whom it was about.
  asio::awaitable<absl::StatusOr<Person>> ReadPerson(rpc::Call& call, std::string subject,
                                                     std::string prescription_id);
  asio::awaitable<absl::Status> AddSubject(std::string subject, absl::Time deadline,
                                           Person& person);
  // The prescription that the caller holds. NOT_HOLDER when somebody else does.
  asio::awaitable<absl::StatusOr<State>> LoadHeld(rpc::Call& call, std::string id);

  // Whether the draft of a result is about the patient of its prescription (RX-555). When it is
  // not, the call says for the audit whom it was about.
  absl::Status CheckPatient(rpc::Call& call, const duplication::DraftDocument& draft,
                            const State& state) const;

  // What a check is about.
  struct Subject {
    std::string pseudonym;
    std::string checked_prescription;  // its id; empty: a draft
    std::vector<const tsunagu::common::v1::Drug*> drugs;
    std::vector<const v1::AcceptedAlert*> accepted;
  };
  asio::awaitable<absl::Status> Answer(rpc::Call& call, Subject subject,
                                       duplication::Options options,
                                       const v1::CheckOptions& request, v1::CheckReport& response);
  // Of a prescription that the caller holds.
  asio::awaitable<absl::Status> CheckHeld(rpc::Call& call, const State& state,
                                          std::vector<const tsunagu::common::v1::Drug*> drugs,
                                          const v1::CheckOptions& request,
                                          v1::CheckReport& response);
  duplication::Options OptionsOf(const rpc::Call& call, const v1::CheckOptions& request) const;
  duplication::Tables tables() const { return {master_.get(), pairs_.get()}; }

  rpc::Host& host_;
  MaskedGuard masked_;
  const std::unique_ptr<const drug_master::DrugMaster> master_;
  const std::unique_ptr<const duplication::PairTable> pairs_;
  const record::DrugCatalogue* const catalogue_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_HANDLERS_H_
