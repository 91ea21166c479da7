// The terminal: takes requests out of a folder, has them answered, and puts the answers there. It
// keeps nothing in memory that a restart would miss: what is in work/ says how to go on.
#ifndef TOOLS_TERMINAL_TERMINAL_H_
#define TOOLS_TERMINAL_TERMINAL_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "tools/terminal/exchange.h"
#include "tools/terminal/folder.h"
#include "tools/terminal/names.h"
#include "tools/terminal/status.h"

namespace tsunagu::terminal {

class Terminal {
 public:
  // Both outlive this.
  Terminal(Folder* folder, Exchange* exchange, Names names, Patience patience, absl::Time started);

  // Claims what is whole, and says which requests are to be worked on now; each stays with the
  // caller until it has called Work for it. `closed`: names in req/ of which the operating system
  // said since the last call that they were closed or moved there. Not to be called by two threads.
  std::vector<std::string> Scan(absl::Time now, const std::set<std::string>& closed);

  // Takes a request as far as it goes. Thread safe.
  void Work(const std::string& name, absl::Time now);

  // As of the last Scan, and since then. Thread safe.
  Status status(absl::Time now) const;

 private:
  struct Seen {
    Look look;
    absl::Time since;  // unchanged
    absl::Time first;
  };
  struct Waiting {
    bool working = false;
    bool unknown = false;
    int attempts = 0;
    absl::Time due = absl::InfinitePast();
    absl::Time since;
    InWork in_work;
  };

  void LookAtDropped(absl::Time now, const std::set<std::string>& closed);
  bool IsReady(const Entry& entry, const Seen& seen, absl::Time now, bool closed) const;
  void PutAside(const char* folder, const Entry& entry, const Outcome& why, absl::Time now);

  // One step; false when the request cannot go on now, or is over.
  bool Step(const std::string& name, InWork& in_work, absl::Time now);
  bool Ask(const std::string& name, absl::Time now);
  void PutAsideClaimed(const std::string& name, const Outcome& why, absl::Time now);
  void Later(const std::string& name, const std::string& code, absl::Duration told, bool unknown,
             absl::Time now);
  void Note(const std::string& code, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteError(const char* code, absl::Time now);

  Folder* const folder_;
  Exchange* const exchange_;
  const Names names_;
  const Patience patience_;

  std::map<std::string, Seen> seen_;  // in req/; of Scan alone
  mutable absl::Mutex mutex_;
  std::map<std::string, Waiting> waiting_ ABSL_GUARDED_BY(mutex_);  // in work/
  Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_TERMINAL_H_
