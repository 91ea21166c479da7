// The RPCs of tsunagu.audit.v1.Audit.
#ifndef SERVICES_AUDIT_SERVICE_H_
#define SERVICES_AUDIT_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/audit/history.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "tsunagu/audit/v1/audit.grpc.pb.h"

namespace tsunagu::audit {

// Every service writes it; this one folds it.
inline constexpr char kRecordsTopic[] = "audit.records";

// The handlers, without gRPC. Loop thread only.
class AuditHandlers {
 public:
  explicit AuditHandlers(rpc::Host& host) : host_(host) {}

  asio::awaitable<absl::Status> GetAccessHistory(
      rpc::Call& call, const tsunagu::audit::v1::GetAccessHistoryRequest& request,
      tsunagu::audit::v1::GetAccessHistoryResponse& response);
  asio::awaitable<absl::Status> DiscloseAccessHistory(
      rpc::Call& call, const tsunagu::audit::v1::DiscloseAccessHistoryRequest& request,
      tsunagu::audit::v1::DiscloseAccessHistoryResponse& response);

 private:
  struct Page {
    std::vector<tsunagu::audit::v1::Record> records;  // newest first
    std::string next_page_token;
  };
  struct Asked {
    int page_size = 0;       // as the request has it
    std::string page_token;  // as the request has it
  };

  // One page of the histories of these subjects, merged. Touches each of them.
  asio::awaitable<absl::StatusOr<Page>> Show(rpc::Call& call, std::vector<std::string> subjects,
                                             Asked asked);
  asio::awaitable<absl::StatusOr<Page>> ReadPage(std::vector<std::string> subjects, Asked asked,
                                                 absl::Time deadline);
  // The newest `limit` of the oldest `left` records (negative: of all); `left` becomes how many
  // there are.
  asio::awaitable<absl::StatusOr<Unshown>> ReadHistory(std::string subject, int limit,
                                                       int64_t& left, absl::Time deadline);

  rpc::Host& host_;
};

// Thread safe.
class AuditService final : public tsunagu::audit::v1::Audit::CallbackService {
 public:
  // `host` must outlive the service.
  explicit AuditService(rpc::Host& host) : dispatcher_(host.dispatcher()), handlers_(host) {}

  grpc::ServerUnaryReactor* GetAccessHistory(
      grpc::CallbackServerContext* context,
      const tsunagu::audit::v1::GetAccessHistoryRequest* request,
      tsunagu::audit::v1::GetAccessHistoryResponse* response) override;
  grpc::ServerUnaryReactor* DiscloseAccessHistory(
      grpc::CallbackServerContext* context,
      const tsunagu::audit::v1::DiscloseAccessHistoryRequest* request,
      tsunagu::audit::v1::DiscloseAccessHistoryResponse* response) override;

 private:
  rpc::Dispatcher& dispatcher_;
  AuditHandlers handlers_;
};

}  // namespace tsunagu::audit

#endif  // SERVICES_AUDIT_SERVICE_H_
