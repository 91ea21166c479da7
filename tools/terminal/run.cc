#include "tools/terminal/run.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <system_error>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/files.h"
#include "tools/terminal/file_system.h"
#include "tools/terminal/folder.h"
#include "tools/terminal/status.h"
#include "tools/terminal/terminal.h"

namespace tsunagu::terminal {
namespace {

// Where the operating system tells of no files (a network drive), this is how often we look.
constexpr int kPollMs = 250;
constexpr absl::Duration kStatusEvery = absl::Seconds(1);
constexpr mode_t kOwnerAndGroup = 0660;

sigset_t Stops() {
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  sigaddset(&stops, SIGINT);
  return stops;
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  const int number_;
};

std::string LockFile(const std::string& folder) { return folder + "/terminal.lock"; }

// Threads that take names off a queue.
class Workers {
 public:
  Workers(Terminal* terminal, int count) : terminal_(terminal) {
    for (int i = 0; i < count; ++i) threads_.emplace_back([this] { Loop(); });
  }

  // What is at work gets as far as it can; what is queued stays where it is.
  ~Workers() {
    {
      absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    for (std::thread& thread : threads_) thread.join();
  }

  void Add(const std::vector<std::string>& names) {
    absl::MutexLock lock(&mutex_);
    queue_.insert(queue_.end(), names.begin(), names.end());
  }

 private:
  bool HasNews() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !queue_.empty();
  }

  void Loop() {
    while (true) {
      std::string name;
      {
        absl::MutexLock lock(&mutex_);
        mutex_.Await(absl::Condition(this, &Workers::HasNews));
        if (stopping_) return;
        name = std::move(queue_.front());
        queue_.pop_front();
      }
      terminal_->Work(name, absl::Now());
    }
  }

  Terminal* const terminal_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<std::string> queue_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_;
};

// The names of which the operating system has told since.
std::set<std::string> Closed(int watch) {
  std::set<std::string> names;
  alignas(inotify_event) char buffer[16 * 1024];
  for (ssize_t got; (got = read(watch, buffer, sizeof buffer)) > 0;) {
    for (ssize_t at = 0; at < got;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
      if (event->len > 0) names.insert(event->name);
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    }
  }
  return names;
}

// Whether it has to stop.
bool Wait(int watch, int signals) {
  pollfd files[] = {{signals, POLLIN, 0}, {watch, POLLIN, 0}};
  poll(files, watch < 0 ? 1 : 2, kPollMs);
  signalfd_siginfo taken;
  return (files[0].revents & POLLIN) != 0 && read(signals, &taken, sizeof taken) > 0;
}

int Count(const std::string& path, const std::function<bool(const std::string&)>& counts) {
  std::error_code ignored;  // what cannot be read counts nothing; the terminal says so itself
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path, ignored)) {
    count += counts(entry.path().filename().string());
  }
  return count;
}

// Without touching anything: whoever asks may read only.
Lying LyingIn(const std::string& folder) {
  const auto any = [](const std::string& name) { return true; };
  const auto is_request = [](const std::string& name) {
    InWork one;
    return !RequestOf(name, one).empty() && (one.request || one.answered);
  };
  return {Count(folder + "/req", any), Count(folder + "/work", is_request),
          Count(folder + "/quarantine", IsQuarantined)};
}

}  // namespace

void HoldSignals() {
  const sigset_t stops = Stops();
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
}

absl::Status Run(const RunOptions& options, const Names& names, Exchange& exchange) {
  ASSIGN_OR_RETURN(const std::unique_ptr<FileSystem> files, OpenFolder(options.folder));
  const Descriptor lock(
      open(LockFile(options.folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerAndGroup));
  if (lock.get() < 0) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "FOLDER_UNUSABLE",
                        "the lock of the folder cannot be opened")
        .Rule("TM-001");
  }
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "FOLDER_IN_USE",
                        "another terminal runs on this folder")
        .Rule("TM-002");
  }
  const sigset_t stops = Stops();
  const Descriptor signals(signalfd(-1, &stops, SFD_CLOEXEC));
  const Descriptor watch(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  inotify_add_watch(watch.get(), (options.folder + "/req").c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);

  Folder folder(files.get(), options.keep);
  Terminal terminal(&folder, &exchange, names, options.patience, absl::Now());
  absl::Time written = absl::InfinitePast();
  {
    Workers workers(&terminal, options.parallel);
    do {
      const absl::Time now = absl::Now();
      workers.Add(terminal.Scan(now, Closed(watch.get())));
      if (now - written >= kStatusEvery) {
        // Not written this time is written the next.
        folder.WriteStatus(StatusJson(terminal.status(now))).IgnoreError();
        written = now;
      }
    } while (!Wait(watch.get(), signals.get()));
  }
  Status last = terminal.status(absl::Now());
  last.running = false;
  return folder.WriteStatus(StatusJson(last));
}

absl::StatusOr<Standing> StandingOf(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::string json, cli::ReadFile(folder + "/status.json"));
  const Descriptor lock(open(LockFile(folder).c_str(), O_RDWR | O_CLOEXEC));
  const bool running = lock.get() >= 0 && flock(lock.get(), LOCK_EX | LOCK_NB) != 0;
  const std::string now = WithCounts(json, LyingIn(folder), running, absl::Now());
  return Standing{StatusText(now, running), now};
}

}  // namespace tsunagu::terminal
