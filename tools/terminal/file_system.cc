#include "tools/terminal/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"

namespace tsunagu::terminal {
namespace {

constexpr mode_t kOwnerAndGroup = 0640;
constexpr mode_t kFolderMode = 0770;
constexpr int64_t kNanos = 1'000'000'000;

absl::Status Failed(const char* what, int error) {
  return absl::UnavailableError(absl::StrCat(what, ": ", strerror(error)));
}

Look LookOf(const struct stat& about) {
  return {about.st_ino, static_cast<uint64_t>(about.st_size),
          about.st_mtim.tv_sec * kNanos + about.st_mtim.tv_nsec};
}

FileKind KindOf(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::kFile;
  if (S_ISDIR(mode)) return FileKind::kFolder;
  return S_ISLNK(mode) ? FileKind::kLink : FileKind::kOther;
}

class Disk : public FileSystem {
 public:
  explicit Disk(std::string root) : root_(std::move(root)) {}

  absl::StatusOr<std::vector<Entry>> List(const std::string& folder) override {
    DIR* opened = opendir(Path(folder).c_str());
    if (opened == nullptr) return Failed("list", errno);
    const absl::Cleanup close_it = [opened] { closedir(opened); };
    std::vector<Entry> entries;
    while (const dirent* one = readdir(opened)) {
      const std::string name = one->d_name;
      struct stat about;
      if (name == "." || name == ".." ||
          fstatat(dirfd(opened), one->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
        continue;  // it went away meanwhile
      }
      entries.push_back({name, KindOf(about.st_mode), LookOf(about)});
    }
    return entries;
  }

  absl::StatusOr<std::string> Read(const std::string& path, size_t max) override {
    return ReadFrom(path, max, /*tail=*/false);
  }

  absl::StatusOr<std::string> Tail(const std::string& path, size_t max) override {
    return ReadFrom(path, max, /*tail=*/true);
  }

  // A read lease is given only while nobody has the file open for writing. File systems without
  // leases tell nothing.
  bool IsBeingWritten(const std::string& path) override {
    const int file = open(Path(path).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) return false;
    const bool refused =
        fcntl(file, F_SETLEASE, F_RDLCK) != 0 && (errno == EAGAIN || errno == EBUSY);
    close(file);  // and with it the lease
    return refused;
  }

  absl::Status Write(const std::string& path, absl::string_view bytes) override {
    const int file = open(Path(path).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
                          kOwnerAndGroup);
    if (file < 0) return Failed("create", errno);
    const absl::Cleanup close_it = [file] { close(file); };
    while (!bytes.empty()) {
      const ssize_t written = write(file, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return Failed("write", errno);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return fsync(file) == 0 ? absl::OkStatus() : Failed("sync", errno);
  }

  absl::Status Move(const std::string& from, const std::string& to) override {
    const std::string source = Path(from), target = Path(to);
    if (renameat2(AT_FDCWD, source.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) != 0) {
      return errno == EEXIST ? absl::AlreadyExistsError("something is there already")
                             : Failed("move", errno);
    }
    RETURN_IF_ERROR(Sync(to));
    return Sync(from);
  }

  absl::Status Replace(const std::string& from, const std::string& to) override {
    if (rename(Path(from).c_str(), Path(to).c_str()) != 0) return Failed("replace", errno);
    return Sync(to);
  }

  absl::Status Remove(const std::string& path) override {
    if (unlink(Path(path).c_str()) != 0 && errno != ENOENT) return Failed("remove", errno);
    return Sync(path);
  }

 private:
  std::string Path(const std::string& path) const { return absl::StrCat(root_, "/", path); }

  absl::StatusOr<std::string> ReadFrom(const std::string& path, size_t max, bool tail) {
    const int file = open(Path(path).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 && errno == ELOOP) return absl::FailedPreconditionError("a link");
    if (file < 0) return Failed("open", errno);
    const absl::Cleanup close_it = [file] { close(file); };
    struct stat before, after;
    if (fstat(file, &before) != 0) return Failed("look", errno);
    if (!S_ISREG(before.st_mode)) return absl::FailedPreconditionError("no regular file");
    const size_t size = static_cast<size_t>(before.st_size);
    if (!tail && size > max) return absl::ResourceExhaustedError("too large");
    std::string bytes(std::min(size, max), '\0');
    size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t got = pread(file, bytes.data() + done, bytes.size() - done,
                                static_cast<off_t>(size - bytes.size() + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Failed("read", errno);
      if (got == 0) break;
      done += static_cast<size_t>(got);
    }
    if (fstat(file, &after) != 0) return Failed("look", errno);
    if (done < bytes.size() || LookOf(before) != LookOf(after)) {
      return absl::AbortedError("it changed while it was read");
    }
    return bytes;
  }

  // The folder that holds the path.
  absl::Status Sync(const std::string& path) {
    const size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? root_ : Path(path.substr(0, slash));
    const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return Failed("open folder", errno);
    const int failed = fsync(file);
    const int error = errno;
    close(file);
    return failed == 0 ? absl::OkStatus() : Failed("sync folder", error);
  }

  const std::string root_;
};

absl::Status Unusable(const std::string& path, absl::string_view why) {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "FOLDER_UNUSABLE",
                      absl::StrCat("the exchange cannot use ", path, ": ", why))
      .Rule("TM-001");
}

}  // namespace

absl::StatusOr<std::unique_ptr<FileSystem>> OpenFolder(const std::string& root) {
  // Who opens a file for writing while we ask for its lease makes the kernel send this, and its
  // default is the end of the program.
  std::signal(SIGIO, SIG_IGN);
  struct stat whole;
  if (stat(root.c_str(), &whole) != 0) return Unusable(root, strerror(errno));
  for (const char* name : {"req", "res", "work", "done", "quarantine"}) {
    const std::string path = absl::StrCat(root, "/", name);
    if (mkdir(path.c_str(), kFolderMode) != 0 && errno != EEXIST) {
      return Unusable(path, strerror(errno));
    }
    struct stat one;
    if (lstat(path.c_str(), &one) != 0 || !S_ISDIR(one.st_mode)) {
      return Unusable(path, "it is no folder");
    }
    if (one.st_dev != whole.st_dev) return Unusable(path, "it is on another file system");
    if (access(path.c_str(), R_OK | W_OK | X_OK) != 0) return Unusable(path, strerror(errno));
  }
  return std::make_unique<Disk>(root);
}

}  // namespace tsunagu::terminal
