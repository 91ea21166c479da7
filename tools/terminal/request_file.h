// The life of one request's file, without any I/O: when it is whole, and what comes next.
//
//   req/N          the vendor wrote it
//   work/N         claimed; asked, and asked again under the same command id until the outcome is
//                  known
//   work/N, work/N.answer           the answer is on disk
//   work/N.answered, work/N.answer  from here on nothing is asked any more
//   work/N.answered, res/M          the vendor has its answer
//   done/N         or nothing
//
// Each arrow is one rename, so a crash leaves one of these lines, and NextStep tells how it goes
// on. work/N.answer leaves for res/ exactly once, whatever the vendor does there.
#ifndef TOOLS_TERMINAL_REQUEST_FILE_H_
#define TOOLS_TERMINAL_REQUEST_FILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tsunagu::terminal {

inline constexpr char kAnswerSuffix[] = ".answer";
inline constexpr char kAnsweredSuffix[] = ".answered";
inline constexpr char kDraftSuffix[] = ".draft";  // an answer that may be half written

// How a file looked.
struct Look {
  uint64_t inode = 0;
  uint64_t size = 0;
  int64_t changed_ns = 0;
  bool operator==(const Look&) const = default;
};

struct Patience {
  absl::Duration settle = absl::Milliseconds(500);  // of what ends as a message ends
  absl::Duration incomplete = absl::Seconds(20);    // of what does not
};

// Whether the vendor is done with a file (TM-010). `same_for`: how long it has looked the same.
// `closed`: the operating system said that it was closed or moved there. `ends`: it ends as an
// XmlMsg ends.
bool IsWhole(bool being_written, bool closed, bool ends, absl::Duration same_for,
             const Patience& patience);

// Whether these are the last bytes of an XmlMsg.
bool EndsAsMessage(absl::string_view tail);

// What is in work/ of one request.
struct InWork {
  bool request = false;
  bool answer = false;
  bool answered = false;
};

enum class Next {
  kAsk,      // ask, and write the answer
  kMark,     // the request becomes the answered one
  kPublish,  // the answer goes to the vendor
  kFinish,   // the request leaves work/
  kNothing,  // none of ours, or over
};

Next NextStep(const InWork& in_work);

// The name of the request of a file in work/; empty for a draft.
std::string RequestOf(absl::string_view name, InWork& in_work);

// How long to wait before asking again for the `attempt`th time, from 1. `told`: by the gateway.
absl::Duration BackOff(int attempt, absl::Duration told);

// The id of the command: the same for the same file, however often it is sent (TM-020).
std::string CommandId(int interface, absl::string_view institution,
                      absl::string_view file_identifier, absl::string_view digest);

// SHA-256 in lower-case hexadecimal digits.
std::string Digest(absl::string_view bytes);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_REQUEST_FILE_H_
