// Files of the person at the terminal.
#ifndef TOOLS_CLI_FILES_H_
#define TOOLS_CLI_FILES_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::cli {

// A larger file is refused unread: no national format of this program comes near it.
inline constexpr size_t kMaxFileBytes = 256 * 1024 * 1024;

// The whole file. NOT_FOUND when it cannot be read, a folder included; RESOURCE_EXHAUSTED when it
// is too large.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Replaces the file. Only its owner may read it: what we write is about patients. It is there whole
// or not at all, and until then what was there before (CL-008); a device or pipe is written to.
absl::Status WriteFile(const std::string& path, absl::string_view bytes);

// Whether WriteFile would succeed. What is there stays as it is.
absl::Status CheckWritable(const std::string& path);

// A file that somebody names for a document. What is there is not replaced unless they say so
// (CL-007): it may be the only copy of a signed document.
struct OutFile {
  std::string path;
  bool force = false;
};
absl::Status WriteFile(const OutFile& file, absl::string_view bytes);
absl::Status CheckWritable(const OutFile& file);

// Writes what came of a call. When that fails, what was asked for has happened all the same, and
// the error says so (CL-017).
absl::Status WriteAnswer(const OutFile& file, absl::string_view bytes);
// That error; `why` a file is not written.
absl::Status AnswerNotWritten(const absl::Status& why);

// The part after the last slash.
std::string BaseName(absl::string_view path);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_FILES_H_
