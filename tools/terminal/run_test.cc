// The whole terminal on a real folder, with a gateway of the test.
#include "tools/terminal/run.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "tools/terminal/test_messages.h"

namespace tsunagu::terminal {
namespace {

namespace fs = std::filesystem;

std::string Content(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class RunTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { HoldSignals(); }

  void SetUp() override {
    fs::remove_all(root_);
    fs::create_directories(root_);
    options_.folder = root_;
  }

  void Start() {
    thread_ = std::thread([this] { result_ = terminal::Run(options_, Names(), exchange_); });
    Until([this] { return fs::exists(root_ + "/status.json"); });
  }

  // As the operating system tells a service to stop.
  void Stop() {
    kill(getpid(), SIGTERM);
    thread_.join();
    EXPECT_TRUE(result_.ok()) << result_;
  }

  template <typename Condition>
  static void Until(const Condition& holds) {
    const absl::Time end = absl::Now() + absl::Seconds(30);
    while (!holds() && absl::Now() < end) absl::SleepFor(absl::Milliseconds(5));
    EXPECT_TRUE(holds());
  }

  const std::string root_ = ::testing::TempDir() + "run";
  RunOptions options_;
  TestExchangeGateway gateway_;
  GatewayExchange exchange_{&gateway_, kInstitution, [] { return absl::Now(); }};
  std::thread thread_;
  absl::Status result_;
};

TEST_F(RunTest, TM002OneTerminalRunsOnAFolder) {
  Start();
  EXPECT_EQ(RuleOf(terminal::Run(options_, Names(), exchange_)), "TM-002");
  EXPECT_TRUE(absl::StrContains(StandingOf(root_)->text, "running"));
  Stop();
  EXPECT_TRUE(absl::StrContains(StandingOf(root_)->text, "stopped"));
  EXPECT_TRUE(absl::StrContains(StandingOf(root_)->json, "\"running\": false"));
  Start();
  Stop();
}

// TM-030
TEST_F(RunTest, OneThatWasKilledIsToldAsStoppedInBothForms) {
  Start();
  Stop();
  std::string left = Content(root_ + "/status.json");
  const size_t at = left.find("\"running\": false");
  ASSERT_NE(at, std::string::npos) << left;
  left.replace(at, 16, "\"running\": true");
  std::ofstream(root_ + "/status.json") << left;
  const auto standing = StandingOf(root_);
  EXPECT_TRUE(absl::StrContains(standing->text, "stopped")) << standing->text;
  EXPECT_TRUE(absl::StrContains(standing->json, "\"running\": false")) << standing->json;
}

// CL-045
TEST_F(RunTest, WhatLiesInTheFolderIsCountedWhenItIsAsked) {
  Start();
  Stop();
  const auto counts = [this] {
    const std::string json = StandingOf(root_)->json;
    std::string text;
    for (const char* count : {"\"dropped\": 2", "\"at_work\": 2", "\"quarantined\": 1"}) {
      text += absl::StrContains(json, count) ? "x" : "-";
    }
    return text;
  };
  EXPECT_EQ(counts(), "---");
  for (const char* name :
       {"req/ESPsiPIR01req_1.xml", "req/x", "work/ESPsiPIR01req_2.xml",
        "work/ESPsiPIR01req_2.xml.answer", "work/ESPsiPIR01req_3.xml.answered",
        "work/ESPsiPIR01req_4.xml.draft", "quarantine/y", "quarantine/y.reason.txt"}) {
    std::ofstream(root_ + "/" + name) << "x";
  }
  EXPECT_EQ(counts(), "xxx") << StandingOf(root_)->json;
  EXPECT_TRUE(absl::StrContains(StandingOf(root_)->text, "in req/: 2"));
}

// TM-005: an answer is whole as soon as it is seen, however its request was written.
TEST_F(RunTest, TM005AnswersAppearWhole) {
  constexpr int kRequests = 40;
  Start();
  std::thread vendor([this] {
    for (int i = 0; i < kRequests; ++i) {
      const std::string message = RegisterMessage(absl::StrCat("f-", i));
      const std::string name = absl::StrCat("ESPsiPIR01req_", i, ".xml");
      if (i % 2 == 0) {  // written beside and renamed
        std::ofstream(root_ + "/" + name) << message;
        fs::rename(root_ + "/" + name, root_ + "/req/" + name);
        continue;
      }
      std::ofstream slow(root_ + "/req/" + name);
      slow << message.substr(0, message.size() / 2);
      slow.flush();
      absl::SleepFor(absl::Milliseconds(20));
      slow << message.substr(message.size() / 2);
    }
  });
  std::set<std::string> seen;
  Until([&] {
    for (const auto& entry : fs::directory_iterator(root_ + "/res")) {
      if (!seen.insert(entry.path().filename()).second) continue;
      EXPECT_TRUE(absl::StartsWith(entry.path().filename().string(), "ESPsiPIR01res_"));
      EXPECT_TRUE(prescription::envelope::ReadAnswer(*prescription::envelope::FindInterface(201),
                                                     Content(entry.path()))
                      .answer.has_value());
    }
    return seen.size() == kRequests;
  });
  vendor.join();
  Stop();
  EXPECT_EQ(gateway_.done().size(), static_cast<size_t>(kRequests));
  EXPECT_TRUE(fs::is_empty(root_ + "/req"));
  EXPECT_TRUE(fs::is_empty(root_ + "/work"));
  EXPECT_TRUE(fs::is_empty(root_ + "/quarantine"));
}

TEST_F(RunTest, WhatWaitsWhenItStopsIsAnsweredByTheNext) {
  gateway_.LoseAnswers(1);
  Start();
  std::ofstream(root_ + "/req/ESPsiPIR01req_1.xml") << RegisterMessage();
  Until([this] { return !gateway_.calls().empty(); });
  Stop();
  EXPECT_TRUE(fs::exists(root_ + "/work/ESPsiPIR01req_1.xml"));
  Start();
  Until([this] { return fs::exists(root_ + "/res/ESPsiPIR01res_1.xml"); });
  Stop();
  EXPECT_EQ(gateway_.done().size(), 1u);
}

}  // namespace
}  // namespace tsunagu::terminal
