// The file system below the exchange folder, as far as the terminal uses it. Each call is one step
// that happens as a whole and is durable when it returns OK, or has not happened.
#ifndef TOOLS_TERMINAL_FILE_SYSTEM_H_
#define TOOLS_TERMINAL_FILE_SYSTEM_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/terminal/request_file.h"

namespace tsunagu::terminal {

enum class FileKind { kFile, kFolder, kLink, kOther };

struct Entry {
  std::string name;
  FileKind kind = FileKind::kFile;
  Look look;
};

// Paths are relative to the exchange folder: "req/x.xml". Errors are UNAVAILABLE and may go away,
// unless a call says otherwise; their texts hold no file name. Thread safe.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // What is in a folder, in any order.
  virtual absl::StatusOr<std::vector<Entry>> List(const std::string& folder) = 0;

  // A regular file, no link. RESOURCE_EXHAUSTED when it is larger than `max`, FAILED_PRECONDITION
  // when it is no regular file, ABORTED when it changed meanwhile.
  virtual absl::StatusOr<std::string> Read(const std::string& path, size_t max) = 0;

  // The last bytes of a regular file, at most `max`.
  virtual absl::StatusOr<std::string> Tail(const std::string& path, size_t max) = 0;

  // Whether somebody has it open for writing, where that can be told.
  virtual bool IsBeingWritten(const std::string& path) = 0;

  // Creates the file or replaces its content; its owner and group may read it. Until this returns
  // it may be half written.
  virtual absl::Status Write(const std::string& path, absl::string_view bytes) = 0;

  // ALREADY_EXISTS when there is something at `to`; nothing is ever replaced.
  virtual absl::Status Move(const std::string& from, const std::string& to) = 0;

  // As Move, in the place of a file of ours.
  virtual absl::Status Replace(const std::string& from, const std::string& to) = 0;

  virtual absl::Status Remove(const std::string& path) = 0;
};

// The real one. Makes the folders req, res, work, done and quarantine where they are missing, all
// of which have to be on one file system. The program ignores SIGIO from then on.
// FAILED_PRECONDITION FOLDER_UNUSABLE.
absl::StatusOr<std::unique_ptr<FileSystem>> OpenFolder(const std::string& root);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_FILE_SYSTEM_H_
