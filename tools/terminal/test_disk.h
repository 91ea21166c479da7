// For tests: a file system in memory that can stop the program, cut the power or fail at any step.
#ifndef TOOLS_TERMINAL_TEST_DISK_H_
#define TOOLS_TERMINAL_TEST_DISK_H_

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/terminal/file_system.h"

namespace tsunagu::terminal {

// Thrown at the step that was chosen: nothing of the program goes on.
struct Stopped {};

// Steps are counted from 1 over calls that change something. Durable is what the contract of
// FileSystem says: a step that returned. What a step was writing when it stopped may be half there.
class TestDisk : public FileSystem {
 public:
  struct File {
    FileKind kind = FileKind::kFile;
    std::string bytes;
    Look look;
  };
  enum class Fault {
    kStopBefore,  // the step does not happen
    kStopAfter,   // it happens, and nothing after it
    kStopHalf,    // of a write: half of it is there
    kFail,        // it does not happen and says so; the program goes on
  };

  void FailAt(int step, Fault fault) {
    at_ = step;
    fault_ = fault;
    steps_ = 0;
  }
  int steps() const { return steps_; }

  // As the vendor does it.
  void Drop(const std::string& path, const std::string& bytes, FileKind kind = FileKind::kFile) {
    ++clock_;
    files_[path] = {kind, bytes, {clock_, bytes.size(), static_cast<int64_t>(clock_)}};
  }
  std::string Take(const std::string& path) {
    const std::string bytes = files_.at(path).bytes;
    files_.erase(path);
    return bytes;
  }
  bool Has(const std::string& path) const { return files_.contains(path); }
  std::vector<std::string> In(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& [path, file] : files_) {
      absl::string_view name = path;
      if (absl::ConsumePrefix(&name, folder + "/")) names.emplace_back(name);
    }
    return names;
  }
  std::set<std::string> open;  // paths that somebody writes to

  absl::StatusOr<std::vector<Entry>> List(const std::string& folder) override {
    std::vector<Entry> entries;
    for (const std::string& name : In(folder)) {
      const File& file = files_.at(absl::StrCat(folder, "/", name));
      entries.push_back({name, file.kind, file.look});
    }
    return entries;
  }
  absl::StatusOr<std::string> Read(const std::string& path, size_t max) override {
    const auto found = files_.find(path);
    if (found == files_.end()) return absl::UnavailableError("gone");
    if (found->second.kind != FileKind::kFile) return absl::FailedPreconditionError("no file");
    if (found->second.bytes.size() > max) return absl::ResourceExhaustedError("too large");
    return found->second.bytes;
  }
  absl::StatusOr<std::string> Tail(const std::string& path, size_t max) override {
    const std::string& bytes = files_.at(path).bytes;
    return bytes.substr(bytes.size() - std::min(bytes.size(), max));
  }
  bool IsBeingWritten(const std::string& path) override { return open.contains(path); }
  absl::Status Write(const std::string& path, absl::string_view bytes) override {
    return Do([&](bool half) { Drop(path, std::string(bytes.substr(0, bytes.size() >> half))); });
  }
  absl::Status Move(const std::string& from, const std::string& to) override {
    if (!Has(from)) return absl::UnavailableError("gone");
    if (Has(to)) return absl::AlreadyExistsError("there");
    return Do([&](bool) { Rename(from, to); });
  }
  absl::Status Replace(const std::string& from, const std::string& to) override {
    return Do([&](bool) { Rename(from, to); });
  }
  absl::Status Remove(const std::string& path) override {
    return Do([&](bool) { files_.erase(path); });
  }

 private:
  void Rename(const std::string& from, const std::string& to) {
    files_[to] = files_.at(from);
    files_.erase(from);
  }

  template <typename Step>
  absl::Status Do(const Step& step) {
    const bool now = ++steps_ == at_;
    if (now && fault_ == Fault::kFail) return absl::UnavailableError("no space");
    if (now && fault_ == Fault::kStopBefore) throw Stopped();
    step(/*half=*/now && fault_ == Fault::kStopHalf);
    if (now) throw Stopped();
    return absl::OkStatus();
  }

  std::map<std::string, File> files_;
  uint64_t clock_ = 0;
  int steps_ = 0;
  int at_ = 0;
  Fault fault_ = Fault::kStopBefore;
};

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_TEST_DISK_H_
