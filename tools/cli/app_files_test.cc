// What the commands do with files against the test gateway.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "tools/cli/files.h"
#include "tools/cli/program.h"
#include "tools/cli/test_app.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/ltc/v1/ltc.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::cli {
namespace {

// CL-017
TEST_F(AppTest, WhatIsTakenAndNotWrittenIsNoRefusal) {
  const struct {
    const char* words;
    const char* answer;
    const char* command_id;
  } kFull[] = {
      {"prescription accept --id p-1 --command-id command-1", R"(document: "x")", "command-1"},
      {"prescription dispense p-1 $T/document --command-id command-1", R"(stamped_document: "x")",
       "command-1"},
      {"prescription status p-1", R"(dispensing_document: "x")", ""},
  };
  for (const auto& c : kFull) {
    gateway_.Answer(c.answer);
    const std::string full = absl::StrCat(c.words, " --out /dev/full");
    const Done done = Run(full);
    EXPECT_EQ(done.status, Program::kAgain) << c.words;
    EXPECT_NE(done.err.find("taken, but not written"), std::string::npos) << done.err;
    EXPECT_NE(done.err.find("操作は行われましたが"), std::string::npos) << done.err;
    EXPECT_EQ(done.err.find("操作番号 command id: command-1") != std::string::npos,
              *c.command_id != '\0')
        << done.err;
    const Done json = Run(absl::StrCat("--json ", full));
    EXPECT_EQ(json.status, Program::kAgain) << c.words;
    const auto error = nlohmann::json::parse(json.out)["error"];
    EXPECT_EQ(error["rule"], "CL-017") << json.out;
    EXPECT_EQ(error.value("command_id", ""), c.command_id) << json.out;
  }
  gateway_.Answer(R"(check { validity: VALIDITY_VALID } care_context: "a-token")");
  EXPECT_EQ(Run("eligibility check-in --number 10 --scope medication --out /dev/full").status,
            Program::kAgain);
  gateway_.Answer(R"(files { name: "full" content: "x" })");
  ASSERT_EQ(std::system(absl::StrCat("mkdir -p ", Temporary("full-folder"), " && ln -sf /dev/full ",
                                     Temporary("full-folder/full"))
                            .c_str()),
            0);
  EXPECT_EQ(Run("ltc fetch k-1 --force --out $T/full-folder").status, Program::kAgain);
}

// CL-007
TEST_F(AppTest, ADocumentThatIsThereIsKept) {
  ASSERT_TRUE(WriteFile(Temporary("kept"), "mine").ok());
  ASSERT_TRUE(WriteFile(Temporary("record"), kSj1).ok());
  gateway_.Answer(R"(prescription_id: "p-1" document: "a-token" stamped_document: "a-token")");
  for (const char* words : {"prescription sign $T/record", "prescription accept --id p-1",
                            "prescription status p-1", "prescription dispense p-1 $T/document"}) {
    const Done done = Run(absl::StrCat("--json ", words, " --out $T/kept"));
    EXPECT_EQ(nlohmann::json::parse(done.out)["error"]["reason"], "FILE_EXISTS") << done.out;
    EXPECT_EQ(ReadFile(Temporary("kept")).value(), "mine") << words;
  }
  EXPECT_TRUE(gateway_.calls().empty());  // CL-004
  const Done forced = Run("prescription sign $T/record --out $T/kept --force");
  EXPECT_EQ(forced.status, Program::kDone) << forced.err;
  EXPECT_NE(ReadFile(Temporary("kept")).value(), "mine");
}

// CL-007
TEST_F(AppTest, NoFileOfAPackageIsReplacedAndNoneIsWrittenBeside) {
  ASSERT_EQ(std::system(absl::StrCat("mkdir -p ", Temporary("kept-folder")).c_str()), 0);
  const std::string kept = Temporary("kept-folder/b"), other = Temporary("kept-folder/a");
  ASSERT_TRUE(WriteFile(kept, "mine").ok());
  gateway_.Answer(R"(files { name: "a" content: "new" } files { name: "b" content: "new" })");
  const Done done = Run("--json ltc fetch k-1 --out $T/kept-folder");
  EXPECT_EQ(nlohmann::json::parse(done.out)["error"]["reason"], "ANSWER_NOT_WRITTEN") << done.out;
  EXPECT_NE(done.out.find("--force replaces it"), std::string::npos) << done.out;
  EXPECT_EQ(ReadFile(kept).value(), "mine");
  EXPECT_FALSE(ReadFile(other).ok());
  EXPECT_EQ(Run("ltc fetch k-1 --force --out $T/kept-folder").status, Program::kDone);
  EXPECT_EQ(ReadFile(kept).value(), "new");
  EXPECT_EQ(ReadFile(other).value(), "new");
}

// CL-019
TEST_F(AppTest, AFileOfAnotherKindIsToldInWords) {
  ASSERT_TRUE(WriteFile(Temporary("record"), kSj1).ok());
  for (const char* words :
       {"prescription show $T/record", "eligibility check $T/record",
        "prescription dispense-file $T/record --pharmacy 1 --pharmacy-name P --pharmacist Q --out "
        "$T/out"}) {
    const Done done = Run(words);
    EXPECT_EQ(done.status, Program::kRefused) << words;
    EXPECT_NE(done.err.find("it is a record (SJ1, CJ1 or JAHIS); wanted is"), std::string::npos)
        << done.err;
    EXPECT_NE(done.err.find("CL-019"), std::string::npos) << done.err;
  }
  // One that is damaged, or too large, is told with its findings.
  ASSERT_TRUE(WriteFile(Temporary("damaged"), "<Document><Prescription>").ok());
  ASSERT_TRUE(WriteFile(Temporary("large"), std::string(5 << 20, 'x')).ok());
  const Done damaged = Run("--json prescription show $T/damaged");
  EXPECT_EQ(nlohmann::json::parse(damaged.out)["error"]["findings"][0]["rule"], "SIG-004");
  const Done large = Run("--json prescription sign --anyway $T/large --out $T/out");
  EXPECT_EQ(nlohmann::json::parse(large.out)["error"]["findings"][0]["rule"], "SIG-001");
}

// TM-031, TM-032
TEST_F(AppTest, AVendorReadsTheInterfacesWithoutAFolder) {
  const Done one = Run("--json terminal --interfaces 307");
  EXPECT_EQ(one.status, Program::kDone) << one.err;
  EXPECT_EQ(nlohmann::json::parse(one.out)["interfaces"].size(), 1u) << one.out;
  EXPECT_NE(Run("terminal --interfaces").out.find("【409】"), std::string::npos);
  EXPECT_NE(Run("terminal --interfaces 203 --example").out.find("<PrescriptionId>"),
            std::string::npos);
  const Done example = Run("--json terminal --interfaces 203 --example");
  EXPECT_TRUE(nlohmann::json::parse(example.out)["example"].is_string()) << example.out;
  for (const char* wrong :
       {"terminal", "terminal --status", "terminal --example", "terminal --interfaces --example",
        "terminal --interfaces --folder $T/folder"}) {
    EXPECT_EQ(Run(wrong).status, Program::kWrongUsage) << wrong;
  }
}

// CL-005
TEST_F(AppTest, ALongFileIsNoCareContext) {
  ASSERT_TRUE(WriteFile(Temporary("long"), std::string(7000, 'x')).ok());
  EXPECT_NE(Run("audit history --context $T/long").err.find("CL-005"), std::string::npos);
}

}  // namespace
}  // namespace tsunagu::cli
