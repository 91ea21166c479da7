// The RPCs of ltc.proto.
#ifndef SERVICES_LTC_SERVICE_H_
#define SERVICES_LTC_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ltc/mailbox.h"
#include "services/platform/access/enrolment.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "tsunagu/audit/v1/audit.pb.h"
#include "tsunagu/ltc/v1/events.pb.h"
#include "tsunagu/ltc/v1/ltc.grpc.pb.h"

namespace tsunagu::ltc {

// Thread safe, as gRPC calls it. Folds of the host: {"ltc.journal", JournalFolder of a
// PackageDomain, ""}.
class LtcService : public v1::LongTermCare::CallbackService {
 public:
  // Both must outlive this. `enrolment` says to whom packages can be sent.
  LtcService(rpc::Host& host, const access::EnrolmentStore& enrolment)
      : host_(host), enrolment_(enrolment), topic_(host.Topic("ltc.journal")) {}

  grpc::ServerUnaryReactor* SendPackage(grpc::CallbackServerContext* context,
                                        const v1::SendPackageRequest* request,
                                        v1::SendPackageResponse* response) override;
  grpc::ServerUnaryReactor* ListPackages(grpc::CallbackServerContext* context,
                                         const v1::ListPackagesRequest* request,
                                         v1::ListPackagesResponse* response) override;
  grpc::ServerUnaryReactor* FetchPackage(grpc::CallbackServerContext* context,
                                         const v1::FetchPackageRequest* request,
                                         v1::FetchPackageResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgePackage(grpc::CallbackServerContext* context,
                                               const v1::AcknowledgePackageRequest* request,
                                               v1::AcknowledgePackageResponse* response) override;

 private:
  asio::awaitable<absl::Status> HandleSend(rpc::Call& call, const v1::SendPackageRequest& request,
                                           v1::SendPackageResponse& response);
  asio::awaitable<absl::Status> HandleList(rpc::Call& call, const v1::ListPackagesRequest& request,
                                           v1::ListPackagesResponse& response);
  asio::awaitable<absl::Status> HandleFetch(rpc::Call& call, const v1::FetchPackageRequest& request,
                                            v1::FetchPackageResponse& response);
  asio::awaitable<absl::Status> HandleAcknowledge(rpc::Call& call,
                                                  const v1::AcknowledgePackageRequest& request,
                                                  v1::AcknowledgePackageResponse& response);

  // States as they are in Redis, of the partition that `pseudonym` leads to.
  asio::awaitable<absl::StatusOr<std::vector<std::string>>> Read(std::string pseudonym,
                                                                 std::vector<std::string> names,
                                                                 absl::Time deadline);
  // What a sending is judged by.
  struct Sight {
    v1::Mailbox mailbox;
    v1::Contents same;  // the last package of the same contents; empty: none
  };
  asio::awaitable<absl::StatusOr<Sight>> See(const Reading& reading, absl::Time deadline);
  asio::awaitable<absl::StatusOr<v1::Mailbox>> ReadMailbox(std::string mailbox,
                                                           absl::Time deadline);
  // The package, its persons recorded with `outcome`; empty when there is none of that id.
  asio::awaitable<absl::StatusOr<v1::Package>> ReadPackage(rpc::Call& call, std::string package_id,
                                                           audit::v1::Outcome outcome);
  // Records something that happened to a known package; answers the package as it then is.
  asio::awaitable<absl::StatusOr<v1::Package>> Record(v1::PackageInfo info, std::string command_id,
                                                      v1::Event event, absl::Time deadline);

  rpc::Host& host_;
  const access::EnrolmentStore& enrolment_;
  const std::string topic_;
};

}  // namespace tsunagu::ltc

#endif  // SERVICES_LTC_SERVICE_H_
