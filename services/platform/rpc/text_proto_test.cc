#include "services/platform/rpc/text_proto.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tsunagu/config/v1/gateway.pb.h"

namespace tsunagu {
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

TEST(TextProtoTest, AFaultInAFileNamesTheFileAndTheLine) {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/route";
  std::ofstream(path) << "service: \"s\"\nadress: \"a\"";
  config::v1::Route route;
  const absl::Status status = ReadTextProto(path, &route);
  EXPECT_EQ(status.message().substr(0, path.size() + 9), path + ", line 2:") << status;
  EXPECT_EQ(ReadTextProto(path + "-missing", &route).code(), absl::StatusCode::kNotFound);
}

TEST(TextProtoTest, FilesComeBackByteForByte) {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/bytes";
  const std::string bytes("a\0\r\n\xFF", 5);
  std::ofstream(path, std::ios::binary) << bytes;
  EXPECT_EQ(*ReadFile(path), bytes);
}

TEST(TextProtoTest, AnEmptyFileIsEmpty) {
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/empty";
  std::ofstream(path) << "";
  EXPECT_EQ(*ReadFile(path), "");
}

}  // namespace
}  // namespace tsunagu
