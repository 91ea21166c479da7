// For tests: a service that answers every method with its request, behind internal TLS.
#ifndef SERVICES_GATEWAY_TEST_BACKEND_H_
#define SERVICES_GATEWAY_TEST_BACKEND_H_

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace tsunagu::gateway {

// Requests that mean something else than "send this back".
inline constexpr char kFailRequest[] = "fail";  // FAILED_PRECONDITION, SERVICE_REFUSED, AC-001
inline constexpr char kBareRequest[] = "bare";  // INTERNAL without details
// UNIMPLEMENTED without details: the first is no message at all, the second would be one.
inline constexpr char kUnreadRequest[] = "unread";
inline constexpr char kLackingRequest[] = "\xa0\x06\x01";
inline constexpr char kSlowRequest[] = "slow";  // answered after kSlow
// Streams: the request itself again and again, for ever, or three times and then like "fail".
inline constexpr char kEndlessRequest[] = "endless";
inline constexpr char kThriceRequest[] = "thrice";
inline constexpr absl::Duration kTick = absl::Milliseconds(50);
inline constexpr absl::Duration kSlow = absl::Milliseconds(800);

// What came in with a call.
struct SeenCall {
  std::string path;
  std::multimap<std::string, std::string> metadata;
  absl::Duration time_left;
};

// Thread safe.
class TestBackend : public grpc::CallbackGenericService {
 public:
  // The certificate files are PEM texts. Listens on a free loopback port.
  TestBackend(const std::string& ca, const std::string& certificate, const std::string& key);

  int port() const { return port_; }
  std::vector<SeenCall> TakeSeen();
  // Streams that have begun and not ended.
  int open_streams() const { return open_streams_; }

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  absl::Mutex mutex_;
  std::vector<SeenCall> seen_ ABSL_GUARDED_BY(mutex_);
  std::atomic<int> open_streams_ = 0;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_TEST_BACKEND_H_
