// How an exchange folder stands, for people and programs. Holds no name of a file and nothing of a
// person.
#ifndef TOOLS_TERMINAL_STATUS_H_
#define TOOLS_TERMINAL_STATUS_H_

#include <map>
#include <string>

#include "absl/time/time.h"

namespace tsunagu::terminal {

struct Status {
  bool running = false;
  absl::Time started = absl::InfinitePast();
  absl::Time written = absl::InfinitePast();

  int dropped = 0;           // in req/, not claimed
  int at_work = 0;           // claimed, no answer yet
  int unknown = 0;           // of these: asked, and it is not known what came of it
  int answer_not_taken = 0;  // wait until the vendor has taken the answer of the same name
  int quarantined = 0;       // files in quarantine/
  absl::Time oldest = absl::InfiniteFuture();  // since when the oldest of req/ and work/ waits

  // Since the start.
  int answered = 0;  // answers for the vendor
  int refused = 0;   // of these: refusals
  struct Seen {
    int count = 0;
    absl::Time last;
  };
  std::map<std::string, Seen> codes;  // refusals, doubts, rubbish: by reason
};

// {"running", "started_at", "written_at", "dropped", "at_work", "unknown", "answer_not_taken",
// "quarantined", "oldest_waiting_s", "answered", "refused", "codes": {CODE: {"count", "last_at"}}}
std::string StatusJson(const Status& status);

// What lies in the folder.
struct Lying {
  int dropped = 0;
  int at_work = 0;
  int quarantined = 0;
};
// That JSON with these counts, as of "counted_at", and whether a terminal runs: it is written once
// a second and not at all while none runs, so one that was killed left "running" there (CL-045,
// TM-030). What is no JSON stays as it is.
std::string WithCounts(const std::string& json, const Lying& lying, bool running, absl::Time now);

// The same in words, of that JSON. `running`: as it is now. Empty JSON: it never ran.
std::string StatusText(const std::string& json, bool running);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_STATUS_H_
