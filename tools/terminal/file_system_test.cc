#include "tools/terminal/file_system.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>
#include <vector>

#include "services/platform/status/error.h"

namespace tsunagu::terminal {
namespace {

class FileSystemTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
    files_ = OpenFolder(root_).value();
  }
  std::string Path(const std::string& path) const { return root_ + "/" + path; }

  const std::string root_ = ::testing::TempDir() + "exchange";
  std::unique_ptr<FileSystem> files_;
};

TEST_F(FileSystemTest, TM001TheFoldersAreRealAndThere) {
  for (const char* name : {"req", "res", "work", "done", "quarantine"}) {
    EXPECT_TRUE(std::filesystem::is_directory(Path(name)));
  }
  EXPECT_EQ(RuleOf(OpenFolder(Path("nowhere")).status()), "TM-001");
  std::filesystem::remove(Path("res"));
  std::filesystem::create_directory_symlink(Path("req"), Path("res"));
  EXPECT_EQ(RuleOf(OpenFolder(root_).status()), "TM-001");
  std::filesystem::remove(Path("res"));
  std::filesystem::create_directory_symlink("/dev/shm", Path("res"));
  EXPECT_EQ(RuleOf(OpenFolder(root_).status()), "TM-001");
}

TEST_F(FileSystemTest, WhatIsWrittenIsReadAndNobodyElses) {
  ASSERT_TRUE(files_->Write("work/a", "hello").ok());
  EXPECT_EQ(files_->Read("work/a", 5).value(), "hello");
  EXPECT_EQ(files_->Tail("work/a", 2).value(), "lo");
  EXPECT_EQ(files_->Read("work/a", 4).status().code(), absl::StatusCode::kResourceExhausted);
  struct stat about;
  ASSERT_EQ(stat(Path("work/a").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777 & ~0640u, 0u);
  ASSERT_TRUE(files_->Write("work/a", "x").ok());
  EXPECT_EQ(files_->Read("work/a", 5).value(), "x");
}

TEST_F(FileSystemTest, TM004AMoveReplacesNothing) {
  ASSERT_TRUE(files_->Write("work/a", "new").ok());
  ASSERT_TRUE(files_->Write("res/b", "old").ok());
  EXPECT_TRUE(absl::IsAlreadyExists(files_->Move("work/a", "res/b")));
  EXPECT_EQ(files_->Read("res/b", 9).value(), "old");
  EXPECT_TRUE(files_->Move("work/a", "res/c").ok());
  EXPECT_EQ(files_->Read("res/c", 9).value(), "new");
  EXPECT_TRUE(absl::IsUnavailable(files_->Move("work/a", "res/d")));
  EXPECT_TRUE(files_->Replace("res/c", "res/b").ok());
  EXPECT_EQ(files_->Read("res/b", 9).value(), "new");
  EXPECT_TRUE(files_->Remove("res/b").ok());
  EXPECT_TRUE(files_->Remove("res/b").ok());
}

TEST_F(FileSystemTest, TM011OnlyRegularFilesAreReadAndNothingHangs) {
  ASSERT_TRUE(files_->Write("work/a", "x").ok());
  ASSERT_EQ(symlink("a", Path("work/link").c_str()), 0);
  ASSERT_EQ(mkfifo(Path("work/pipe").c_str(), 0600), 0);
  std::filesystem::create_directory(Path("work/folder"));
  for (const char* name : {"work/link", "work/pipe", "work/folder"}) {
    EXPECT_EQ(files_->Read(name, 9).status().code(), absl::StatusCode::kFailedPrecondition) << name;
    EXPECT_FALSE(files_->IsBeingWritten(name));
  }
  EXPECT_TRUE(absl::IsUnavailable(files_->Read("work/missing", 9).status()));
  std::map<std::string, FileKind> kinds;
  const std::vector<Entry> entries = files_->List("work").value();
  for (const Entry& entry : entries) kinds[entry.name] = entry.kind;
  EXPECT_EQ(kinds, (std::map<std::string, FileKind>{{"a", FileKind::kFile},
                                                    {"link", FileKind::kLink},
                                                    {"pipe", FileKind::kOther},
                                                    {"folder", FileKind::kFolder}}));
}

// Where the test's file system has leases.
TEST_F(FileSystemTest, TM010WhoHasAFileOpenForWritingIsSeen) {
  std::ofstream writer(Path("req/a"));
  writer << "half";
  writer.flush();
  if (!files_->IsBeingWritten("req/a")) GTEST_SKIP() << "no leases here";
  writer.close();
  EXPECT_FALSE(files_->IsBeingWritten("req/a"));
  std::ifstream reader(Path("req/a"));
  EXPECT_FALSE(files_->IsBeingWritten("req/a"));
}

TEST_F(FileSystemTest, TM010AskingDoesNotDisturbWhoWrites) {
  std::atomic<bool> over = false;
  std::thread writer([&] {
    for (int i = 0; i < 2000; ++i) EXPECT_TRUE((std::ofstream(Path("req/a")) << i).good());
    over = true;
  });
  while (!over) files_->IsBeingWritten("req/a");
  writer.join();
}

}  // namespace
}  // namespace tsunagu::terminal
