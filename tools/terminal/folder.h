// What the terminal does with files: each function takes one step of a request's life
// (request_file.h) or puts something aside.
#ifndef TOOLS_TERMINAL_FOLDER_H_
#define TOOLS_TERMINAL_FOLDER_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/terminal/file_system.h"
#include "tools/terminal/request_file.h"

namespace tsunagu::terminal {

// Whether a name in quarantine/ is of a file that was put aside, not of the reason beside it.
bool IsQuarantined(const std::string& name);

// Thread safe for different requests.
class Folder {
 public:
  // `files` outlives this. `keep`: requests that were answered go to done/, else they are removed.
  Folder(FileSystem* files, bool keep) : files_(files), keep_(keep) {}

  // ---- looking ----

  absl::StatusOr<std::vector<Entry>> Dropped() const { return files_->List("req"); }
  // The requests in work/ with what is there of each.
  absl::StatusOr<std::map<std::string, InWork>> AtWork() const;
  // The names of the answers that the vendor has not taken yet, and of whatever else is there.
  absl::StatusOr<std::set<std::string>> Answers() const;
  // How many files are in quarantine.
  absl::StatusOr<int> Quarantined() const;

  bool IsBeingWritten(const std::string& name) const;  // of req/
  bool EndsAsMessage(const std::string& name) const;   // of req/

  // ---- steps ----

  // From req/ into work/.
  absl::Status Claim(const std::string& name);
  // Of a claimed request. UNAVAILABLE or ABORTED: later; any other error: it is rubbish.
  absl::StatusOr<std::string> Read(const std::string& name, size_t max) const;
  // What stands in work/ under that name.
  absl::StatusOr<Entry> Claimed(const std::string& name) const;
  absl::Status KeepAnswer(const std::string& name, absl::string_view answer);
  absl::Status Mark(const std::string& name);
  // ALREADY_EXISTS: the vendor has not taken an answer of that name.
  absl::Status Publish(const std::string& name, const std::string& answer_name);
  absl::Status Finish(const std::string& name);

  // Puts a file away, with the reason beside it. `folder`: req or work. Nothing is replaced; done
  // again after a crash it comes to the same.
  absl::Status PutAside(const std::string& folder, const Entry& entry, absl::string_view code,
                        absl::string_view text_ja, absl::string_view text_en);

  // The status that others read.
  absl::Status WriteStatus(absl::string_view json);

 private:
  // To that name, or where it is taken, with a number behind it.
  absl::Status MoveBeside(const std::string& from, const std::string& to);

  FileSystem* const files_;
  const bool keep_;
};

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_FOLDER_H_
