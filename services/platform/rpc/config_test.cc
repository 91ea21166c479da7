#include "services/platform/rpc/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/rpc/text_proto.h"

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

tsunagu::service::v1::Service Complete() {
  tsunagu::service::v1::Service config;
  EXPECT_TRUE(ReadTextProto(Write("base", kComplete), &config).ok());
  return config;
}

// Each case leaves out or spoils one field, and is told by that field alone.
TEST(ConfigTest, EveryRequiredFieldIsAskedFor) {
  using Service = tsunagu::service::v1::Service;
  const struct {
    void (*spoil)(Service&);
    const char* told;
  } kCases[] = {
      {[](Service& c) { c.clear_name(); }, "name is missing"},
      {[](Service& c) { c.clear_listen(); }, "listen is missing"},
      {[](Service& c) { c.clear_kafka(); }, "kafka is missing"},
      {[](Service& c) { c.clear_redis(); }, "redis is missing"},
      {[](Service& c) { c.clear_subject_key_file(); }, "subject_key_file is missing"},
      {[](Service& c) { c.clear_principal_keys(); }, "principal_keys are missing"},
      {[](Service& c) { c.mutable_tls()->clear_ca_file(); }, "tls.ca_file is missing"},
      {[](Service& c) { c.mutable_tls()->clear_certificate_file(); },
       "tls.certificate_file is missing"},
      {[](Service& c) { c.mutable_tls()->clear_key_file(); }, "tls.key_file is missing"},
      {[](Service& c) { c.set_partitions(-1); }, "partitions must lie between 1 and 4096"},
      {[](Service& c) { c.set_partitions(4097); }, "partitions must lie between 1 and 4096"},
      {[](Service& c) { c.set_default_deadline_ms(-1); },
       "default_deadline_ms must lie between 1 and 600000"},
      {[](Service& c) { c.set_max_message_bytes((64 << 20) + 1); },
       "max_message_bytes must lie between 1 and 67108864"},
      {[](Service& c) { c.set_max_commands_in_flight(100'001); },
       "max_commands_in_flight must lie between 1 and 100000"},
      {[](Service& c) { c.set_session_timeout_ms(999); },
       "session_timeout_ms must lie between 1000 and 60000"},
      {[](Service& c) { c.set_cpu_threads(-1); }, "cpu_threads must lie between 1 and 256"},
  };
  for (const auto& [spoil, told] : kCases) {
    Service config = Complete();
    spoil(config);
    const auto checked = CheckConfig(config);
    EXPECT_EQ(checked.status().code(), absl::StatusCode::kInvalidArgument) << told;
    EXPECT_EQ(checked.status().message(), told);
  }
}

TEST(ConfigTest, EachLimitOfPrescriptionsHasADefaultAndBounds) {
  using tsunagu::service::v1::PrescriptionLimits;
  const auto* limits = PrescriptionLimits::descriptor();
  ASSERT_GT(limits->field_count(), 0);
  const auto defaults = CheckConfig(Complete());
  ASSERT_TRUE(defaults.ok()) << defaults.status();
  for (int i = 0; i < limits->field_count(); ++i) {
    const auto* field = limits->field(i);
    const auto* access = PrescriptionLimits::GetReflection();
    EXPECT_GT(access->GetInt32(defaults->prescription_limits(), field), 0) << field->name();
    for (const int outside : {-1, std::numeric_limits<int>::max()}) {
      tsunagu::service::v1::Service config = Complete();
      access->SetInt32(config.mutable_prescription_limits(), field, outside);
      EXPECT_THAT(CheckConfig(config).status().message(),
                  testing::StartsWith(absl::StrCat(field->name(), " must lie between")));
    }
  }
}

// RX-539
TEST(ConfigTest, NoPeriodOfRetentionIsShorterThanTheLawsAndNoDayHasTwo) {
  const struct {
    std::vector<std::pair<const char*, int>> rules;
    const char* told;  // empty: good
  } kCases[] = {
      {{{"20270401", 5}, {"20260401", 3}}, ""},
      {{{"20270401", 2}}, "retention.years must lie between 3 and 100"},
      {{{"20270401", 101}}, "retention.years must lie between 3 and 100"},
      {{{"20270401", 5}, {"20270401", 5}},
       "retention.completed_from must be a day, YYYYMMDD, each once"},
      {{{"5090401", 5}}, "retention.completed_from must be a day, YYYYMMDD, each once"},
      {{{"", 5}}, "retention.completed_from must be a day, YYYYMMDD, each once"},
  };
  for (const auto& [rules, told] : kCases) {
    tsunagu::service::v1::Service config = Complete();
    for (const auto& [from, years] : rules) {
      auto& rule = *config.add_retention();
      rule.set_completed_from(from);
      rule.set_years(years);
    }
    EXPECT_EQ(CheckConfig(config).status().message(), told);
  }
}

TEST(ConfigTest, LimitsAreInclusive) {
  tsunagu::service::v1::Service config = Complete();
  config.set_session_timeout_ms(1000);
  for (const int partitions : {1, 4096}) {
    config.set_partitions(partitions);
    const auto checked = CheckConfig(config);
    ASSERT_TRUE(checked.ok()) << checked.status();
    EXPECT_EQ(checked->partitions(), partitions);
    EXPECT_EQ(checked->session_timeout_ms(), 1000);
  }
}

TEST(ConfigTest, CheckingTwiceChangesNothing) {
  const auto once = CheckConfig(Complete());
  ASSERT_TRUE(once.ok());
  EXPECT_EQ(CheckConfig(*once)->SerializeAsString(), once->SerializeAsString());
}

TEST(ConfigTest, TruncatedFilesAreRefusedOrLackSomething) {
  const std::string text = kComplete;
  // The last field and its closing brace are needed.
  for (size_t size = 0; size < text.rfind('}'); ++size) {
    EXPECT_FALSE(LoadConfig(Write("truncated", text.substr(0, size))).ok()) << size;
  }
}

}  // namespace
}  // namespace tsunagu::rpc
