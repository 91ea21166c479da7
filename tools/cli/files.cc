#include "tools/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"

namespace tsunagu::cli {
namespace {

absl::Status CannotWrite(const std::string& path, int error) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "FILE_NOT_WRITTEN",
                      absl::StrCat("cannot write ", path, ": ", strerror(error)))
      .Rule("CL-004");
}

absl::Status FileExists(const std::string& path) {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "FILE_EXISTS",
                      absl::StrCat(path, " is there already; --force replaces it"))
      .Rule("CL-007");
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

// A device or a pipe.
bool IsSpecial(const std::string& path) {
  struct stat about;
  return stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode);
}

bool Exists(const std::string& path) {
  struct stat about;
  return lstat(path.c_str(), &about) == 0;
}

absl::Status WriteAll(int file, const std::string& path, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0) return CannotWrite(path, errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status WriteSpecial(const std::string& path, absl::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return CannotWrite(path, errno);
  const absl::Status status = WriteAll(file, path, bytes);
  close(file);
  return status;
}

// A new file beside the one it will become; its owner's only. Negative: errno tells.
int OpenBeside(const std::string& path, std::string* name) {
  *name = absl::StrCat(path, ".XXXXXX");
  return mkostemp(name->data(), O_CLOEXEC);
}

absl::Status Rename(const std::string& from, const OutFile& to) {
  int failed =
      renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.path.c_str(), to.force ? 0 : RENAME_NOREPLACE);
  // Some file systems know no RENAME_NOREPLACE; whoever calls has looked just before.
  if (failed != 0 && errno == EINVAL) failed = rename(from.c_str(), to.path.c_str());
  if (failed == 0) return absl::OkStatus();
  return errno == EEXIST ? FileExists(to.path) : CannotWrite(to.path, errno);
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

absl::Status WriteFile(const OutFile& file, absl::string_view bytes) {
  if (IsSpecial(file.path)) return WriteSpecial(file.path, bytes);
  if (!file.force && Exists(file.path)) return FileExists(file.path);
  std::string name;
  const int beside = OpenBeside(file.path, &name);
  if (beside < 0) return CannotWrite(file.path, errno);
  absl::Status status = WriteAll(beside, file.path, bytes);
  if (status.ok() && fsync(beside) != 0) status = CannotWrite(file.path, errno);
  if (close(beside) != 0 && status.ok()) status = CannotWrite(file.path, errno);
  if (status.ok()) status = Rename(name, file);
  if (!status.ok()) unlink(name.c_str());
  return status;
}

absl::Status CheckWritable(const OutFile& file) {
  if (IsSpecial(file.path)) {
    return access(file.path.c_str(), W_OK) == 0 ? absl::OkStatus() : CannotWrite(file.path, errno);
  }
  if (!file.force && Exists(file.path)) return FileExists(file.path);
  struct stat about;
  if (stat(file.path.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) {
    return CannotWrite(file.path, EISDIR);
  }
  std::string name;
  const int beside = OpenBeside(file.path, &name);
  if (beside < 0) return CannotWrite(file.path, errno);
  close(beside);
  unlink(name.c_str());
  return absl::OkStatus();
}

absl::Status WriteFile(const std::string& path, absl::string_view bytes) {
  return WriteFile(OutFile{path, true}, bytes);
}

absl::Status CheckWritable(const std::string& path) { return CheckWritable(OutFile{path, true}); }

absl::Status WriteAnswer(const OutFile& file, absl::string_view bytes) {
  const absl::Status written = WriteFile(file, bytes);
  return written.ok() ? written : AnswerNotWritten(written);
}

absl::Status AnswerNotWritten(const absl::Status& why) {
  return ErrorBuilder(absl::StatusCode::kDataLoss, "ANSWER_NOT_WRITTEN",
                      absl::StrCat("taken, but not written (", why.message(),
                                   "): repeat the same command with --out elsewhere, and with the "
                                   "same --command-id if it has one"))
      .Rule("CL-017");
}

std::string BaseName(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == absl::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace tsunagu::cli
