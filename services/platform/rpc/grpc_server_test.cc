#include "services/platform/rpc/grpc_server.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/grpc.h>
#include <grpc/support/log.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace tsunagu::rpc {
namespace {

TEST(GrpcServerTest, WhatTheLibrariesSayIsALineOfTheLog) {
  PrepareGrpcServer();
  grpc_init();  // then it knows from which severity on it speaks
  testing::internal::CaptureStderr();
  gpr_log(GPR_ERROR, "the \"connection\" broke");
  GOOGLE_LOG(WARNING) << "a message near its limit";
  std::istringstream lines(testing::internal::GetCapturedStderr());
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  const auto grpc = nlohmann::json::parse(line);
  EXPECT_EQ(grpc["event"], "grpc.said");
  EXPECT_EQ(grpc["level"], "error");
  EXPECT_EQ(grpc["text"], "the \"connection\" broke");
  ASSERT_TRUE(std::getline(lines, line));
  const auto protobuf = nlohmann::json::parse(line);
  EXPECT_EQ(protobuf["event"], "protobuf.said");
  EXPECT_EQ(protobuf["level"], "warning");
  EXPECT_FALSE(std::getline(lines, line));
}

}  // namespace
}  // namespace tsunagu::rpc
