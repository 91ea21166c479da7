#include "tools/cli/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

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
