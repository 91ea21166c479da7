#include "tools/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"

namespace tsunagu::cli {
namespace {

constexpr mode_t kOwnerOnly = 0600;

absl::Status CannotWrite(const std::string& path, int error) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "FILE_NOT_WRITTEN",
                      absl::StrCat("cannot write ", path, ": ", strerror(error)))
      .Rule("CL-004");
}

absl::Status CannotRead(const std::string& path, absl::string_view why) {
  return ErrorBuilder(absl::StatusCode::kNotFound, "FILE_NOT_READ",
                      absl::StrCat("cannot read ", path, ": ", why))
      .Rule("CL-003");
}

absl::Status TooLarge(const std::string& path) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "LOCAL_FILE_TOO_LARGE",
                      absl::StrCat(path, " is larger than ", kMaxFileBytes >> 20, " MiB"))
      .Rule("CL-003");
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  struct stat about;
  if (stat(path.c_str(), &about) != 0) {
    return CannotRead(path, strerror(errno));
  }
  if (S_ISDIR(about.st_mode)) {
    return CannotRead(path, "it is a folder");
  }
  if (static_cast<size_t>(about.st_size) > kMaxFileBytes) {
    return TooLarge(path);
  }
  // Devices and pipes have no size: what counts is what is read.
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  for (char buffer[64 * 1024]; file.read(buffer, sizeof buffer), file.gcount() > 0;) {
    bytes.append(buffer, static_cast<size_t>(file.gcount()));
    if (bytes.size() > kMaxFileBytes) return TooLarge(path);
  }
  if (!file.eof()) return CannotRead(path, strerror(errno));
  return bytes;
}

absl::Status WriteFile(const std::string& path, absl::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return CannotWrite(path, errno);
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0) {
      const int error = errno;
      close(file);
      return CannotWrite(path, error);
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (close(file) != 0) return CannotWrite(path, errno);
  return absl::OkStatus();
}

absl::Status CheckWritable(const std::string& path) {
  const bool existed = access(path.c_str(), F_OK) == 0;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return CannotWrite(path, errno);
  close(file);
  if (!existed) unlink(path.c_str());
  return absl::OkStatus();
}

std::string BaseName(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == absl::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace tsunagu::cli
