// The gRPC service tsunagu.prescription.v1.PrescriptionWatch. A stream reads the states again when
// their partition has advanced, on whichever replica it is: the views are everybody's.
#ifndef SERVICES_PRESCRIPTION_SERVICE_WATCH_H_
#define SERVICES_PRESCRIPTION_SERVICE_WATCH_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "services/platform/rpc/stream.h"
#include "tsunagu/journal/v1/journal.pb.h"
#include "tsunagu/prescription/v1/watch.grpc.pb.h"
#include "tsunagu/prescription/v1/watch.pb.h"

namespace tsunagu::prescription {

class WatchService : public v1::PrescriptionWatch::CallbackService {
 public:
  // `host` must outlive the service, and Run() must have ended before it goes.
  explicit WatchService(rpc::Host& host);

  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override;

 private:
  // What a stream follows in one partition.
  struct Part {
    std::string key;  // leads to the partition
    // By id: what was told last, or the version alone that the client has seen.
    std::map<std::string, v1::WatchResponse> seen;
    int64_t applied = 0;  // how far the partition was when it was read
  };
  using Stream = rpc::Stream<v1::WatchResponse>;

  asio::awaitable<absl::Status> Follow(rpc::Call& call, const v1::WatchRequest& request,
                                       Stream& stream);
  std::vector<Part> Parts(const v1::WatchRequest& request) const;
  // What of the part is not the caller's: it is not followed (RX-473).
  asio::awaitable<absl::StatusOr<std::vector<std::string>>> DropOthers(rpc::Call& call,
                                                                       Part& part) const;
  // Of those told so. If none is the caller's, the call is refused.
  asio::awaitable<absl::Status> Begin(rpc::Call& call, const v1::WatchRequest& request,
                                      std::vector<Part>& parts, Stream& stream) const;
  // The states of what the part follows, in its order.
  asio::awaitable<absl::StatusOr<std::vector<tsunagu::journal::v1::Stored>>> Read(Part& part) const;
  // Tells what has changed in the part since it was told.
  asio::awaitable<absl::Status> Tell(rpc::Call& call, Part& part, Stream& stream);
  // Until one of the parts has advanced, nobody listens, or the time has come.
  asio::awaitable<void> Wait(const std::vector<Part>& parts, const Stream& stream,
                             absl::Time until);
  v1::WatchResponse Heartbeat() const;

  rpc::Host& host_;
  const std::string topic_;
  std::map<std::string, int> streams_;  // open ones, by facility
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_WATCH_H_
