#include "services/platform/rpc/grpc_status.h"

#include <gtest/gtest.h>

namespace tsunagu {
namespace {

absl::Status Taken() {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "TAKEN", "taken").Rule("JR-002");
}

TEST(GrpcStatusTest, AnErrorComesBackAsItWas) {
  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(Taken())), Taken());
  EXPECT_TRUE(FromGrpcStatus(ToGrpcStatus(absl::OkStatus())).ok());
}

TEST(GrpcStatusTest, WithoutDetailsCodeAndMessageRemain) {
  const absl::Status status = FromGrpcStatus({grpc::StatusCode::UNAVAILABLE, "no connection"});
  EXPECT_EQ(status, absl::UnavailableError("no connection"));
}

TEST(GrpcStatusTest, DetailsOfAnotherCodeAndRubbishAreNotBelieved) {
  const grpc::Status taken = ToGrpcStatus(Taken());
  for (const std::string& details : {taken.error_details(), std::string("\xFF rubbish")}) {
    EXPECT_EQ(FromGrpcStatus({grpc::StatusCode::UNAVAILABLE, "x", details}),
              absl::UnavailableError("x"));
  }
}

}  // namespace
}  // namespace tsunagu
