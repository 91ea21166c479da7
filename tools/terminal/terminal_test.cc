#include "tools/terminal/terminal.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "services/platform/status/error.h"
#include "tools/terminal/test_disk.h"
#include "tools/terminal/test_messages.h"

namespace tsunagu::terminal {
namespace {

using Fault = TestDisk::Fault;
using prescription::envelope::FindInterface;
using prescription::envelope::ReadAnswer;

constexpr char kRequest[] = "ESPsiPIR01req_1.xml";
constexpr char kAnswer[] = "res/ESPsiPIR01res_1.xml";
const std::string kDropped = absl::StrCat("req/", kRequest);

// A machine: what survives a stop of the program.
class TerminalTest : public ::testing::Test {
 protected:
  // Lets a new run of the program go on until there is nothing to do for it, or it stops. False:
  // it stopped.
  bool RunProgram(int rounds = 8) {
    Folder folder(&disk_, keep_);
    GatewayExchange exchange(&gateway_, kInstitution, [this] { return now_; });
    Terminal terminal(&folder, &exchange, Names(), Patience(), now_);
    try {
      for (int i = 0; i < rounds; ++i) {
        for (const std::string& name : terminal.Scan(now_, closed_)) terminal.Work(name, now_);
        now_ += absl::Minutes(2);
      }
    } catch (const Stopped&) {
      return false;
    }
    status_ = terminal.status(now_);
    return true;
  }

  prescription::envelope::Answer Answered(const std::string& path, int interface = 201) {
    EXPECT_TRUE(disk_.Has(path)) << path;
    const auto read = ReadAnswer(*FindInterface(interface), disk_.Take(path));
    EXPECT_TRUE(read.answer.has_value());
    return read.answer.value_or(prescription::envelope::Answer());
  }

  std::string Reason() {
    for (const std::string& name : disk_.In("quarantine")) {
      if (absl::EndsWith(name, ".reason.txt")) return disk_.Take("quarantine/" + name);
    }
    return "";
  }

