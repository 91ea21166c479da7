// Who calls in a walk: people at their facilities, who send a command until they know what came of
// it.
#ifndef TESTS_FAULT_WALK_CLIENT_H_
#define TESTS_FAULT_WALK_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/platform/hpki/xades/sign.h"
#include "tests/fault/walk_tally.h"
#include "tools/cli/session.h"

namespace tsunagu::fault {

// tools/pki
inline constexpr char kClinic[] = "1311234567";
inline constexpr char kPharmacy[] = "1341234563", kOtherPharmacy[] = "1341234571";
inline constexpr char kInsurer[] = "1300000018";

// Whether what was asked for may have been done or not.
bool IsOpen(const absl::Status& status);

// "OK" or the reason; of what has none, everything that is known.
std::string OutcomeOf(const absl::Status& status);

template <typename Response>
struct Answer {
  std::string outcome;
  Response response;  // if the outcome is OK
};

// One thread only.
class Client {
 public:
  // `number`: another one's is another. `tally` must outlive this.
  Client(const std::string& pki, const std::string& gateway, int number, Tally* tally);

  std::string NewCommand();
  // By the doctor or pharmacist of that facility.
  std::string Sign(const std::string& facility, const std::string& document,
                   xades::DocumentKind kind) const;

  // Sends it until the outcome is known, for kPatience.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Insist(const std::string& facility,
                                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
                                  const Request& request, const std::string& care_context = "") {
    const absl::Time limit = absl::Now() + kPatience;
    while (true) {
      auto answer = sessions_.at(facility).Call(method, request, care_context);
      if (answer.ok() || !IsOpen(answer.status()) || absl::Now() > limit) return answer;
      tally_.SentAgain();
      absl::SleepFor(kPause);
    }
  }

  // Gives the command an id and sends it. What was done has to be known under that id, of each of
  // these prescriptions.
  template <typename Stub, typename Request, typename Response>
  Answer<Response> Do(const std::string& facility,
                      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                      Request request, const std::vector<std::string>& prescription_ids,
                      const std::string& care_context = "") {
    request.set_command_id(NewCommand());
    auto answer = Insist(facility, method, request, care_context);
    if (!answer.ok()) return {OutcomeOf(answer.status()), {}};
    std::string outcome = "OK";
    for (const std::string& id : prescription_ids) {
      if (!Knows(facility, id, request.command_id())) outcome = "OK, BUT NO SUCH COMMAND IS KNOWN";
    }
    return {std::move(outcome), *std::move(answer)};
  }

  // Whether GetCommand finds it.
  bool Knows(const std::string& facility, const std::string& prescription_id,
             const std::string& command_id);

 private:
  static constexpr absl::Duration kPatience = absl::Minutes(3);
  static constexpr absl::Duration kPause = absl::Milliseconds(100);

  const std::string prefix_;  // of command ids
  Tally& tally_;
  std::map<std::string, cli::Session> sessions_;  // by facility
  std::map<std::string, xades::Signer> signers_;
  int commands_ = 0;
};

}  // namespace tsunagu::fault

#endif  // TESTS_FAULT_WALK_CLIENT_H_
