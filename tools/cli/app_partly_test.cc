// What came of a command that was done in part, and what to do about it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "tools/cli/files.h"
#include "tools/cli/program.h"
#include "tools/cli/test_app.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/emergency/v1/emergency.pb.h"
#include "tsunagu/ltc/v1/ltc.pb.h"
#include "tsunagu/medication/v1/medication.pb.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::json;

// CL-022, LTC-003
TEST_F(AppTest, OfTwoPackagesItIsToldWhichWasSentAndWhichWasNot) {
  const std::vector<std::string> names = {"UP1KYO_1370000001_43_1370000002_11_20260825101530.CSV",
                                          "UP1KYO_1370000001_43_1370000002_11_20260825101531.CSV"};
  std::string words = "--json ltc send";
  for (const std::string& name : names) {
    ASSERT_TRUE(WriteFile(Temporary(name), "x").ok());
    absl::StrAppend(&words, " $T/", name);
  }
  gateway_.Answer(R"(package_id: "k-1")");
  EXPECT_EQ(nlohmann::json::parse(Run(words).out)["answers"].size(), 2u);
  gateway_.Answer(R"(package_id: "k-1")", 2);
  const auto json = nlohmann::json::parse(Run(words).out);
  EXPECT_EQ(json["answers"].size(), 1u);
  EXPECT_EQ(json["error"]["reason"], "TAKEN");
  EXPECT_EQ(json["error"]["metadata"]["files_sent"], names[0]);
  EXPECT_EQ(json["error"]["metadata"]["files_not_sent"], names[1]);
}

// The first file that is refused is named, and no file is begun after it is known.
TEST_F(AppTest, OfManyReceiptFilesTheFirstRefusedIsNamed) {
  std::string words = "medication submit";
  for (int i = 0; i < 40; ++i) {
    const std::string name = absl::StrCat("receipt-", i);
    const std::string header = absl::StrCat("YK,1,13,4,", 1000000 + i, ",x,202605,00,1\n");
    ASSERT_TRUE(WriteFile(Temporary(name), header).ok());
    absl::StrAppend(&words, " $T/", name);
  }
  gateway_.Answer("receipts: 2 linked: 1 held: 1");
  const Done all = Run(words);
  EXPECT_EQ(all.status, Program::kDone) << all.err;
  EXPECT_NE(all.out.find("receipts: 80, "), std::string::npos) << all.out;
  EXPECT_EQ(gateway_.calls().size(), 40u);
  gateway_.Answer("");
  const Done refused = Run(words);
  EXPECT_EQ(refused.status, Program::kRefused);
  EXPECT_NE(refused.err.find("receipt-0\n"), std::string::npos) << refused.err;
  EXPECT_EQ(refused.out, "");
  EXPECT_LT(gateway_.calls().size(), 20u);
}

// CL-022, MH-100
TEST_F(AppTest, WhatWasTakenOfReceiptFilesStandsBesideTheRefusal) {
  for (const char* name : {"a.UKE", "bad.UKE", "c.UKE"}) {
    // Files without a header go one after the other.
    ASSERT_TRUE(WriteFile(Temporary(name), "x").ok());
  }
  const char* words = "--json medication submit $T/a.UKE $T/bad.UKE $T/c.UKE";
  gateway_.Answer("receipts: 2 linked: 1 held: 1", 2);
  const Done refused = Run(words);
  EXPECT_EQ(refused.status, Program::kRefused);
  const Json json = Json::parse(refused.out);
  EXPECT_EQ(json["answers"].size(), 1u);
  EXPECT_EQ(json["answers"][0]["receipts"], 2);
  const Json& told = json["error"]["metadata"];
  EXPECT_EQ(told["file"], Temporary("bad.UKE"));
  EXPECT_EQ(told["files_taken"], Temporary("a.UKE"));
  EXPECT_EQ(told["files_not_taken"], absl::StrCat(Temporary("bad.UKE"), ", ", Temporary("c.UKE")));
  EXPECT_FALSE(told.contains("files_unknown"));

  gateway_.RefuseWith(absl::DeadlineExceededError("late"));
  gateway_.Answer("receipts: 2", 2);
  const Json late = Json::parse(Run(words).out);
  EXPECT_EQ(late["error"]["metadata"]["files_unknown"], Temporary("bad.UKE"));
  EXPECT_EQ(late["error"]["metadata"]["files_not_taken"], Temporary("c.UKE"));
}

