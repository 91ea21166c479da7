// For tests: a service as it runs in the field, on the shared broker and Redis, called as the
// gateway calls it.
//
//   class MedicationTest : public rpc::ServiceTest { ... };
//   auto config = Config("medication");
//   CreateTopics({"medication.journal", "medication.events", "prescription.events",
//   "audit.records"}); auto host = *rpc::Host::Create(config, folds); MedicationService
//   service(*host); Serve(*host, {&service}); auto stub = Medication::NewStub(Channel(config));
//   grpc::ClientContext context;
//   As(context, Pharmacist());
#ifndef SERVICES_PLATFORM_RPC_TESTING_TEST_HOST_H_
#define SERVICES_PLATFORM_RPC_TESTING_TEST_HOST_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/access/token.h"
#include "services/platform/rpc/host.h"
#include "tests/support/cluster.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::rpc {

// Who calls: a principal as the gateway would sign it now.
tsunagu::access::v1::Principal Practitioner(tsunagu::access::v1::Role role,
                                            tsunagu::access::v1::FacilityKind kind,
                                            const std::string& facility);
tsunagu::access::v1::Principal Organisation(tsunagu::access::v1::FacilityKind kind,
                                            const std::string& facility);

// A care context of that facility for these subjects, from the card reader, good for a day.
tsunagu::access::v1::CareContext ContextFor(const std::string& facility,
                                            const std::vector<std::string>& subjects,
                                            const std::vector<tsunagu::access::v1::Scope>& scopes);

// The status that a service meant, with its details (ReasonOf, RuleOf of platform/status).
absl::Status StatusOf(const grpc::Status& status);

class ServiceTest : public tests::ClusterTest {
 protected:
  static constexpr int kPartitions = 4;

  void SetUp() override;
  void TearDown() override;  // stops what was served, newest first

  // Names without the prefix of this test, which is unique.
  void CreateTopics(const std::vector<std::string>& names);

  // A configuration with real TLS, token keys and a free port. The pseudonyms' key is the
  // fixture's.
  tsunagu::service::v1::Service Config(const std::string& name);

  // Runs the host on a thread of its own and waits until its views are caught up. It must stay
  // until TearDown.
  void Serve(Host& host, const std::vector<grpc::Service*>& services);

  // The gateway's own channel to that service.
  std::shared_ptr<grpc::Channel> Channel(const tsunagu::service::v1::Service& config);

  // Puts the tokens into the call, and a deadline of two minutes.
  void As(grpc::ClientContext& context, const tsunagu::access::v1::Principal& principal);
  void With(grpc::ClientContext& context, const tsunagu::access::v1::CareContext& care_context);

  const std::string& prefix() const { return prefix_; }

 private:
  struct Running {
    Host* host;
    std::thread thread;
  };
  std::string prefix_;
  std::vector<Running> running_;
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_TESTING_TEST_HOST_H_
