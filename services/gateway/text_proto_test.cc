#include "services/gateway/text_proto.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tsunagu/config/v1/gateway.pb.h"

namespace tsunagu::gateway {
namespace {

TEST(TextProtoTest, ReadsAMessage) {
  config::v1::Route route;
  ASSERT_TRUE(ParseTextProto("service: \"s\" address: \"a\"", &route).ok());
  EXPECT_EQ(route.service(), "s");
  EXPECT_EQ(route.address(), "a");
}

TEST(TextProtoTest, AnErrorHasItsPosition) {
  config::v1::Route route;
  const absl::Status status = ParseTextProto("service: \"s\"\n  adress: \"a\"", &route);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message().substr(0, 2), "2:") << status;
}

TEST(TextProtoTest, OtherBytesAreAnError) {
  config::v1::Route route;
  for (const char* text : {"{", "\xff\xfe", "service: 5", "service: \"open"}) {
    EXPECT_FALSE(ParseTextProto(text, &route).ok()) << text;
  }
}

TEST(TextProtoTest, ReadsAFile) {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/file";
  std::ofstream(path) << "text";
  EXPECT_EQ(*ReadFile(path), "text");
  EXPECT_EQ(ReadFile(path + "-missing").status().code(), absl::StatusCode::kNotFound);
}

TEST(TextProtoTest, AnEmptyFileIsEmpty) {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/empty";
  std::ofstream(path) << "";
  EXPECT_EQ(*ReadFile(path), "");
}

}  // namespace
}  // namespace tsunagu::gateway
