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
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "services/platform/rpc/stream.h"
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
    std::map<std::string, uint64_t> seen;
    int64_t applied = 0;  // how far the partition was when it was read
  };
  using Stream = rpc::Stream<v1::WatchResponse>;

  asio::awaitable<absl::Status> Follow(rpc::Call& call, const v1::WatchRequest& request,
                                       Stream& stream);
  std::vector<Part> Parts(const v1::WatchRequest& request) const;
  // Tells what has changed in the part since it was seen. `first`: what is not for the caller to
  // know ends the call; later it is told to be gone.
  asio::awaitable<absl::Status> Tell(rpc::Call& call, Part& part, bool first, Stream& stream);
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
