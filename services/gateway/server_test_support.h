// For tests: a running gateway with the certificates of tools/pki, and clients that call it.
#ifndef SERVICES_GATEWAY_SERVER_TEST_SUPPORT_H_
#define SERVICES_GATEWAY_SERVER_TEST_SUPPORT_H_

#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/gateway/server.h"
#include "services/gateway/test_backend.h"
#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::gateway {

inline constexpr char kRegister[] = "/tsunagu.prescription.v1.Prescriptions/Register";
inline constexpr char kAccept[] = "/tsunagu.prescription.v1.Prescriptions/Accept";
inline constexpr char kLoad[] = "/tsunagu.eligibility.v1.Eligibility/LoadInsured";
inline constexpr char kHistory[] = "/tsunagu.medication.v1.Medication/GetHistory";
inline constexpr char kSummary[] = "/tsunagu.emergency.v1.Emergency/GetSummary";
inline constexpr char kHealth[] = "/grpc.health.v1.Health/Check";
inline constexpr char kServing[] = "\x08\x01";  // grpc.health.v1.HealthCheckResponse
inline constexpr char kNotServing[] = "\x08\x02";
inline constexpr char kClinic[] = "1311234567";
inline constexpr char kPharmacy[] = "1341234563";

std::string Temporary(const std::string& name);
void Write(const std::string& path, const std::string& text);

struct Answer {
  grpc::Status status;
  std::string bytes;

  absl::Status details() const;  // as the service or the gateway made it
};

using Metadata = std::vector<std::pair<std::string, std::string>>;

// One client with one connection.
class Client {
 public:
  Client(int port, const std::string& identity);

  // An infinite timeout is no deadline.
  Answer Call(const std::string& path, const Metadata& metadata = {},
              const std::string& request = "hello",
              absl::Duration timeout = absl::InfiniteDuration(),
              grpc_compression_algorithm compression = GRPC_COMPRESS_NONE);

  grpc::GenericStub& stub() { return *stub_; }

  // Ends without ever sending a message.
  Answer CallWithoutMessage(const std::string& path);

 private:
  std::unique_ptr<grpc::GenericStub> stub_;
};

void ExpectOk(const Answer& answer);  // to the request "hello"
void ExpectRefused(const Answer& answer, grpc::StatusCode code, const char* reason,
                   const char* rule);

// TLS refused the certificate: there is no call that could be told why.
void ExpectNoConnection(const Answer& answer);

class GatewayTest : public testing::Test {
 protected:
  static void SetUpTestSuite();
  void SetUp() override;

  // Starts the gateway anew, with more fields of its configuration.
  void Start(const std::string& extra);
  Client Connect(const std::string& identity);

  // A care context of `facility`, issued now for an hour, with the medication scope.
  static access::v1::CareContext Context(const std::string& facility);
  static std::string Sign(const access::v1::CareContext& context, const std::string& key_id,
                          const std::string& key_file);
  static Metadata Presenting(const access::v1::CareContext& context);

  // The principal of the only call that the backend has seen.
  access::v1::Principal SeenPrincipal();

  double ReadyGauge();
  bool HasFault(const std::string& what);  // tsunagu_fault

  // Revokes an identity in a copy of the hierarchy and puts its lists in force.
  void Revoke(const std::string& identity);

  static TestBackend* backend_;
  static std::atomic<int64_t> seconds_later_;  // of the gateway's clock
  const std::string crls_ = Temporary("crls.pem");
  std::unique_ptr<GatewayServer> server_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_SERVER_TEST_SUPPORT_H_
