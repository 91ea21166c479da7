#include "services/platform/rpc/config.h"

#include <gtest/gtest.h>

#include <fstream>

namespace tsunagu::rpc {
namespace {

constexpr char kComplete[] = R"(
  name: "eligibility" listen: "127.0.0.1:1" kafka: "k" redis: "r" subject_key_file: "s"
  tls { ca_file: "a" certificate_file: "c" key_file: "k" }
  principal_keys { key_id: "g" public_key_file: "p" }
)";

std::string Write(const std::string& name, const std::string& text) {
  const std::string path = testing::TempDir() + name;
  std::ofstream(path) << text;
  return path;
}

TEST(ConfigTest, DefaultsAreFilledIn) {
  const auto config = LoadConfig(Write("complete", kComplete));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->partitions(), 16);
  EXPECT_EQ(config->gateway_name(), "gateway-client");
  EXPECT_EQ(config->max_commands_in_flight(), 2000);
}

TEST(ConfigTest, EverythingMissingIsNamedAtOnce) {
  const auto config = LoadConfig(Write("empty", "partitions: -1"));
  EXPECT_EQ(config.status().code(), absl::StatusCode::kInvalidArgument);
  for (const char* part : {"name is missing", "kafka is missing", "partitions must lie"}) {
    EXPECT_NE(std::string(config.status().message()).find(part), std::string::npos) << part;
  }
}

TEST(ConfigTest, AnUnknownFieldIsNamedWithItsPlace) {
  const auto config = LoadConfig(Write("unknown", "name: \"x\"\nnmae: \"y\""));
  EXPECT_NE(std::string(config.status().message()).find("line 2"), std::string::npos)
      << config.status();
}

TEST(ConfigTest, AMissingFileIsNamed) {
  EXPECT_EQ(LoadConfig("/nonexistent").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace tsunagu::rpc
