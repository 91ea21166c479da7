// From the bytes of a request to what came of it: reads the message, calls the gateway, writes the
// answer's message. Keeps nothing and touches no file.
#ifndef TOOLS_TERMINAL_EXCHANGE_H_
#define TOOLS_TERMINAL_EXCHANGE_H_

#include <google/protobuf/message.h>

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/prescription/envelope/interfaces.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"

namespace tsunagu::terminal {

// No more is read of a request.
inline constexpr size_t kMaxRequestBytes = size_t{4} << 20;

struct Outcome {
  enum class Kind {
    kAnswer,   // an answer for the vendor, be it a refusal
    kAgain,    // not known what came of it, or not possible now: the same is asked again
    kRubbish,  // no request; nothing was sent
  };
  Kind kind = Kind::kAnswer;
  std::string answer;  // the file
  bool refused = false;
  std::string code;                                   // of a refusal or of what stands in the way
  std::string text_ja, text_en;                       // of rubbish
  absl::Duration retry_after = absl::ZeroDuration();  // told by the gateway
};

// Thread safe.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual Outcome Do(int interface, absl::string_view bytes) = 0;
};

// The calls, as one identity. Thread safe.
class Gateway {
 public:
  virtual ~Gateway() = default;
  // `request` and `response` are of the types of that method.
  virtual absl::Status Call(prescription::envelope::Call call,
                            const google::protobuf::Message& request,
                            google::protobuf::Message* response) = 0;
  virtual absl::Status Check(const eligibility::v1::CheckRequest& request,
                             eligibility::v1::CheckResponse* response) = 0;
};

class GatewayExchange : public Exchange {
 public:
  // `gateway` outlives this. `institution`: whose requests are taken; empty: everybody's.
  GatewayExchange(Gateway* gateway, std::string institution, std::function<absl::Time()> now);

  Outcome Do(int interface, absl::string_view bytes) override;

 private:
  Outcome Eligibility(absl::string_view bytes);
  Outcome Prescription(const prescription::envelope::Interface& interface, absl::string_view bytes);

  Gateway* const gateway_;
  const std::string institution_;
  const std::function<absl::Time()> now_;
};

// Whether what came of a call is not known, or the call was put off (TM-021).
bool IsOpen(const absl::Status& status);

// For the vendor's software: the reason, or the name of the code where there is none.
std::string CodeOf(const absl::Status& status);

// An open outcome.
Outcome AskAgain(const absl::Status& status);

Outcome Rubbish(absl::string_view rule, absl::string_view text_ja, absl::string_view text_en);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_EXCHANGE_H_
