#include "tools/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace tsunagu::cli {
namespace {

constexpr mode_t kOwnerOnly = 0600;

absl::Status CannotWrite(const std::string& path, int error) {
  return absl::PermissionDeniedError(absl::StrCat("cannot write ", path, ": ", strerror(error)));
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  struct stat about;
  if (stat(path.c_str(), &about) != 0) {
    return absl::NotFoundError(absl::StrCat("cannot read ", path, ": ", strerror(errno)));
  }
  if (S_ISDIR(about.st_mode)) {
    return absl::NotFoundError(absl::StrCat("cannot read ", path, ": it is a folder"));
  }
  if (static_cast<size_t>(about.st_size) > kMaxFileBytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat(path, " is larger than ", kMaxFileBytes >> 20, " MiB"));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
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

std::string BaseName(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == absl::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace tsunagu::cli
