#include "services/prescription/service_submitter.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::prescription {
namespace {

using namespace tsunagu::access::v1;  // NOLINT: roles

Submitter SubmitterWith(const std::vector<Role>& roles) {
  auto principal = std::make_shared<Principal>();
  principal->set_facility("1311111111");
  for (const Role role : roles) principal->add_roles(role);
  const Rule rule;
  const rpc::Call call(rule, principal, nullptr, absl::FromUnixSeconds(7), absl::InfiniteFuture());
  return SubmitterOf(call, "register-1");
}

TEST(SubmitterTest, ItIsTheCallerWithTheLicencesThatSign) {
  const Submitter submitter =
      SubmitterWith({ROLE_GENERAL_NURSE, ROLE_PHARMACIST, ROLE_MEDICAL_DOCTOR, ROLE_DENTIST});
  EXPECT_EQ(submitter.facility, "1311111111");
  EXPECT_EQ(submitter.command_id, "register-1");
  EXPECT_EQ(submitter.now, absl::FromUnixSeconds(7));
  const std::vector<hpki::Role> licences = {hpki::Role::kPharmacist, hpki::Role::kMedicalDoctor,
                                            hpki::Role::kDentist};
  EXPECT_EQ(submitter.licences, licences);
}

TEST(SubmitterTest, OthersSignNothing) {
  EXPECT_TRUE(SubmitterWith({}).licences.empty());
  EXPECT_TRUE(SubmitterWith({ROLE_GENERAL_NURSE, ROLE_CERTIFIED_CARE_WORKER}).licences.empty());
}

TEST(OnCpuTest, WorkRunsOnThePoolAndItsResultComesBackToTheLoop) {
  asio::io_context loop;
  asio::thread_pool pool(1);
  std::thread::id worked, continued;
  auto handler = [&]() -> asio::awaitable<int> {
    const int result = co_await OnCpu(pool, [&worked] {
      worked = std::this_thread::get_id();
      return 42;
    });
    continued = std::this_thread::get_id();
    co_return result;
  };
  auto result = asio::co_spawn(loop, handler(), asio::use_future);
  loop.run();
  EXPECT_EQ(result.get(), 42);
  EXPECT_NE(worked, std::this_thread::get_id());
  EXPECT_EQ(continued, std::this_thread::get_id());
  pool.join();
}

}  // namespace
}  // namespace tsunagu::prescription