  TestDisk disk_;
  TestExchangeGateway gateway_;
  absl::Time now_ = absl::FromUnixSeconds(1'795'400'000);
  std::set<std::string> closed_;
  bool keep_ = true;
  Status status_;
};

TEST_F(TerminalTest, ARequestIsAnsweredUnderTheMatchingName) {
  disk_.Drop(kDropped, RegisterMessage());
  ASSERT_TRUE(RunProgram());
  const auto answer = Answered(kAnswer);
  EXPECT_EQ(answer.header.file_identifier, "f-1");
  EXPECT_EQ(answer.fields.at("PrescriptionId"), "p-1");
  EXPECT_EQ(answer.fields.at("AccessCode"), "123456");
  EXPECT_EQ(disk_.In("done"), std::vector<std::string>{kRequest});
  EXPECT_TRUE(disk_.In("work").empty());
  EXPECT_EQ(status_.answered, 1);
  EXPECT_EQ(status_.refused, 0);
}

TEST_F(TerminalTest, AnEligibilityCheckIsAnswered) {
  disk_.Drop("req/OQSsiquc01req_7.xml", EligibilityMessage());
  ASSERT_TRUE(RunProgram());
  const std::string xml = disk_.Take("res/OQSsiquc01res_7.xml");
  EXPECT_TRUE(absl::StrContains(xml, "<QualificationValidity>1<"));
  EXPECT_TRUE(absl::StrContains(xml, "合成　一郎"));
}

TEST_F(TerminalTest, WithEraseNothingStays) {
  keep_ = false;
  disk_.Drop(kDropped, RegisterMessage());
  ASSERT_TRUE(RunProgram());
  EXPECT_TRUE(disk_.Has(kAnswer));
  EXPECT_TRUE(disk_.In("done").empty());
  EXPECT_TRUE(disk_.In("work").empty());
}

// TM-003
TEST_F(TerminalTest, TM003AStopAtAnyStepLosesAndDoublesNothing) {
  for (const bool keep : {true, false}) {
    for (const Fault fault :
         {Fault::kStopBefore, Fault::kStopAfter, Fault::kStopHalf, Fault::kFail}) {
      int step = 1;
      for (bool reached = true; reached; ++step) {
        disk_ = TestDisk();
        keep_ = keep;
        disk_.Drop(kDropped,
                   RegisterMessage(absl::StrCat("f", step, "-", static_cast<int>(fault), keep)));
        const size_t done_before = gateway_.done().size();
        disk_.FailAt(step, fault);
        const bool ended = RunProgram();
        reached = disk_.steps() >= step;
        EXPECT_EQ(ended, !reached || fault == Fault::kFail) << step;
        disk_.FailAt(0, fault);
        ASSERT_TRUE(RunProgram());
        EXPECT_EQ(gateway_.done().size(), done_before + 1) << step;
        EXPECT_EQ(disk_.In("res"), std::vector<std::string>{"ESPsiPIR01res_1.xml"}) << step;
        EXPECT_EQ(Answered(kAnswer).fields.at("PrescriptionId"), "p-1") << step;
        EXPECT_TRUE(disk_.In("req").empty()) << step;
        EXPECT_TRUE(disk_.In("quarantine").empty()) << step;
        EXPECT_EQ(disk_.In("done").size(), keep ? 1u : 0u) << step;
        // The vendor took the answer: no second one comes, whatever had happened.
        ASSERT_TRUE(RunProgram());
        EXPECT_TRUE(disk_.In("res").empty()) << step;
        EXPECT_EQ(disk_.In("work").size(), 0u) << step;
      }
      EXPECT_GE(step, 6) << "the test reached too few steps";
    }
  }
}

// TM-003: the vendor may take the answer before the program has gone on.
TEST_F(TerminalTest, TM003AnAnswerThatWasTakenBeforeTheStopIsNotWrittenAgain) {
  for (int step = 1; step <= 6; ++step) {
    disk_ = TestDisk();
    disk_.Drop(kDropped, RegisterMessage());
    disk_.FailAt(step, Fault::kStopAfter);
    RunProgram();
    const bool taken = disk_.Has(kAnswer);
    if (taken) disk_.Take(kAnswer);
    disk_.FailAt(0, Fault::kFail);
    ASSERT_TRUE(RunProgram());
    EXPECT_NE(disk_.Has(kAnswer), taken) << step;
  }
}

// TM-021
TEST_F(TerminalTest, TM021WhatIsNotKnownIsAskedAgainAsTheSameCommand) {
  gateway_.LoseAnswers(3);
  disk_.Drop(kDropped, RegisterMessage());
  ASSERT_TRUE(RunProgram(3));
  EXPECT_TRUE(disk_.In("res").empty());
  EXPECT_EQ(status_.unknown, 1);
  EXPECT_EQ(status_.codes.at("DEADLINE_EXCEEDED").count, 2);
  ASSERT_TRUE(RunProgram());
  EXPECT_EQ(gateway_.calls().size(), 4u);
  EXPECT_EQ(gateway_.done().size(), 1u);
  EXPECT_EQ(status_.unknown, 0);
  // TM-025: somebody else may have cancelled it since, so a repeat says that it is one.
  EXPECT_EQ(Answered(kAnswer).result_code, "REPEATED");
}

TEST_F(TerminalTest, TM021TheGatewaySaysWhenToComeAgain) {
  gateway_.RefuseNext(ErrorBuilder(absl::StatusCode::kResourceExhausted, "RATE_LIMITED", "slowly")
                          .RetryAfter(absl::Minutes(5)));
  disk_.Drop(kDropped, RegisterMessage());
  ASSERT_TRUE(RunProgram(1 + 2));
  EXPECT_EQ(gateway_.calls().size(), 1u);
  EXPECT_TRUE(disk_.In("res").empty());
}

// TM-004
TEST_F(TerminalTest, TM004TheSameNameWaitsUntilTheAnswerIsTaken) {
  disk_.Drop(kDropped, RegisterMessage("first"));
  ASSERT_TRUE(RunProgram());
  disk_.Drop(kDropped, RegisterMessage("second", "<Other/>"));
  ASSERT_TRUE(RunProgram());
  EXPECT_EQ(gateway_.done().size(), 1u);
  EXPECT_EQ(status_.answer_not_taken, 1);
  EXPECT_EQ(Answered(kAnswer).header.file_identifier, "first");
  ASSERT_TRUE(RunProgram());
  EXPECT_EQ(Answered(kAnswer).header.file_identifier, "second");
  EXPECT_EQ(gateway_.done().size(), 2u);
  EXPECT_EQ(disk_.In("done").size(), 2u);
}

TEST_F(TerminalTest, TM020TheSameFileAgainHasTheFirstOutcome) {
  for (int i = 0; i < 3; ++i) {
    disk_.Drop(kDropped, RegisterMessage());
    ASSERT_TRUE(RunProgram());
    EXPECT_EQ(Answered(kAnswer).fields.at("PrescriptionId"), "p-1");
  }
  EXPECT_EQ(gateway_.done().size(), 1u);
  disk_.Drop(kDropped, RegisterMessage("f-2"));
  ASSERT_TRUE(RunProgram());
  EXPECT_EQ(gateway_.done().size(), 2u);
}

TEST_F(TerminalTest, TM004AnAnswerThatSomebodyElsePutThereStays) {
  disk_.Drop(kDropped, RegisterMessage());
  disk_.FailAt(2, Fault::kStopAfter);
  EXPECT_FALSE(RunProgram());
  disk_.FailAt(0, Fault::kFail);
  disk_.Drop(kAnswer, "theirs");
  ASSERT_TRUE(RunProgram());
  EXPECT_EQ(disk_.Take(kAnswer), "theirs");
  ASSERT_TRUE(RunProgram());
  EXPECT_EQ(Answered(kAnswer).fields.at("PrescriptionId"), "p-1");
}

// TM-010
TEST_F(TerminalTest, TM010NoFileIsReadHalf) {
  const std::string whole = RegisterMessage();
  disk_.Drop(kDropped, whole.substr(0, whole.size() / 2));
  disk_.open.insert(kDropped);
  closed_ = {kRequest};
  ASSERT_TRUE(RunProgram());
  EXPECT_TRUE(gateway_.calls().empty());
  disk_.Drop(kDropped, whole);
  ASSERT_TRUE(RunProgram());  // still open
  EXPECT_TRUE(gateway_.calls().empty());
  disk_.open.clear();
  ASSERT_TRUE(RunProgram(1));
  EXPECT_EQ(gateway_.done().size(), 1u);
}

TEST_F(TerminalTest, TM010WhoWritesAfterTheClaimIsWaitedFor) {
  disk_.Drop(kDropped, RegisterMessage());
  disk_.open.insert(absl::StrCat("work/", kRequest));
  ASSERT_TRUE(RunProgram());
  EXPECT_TRUE(gateway_.calls().empty());
  EXPECT_EQ(status_.at_work, 1);
  disk_.open.clear();
  ASSERT_TRUE(RunProgram());
  EXPECT_EQ(gateway_.done().size(), 1u);
}

// TM-011
TEST_F(TerminalTest, TM011WhatIsNoRequestIsPutAsideWithItsReason) {
  const std::pair<std::string, FileKind> kRubbish[] = {
      {"req/notes.txt", FileKind::kFile},
      {"req/処方.xml", FileKind::kFile},
      {"req/.hidden_1.xml", FileKind::kFile},
      {"req/ESPsiPIR01req_a b.xml", FileKind::kFile},
      {"req/ESPsiPIR01res_1.xml", FileKind::kFile},
      {kDropped, FileKind::kLink},
      {"req/ESPsiPIR01req_2.xml", FileKind::kFolder},
      {"req/ESPsiPIR01req_3.xml", FileKind::kOther},
  };
  for (const auto& [path, kind] : kRubbish) {
    disk_ = TestDisk();
    disk_.Drop(path, "x", kind);
    ASSERT_TRUE(RunProgram());
    EXPECT_TRUE(disk_.In("req").empty()) << path;
    ASSERT_EQ(disk_.In("quarantine").size(), 2u) << path;
    EXPECT_TRUE(IsFileName(disk_.In("quarantine")[0]));
    EXPECT_TRUE(absl::StartsWith(Reason(), "TM-011\n")) << path;
    EXPECT_TRUE(disk_.In("res").empty());
  }
  EXPECT_TRUE(gateway_.calls().empty());
}

// TM-013
TEST_F(TerminalTest, TM013RubbishIsPutAsideAndNotSent) {
  const std::string whole = RegisterMessage();
  const std::string kRubbish[] = {
      "",
      "hello",
      whole.substr(0, whole.size() / 2),
      "<!DOCTYPE XmlMsg>" + whole,
      "\xFF\xFE" + whole,
      "<XmlMsg/>",
      std::string(kMaxRequestBytes + 1, ' '),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><XmlMsg>\x93\xFA</XmlMsg>"};
  for (const std::string& name : {std::string(kRequest), std::string("OQSsiquc01req_1.xml")}) {
    for (const std::string& bytes : kRubbish) {
      disk_ = TestDisk();
      disk_.Drop("req/" + name, bytes);
      ASSERT_TRUE(RunProgram());
      EXPECT_EQ(disk_.In("quarantine").size(), 2u);
      EXPECT_TRUE(absl::StartsWith(Reason(), "TM-013\n")) << bytes.substr(0, 80);
      EXPECT_TRUE(disk_.In("work").empty());
      EXPECT_TRUE(disk_.In("res").empty());
    }
  }
  EXPECT_TRUE(gateway_.calls().empty());
}

// TM-013, TM-003
TEST_F(TerminalTest, RubbishIsPutAsideOnceWhereverTheProgramStops) {
  for (const Fault fault : {Fault::kStopBefore, Fault::kStopAfter, Fault::kStopHalf}) {
    for (int step = 1; step <= 4; ++step) {
      disk_ = TestDisk();
      disk_.Drop(kDropped, "hello");
      disk_.FailAt(step, fault);
      RunProgram();
      disk_.FailAt(0, fault);
      ASSERT_TRUE(RunProgram());
      EXPECT_EQ(disk_.In("quarantine").size(), 2u) << step;
      EXPECT_TRUE(disk_.In("req").empty() && disk_.In("work").empty()) << step;
    }
  }
}

// TM-014
TEST_F(TerminalTest, TM014AnotherInstitutionsRequestIsPutAside) {
  for (const auto& [name, message] : {std::pair("ESPsiPIR01req_1.xml", RegisterMessage()),
                                      std::pair("OQSsiquc01req_1.xml", EligibilityMessage())}) {
    std::string other = message;
    other.replace(other.find(kInstitution), sizeof kInstitution - 1, "1319999913");
    disk_.Drop(absl::StrCat("req/", name), other);
    ASSERT_TRUE(RunProgram());
    EXPECT_TRUE(absl::StartsWith(Reason(), "TM-014\n"));
  }
  EXPECT_TRUE(gateway_.calls().empty());
}

// TM-006
TEST_F(TerminalTest, TM006TheStatusNamesNoFileAndNobody) {
  disk_.Drop("req/ESPsiPIR01req_yamada.xml", RegisterMessage("yamada", "<P>yamada</P>"));
  disk_.Drop("req/yamada.txt", "yamada");
  gateway_.LoseAnswers(100);
  ASSERT_TRUE(RunProgram());
  const std::string json = StatusJson(status_);
  EXPECT_FALSE(absl::StrContains(json, "yamada"));
  EXPECT_TRUE(absl::StrContains(json, "\"unknown\": 1"));
  EXPECT_TRUE(absl::StrContains(json, "\"quarantined\": 1"));
  EXPECT_TRUE(absl::StrContains(json, "DEADLINE_EXCEEDED"));
  const std::string text = StatusText(json, true);
  EXPECT_TRUE(absl::StrContains(text, "outcome unknown: 1"));
  EXPECT_TRUE(absl::StrContains(text, "DEADLINE_EXCEEDED"));
}

}  // namespace
}  // namespace tsunagu::terminal
