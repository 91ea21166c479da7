#include "tools/cli/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "services/platform/status/error.h"

namespace tsunagu::cli {
namespace {

std::string Path(const std::string& name) { return ::testing::TempDir() + "/" + name; }

TEST(Files, WhatIsWrittenIsRead) {
  const std::string bytes("a\0\xff\n", 4);
  ASSERT_TRUE(WriteFile(Path("round"), bytes).ok());
  EXPECT_EQ(ReadFile(Path("round")).value(), bytes);
}

TEST(Files, WritingReplacesALongerFile) {
  ASSERT_TRUE(WriteFile(Path("replace"), "long content").ok());
  ASSERT_TRUE(WriteFile(Path("replace"), "short").ok());
  EXPECT_EQ(ReadFile(Path("replace")).value(), "short");
}

TEST(Files, OnlyTheOwnerMayReadWhatWeWrite) {
  ASSERT_TRUE(WriteFile(Path("secret"), "x").ok());
  struct stat about;
  ASSERT_EQ(stat(Path("secret").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST(Files, AnEmptyFileIsEmpty) {
  ASSERT_TRUE(WriteFile(Path("empty"), "").ok());
  EXPECT_EQ(ReadFile(Path("empty")).value(), "");
}

// CL-003, CL-004
TEST(Files, ErrorsNameThePath) {
  const auto missing = ReadFile("/nowhere/at-all");
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_NE(missing.status().message().find("/nowhere/at-all"), absl::string_view::npos);
  EXPECT_EQ(ReadFile(::testing::TempDir()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(WriteFile("/nowhere/at-all", "x").code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Files, AskingWhetherAFileCanBeWrittenChangesNothing) {
  ASSERT_TRUE(WriteFile(Path("there"), "content").ok());
  EXPECT_TRUE(CheckWritable(Path("there")).ok());
  EXPECT_EQ(ReadFile(Path("there")).value(), "content");
  EXPECT_TRUE(CheckWritable(Path("not-there")).ok());
  EXPECT_FALSE(ReadFile(Path("not-there")).ok());
  EXPECT_EQ(CheckWritable("/nowhere/at-all").code(), absl::StatusCode::kFailedPrecondition);
}

// CL-007
TEST(Files, AFileThatIsThereIsReplacedOnDemandOnly) {
  ASSERT_TRUE(WriteFile(OutFile{Path("mine")}, "first").ok());
  for (const absl::Status& status :
       {WriteFile(OutFile{Path("mine")}, "second"), CheckWritable(OutFile{Path("mine")})}) {
    EXPECT_EQ(ReasonOf(status), "FILE_EXISTS");
    EXPECT_EQ(RuleOf(status), "CL-007");
  }
  EXPECT_EQ(ReadFile(Path("mine")).value(), "first");
  EXPECT_TRUE(CheckWritable(OutFile{Path("mine"), true}).ok());
  ASSERT_TRUE(WriteFile(OutFile{Path("mine"), true}, "second").ok());
  EXPECT_EQ(ReadFile(Path("mine")).value(), "second");
}

// CL-017
TEST(Files, AnAnswerThatIsNotWrittenSaysThatTheCallStands) {
  EXPECT_TRUE(WriteAnswer(OutFile{Path("answer"), true}, "x").ok());
  const absl::Status full = WriteAnswer(OutFile{"/dev/full"}, "x");
  EXPECT_EQ(ReasonOf(full), "ANSWER_NOT_WRITTEN");
  EXPECT_EQ(RuleOf(full), "CL-017");
  EXPECT_NE(full.message().find("No space left"), absl::string_view::npos) << full;
  EXPECT_EQ(RuleOf(WriteAnswer(OutFile{Path("answer")}, "x")), "CL-017");
}

// CL-008
TEST(Files, WhoReadsWhileItIsReplacedReadsTheOldFile) {
  ASSERT_TRUE(WriteFile(Path("old"), "the old one").ok());
  std::ifstream reader(Path("old"));
  ASSERT_TRUE(WriteFile(Path("old"), "the new one").ok());
  std::string read;
  std::getline(reader, read);
  EXPECT_EQ(read, "the old one");
}

// CL-008
TEST(Files, NothingIsLeftBehind) {
  const std::string folder = Path("folder");
  ASSERT_EQ(mkdir(folder.c_str(), 0700), 0);
  ASSERT_EQ(mkdir((folder + "/inner").c_str(), 0700), 0);
  EXPECT_FALSE(WriteFile(folder + "/inner", "x").ok());
  EXPECT_FALSE(CheckWritable(folder + "/inner").ok());
  EXPECT_TRUE(CheckWritable(folder + "/file").ok());
  EXPECT_TRUE(WriteFile(folder + "/file", "x").ok());
  EXPECT_TRUE(WriteFile("/dev/null", "x").ok());
  EXPECT_TRUE(CheckWritable(OutFile{"/dev/null"}).ok());
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++files;
  EXPECT_EQ(files, 2);
}

// CL-003
TEST(Files, AnEndlessDeviceIsTooLarge) {
  EXPECT_EQ(ReadFile("/dev/zero").status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(Files, BaseNameIsAfterTheLastSlash) {
  EXPECT_EQ(BaseName("/a/b/c.txt"), "c.txt");
  EXPECT_EQ(BaseName("c.txt"), "c.txt");
  EXPECT_EQ(BaseName("/a/"), "");
}

}  // namespace
}  // namespace tsunagu::cli