// CL-022
TEST_F(AppTest, AReceiptFileThatCannotBeReadIsNamedBesideWhatWasTaken) {
  ASSERT_TRUE(WriteFile(Temporary("a.UKE"), "x").ok());
  gateway_.Answer("receipts: 2");
  const Json json = Json::parse(Run("--json medication submit $T/a.UKE $T/missing.UKE").out);
  EXPECT_EQ(json["answers"][0]["receipts"], 2);
  EXPECT_EQ(json["error"]["code"], "NOT_FOUND");
  EXPECT_EQ(json["error"]["metadata"]["files_taken"], Temporary("a.UKE"));
}

// Rows of so many persons, each of some hundred bytes.
std::string InsuredRows(int persons) {
  std::string rows;
  for (int i = 0; i < persons; ++i) {
    absl::StrAppend(&rows, "39131016,", 10000000 + i, ",", std::string(900, 'n'),
                    ",19400115,20200401\n");
  }
  return rows;
}

// EL-002
TEST_F(AppTest, ABadRowInTheLastPartLoadsNothing) {
  const std::string bad = "39131016,99999999,x,2020010,20200401\n";
  ASSERT_TRUE(
      WriteFile(Temporary("long"), absl::StrCat(kInsuredHeader, InsuredRows(600), bad)).ok());
  gateway_.Answer("loaded: 1");
  const Done done = Run("--json eligibility load $T/long");
  EXPECT_EQ(done.status, Program::kRefused);
  const Json json = Json::parse(done.out);
  EXPECT_EQ(json["error"]["findings"][0]["rule"], "EL-129");
  EXPECT_EQ(json["error"]["findings"][0]["line"], 602);
  EXPECT_FALSE(json.contains("answers"));
  EXPECT_TRUE(gateway_.calls().empty());
}

// EL-002, CL-022
TEST_F(AppTest, OfALoadThatIsRefusedHalfWayItIsToldWhatIsLoaded) {
  ASSERT_TRUE(WriteFile(Temporary("long"), absl::StrCat(kInsuredHeader, InsuredRows(600))).ok());
  gateway_.Answer("loaded: 283", 2);
  const Json json = Json::parse(Run("--json eligibility load $T/long").out);
  EXPECT_EQ(json["answers"][0]["loaded"], 283);
  const Json& told = json["error"]["metadata"];
  const int loaded = std::stoi(told["rows_loaded"].get<std::string>());
  const int not_loaded = std::stoi(told["rows_not_loaded"].get<std::string>());
  EXPECT_GT(loaded, 200);
  EXPECT_EQ(loaded + not_loaded, 600);
  EXPECT_EQ(told["lines_not_loaded"], absl::StrCat(loaded + 2, "-601"));
  gateway_.Answer("loaded: 283", 2);
  const Done text = Run("eligibility load $T/long");
  EXPECT_EQ(text.out, "一部のみ登録 loaded in part: 283\n");
  EXPECT_NE(text.err.find(absl::StrCat("rows_loaded: ", loaded, "\n")), std::string::npos);
}

// CL-011
TEST_F(AppTest, AnEmptyFileIsNotLoaded) {
  ASSERT_TRUE(WriteFile(Temporary("empty"), "").ok());
  gateway_.Answer("loaded: 0");
  const Done done = Run("--json eligibility load $T/empty");
  EXPECT_EQ(done.status, Program::kRefused);
  EXPECT_EQ(Json::parse(done.out)["error"]["findings"][0]["rule"], "CL-011");
  EXPECT_TRUE(gateway_.calls().empty());
}

// CL-015: nobody is told of a --command-id that the command does not have.
TEST_F(AppTest, WhatIsRightAtADeadlineIsSaidOfTheCommand) {
  gateway_.Answer("");
  for (const absl::Status& late :
       {absl::DeadlineExceededError("late"),
        absl::Status(ErrorBuilder(absl::StatusCode::kDeadlineExceeded, "OUTCOME_UNKNOWN", "x")),
        absl::Status(ErrorBuilder(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE", "x"))}) {
    gateway_.RefuseWith(late);
    for (const char* words :
         {"eligibility load $T/insured", "medication submit $T/document",
          "emergency summary --insurer 01130012 --number 10 --birth 19700415 --reason xxxx"}) {
      const Done done = Run(words);
      EXPECT_EQ(done.status, Program::kAgain) << words;
      EXPECT_EQ(done.err.find("command-id"), std::string::npos) << words << done.err;
      EXPECT_NE(done.err.find("Repeat the same call."), std::string::npos) << words << done.err;
      EXPECT_NE(done.err.find("同じ呼び出しをもう一度"), std::string::npos) << words << done.err;
    }
    const Done command = Run("ltc ack k-1 --command-id command-1");
    EXPECT_NE(command.err.find("Repeat with the same --command-id."), std::string::npos);
    EXPECT_NE(command.err.find("同じ --command-id で再送"), std::string::npos) << command.err;
  }
}

}  // namespace
}  // namespace tsunagu::cli
