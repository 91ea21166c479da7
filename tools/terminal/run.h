// Runs the terminal on a folder until it is told to stop.
#ifndef TOOLS_TERMINAL_RUN_H_
#define TOOLS_TERMINAL_RUN_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/terminal/exchange.h"
#include "tools/terminal/names.h"
#include "tools/terminal/request_file.h"

namespace tsunagu::terminal {

struct RunOptions {
  std::string folder;
  bool keep = true;  // answered requests, in done/
  int parallel = 4;  // requests at the same time
  Patience patience;
};

// To be called before any other thread is started: from then on SIGTERM and SIGINT end Run, and
// nothing else.
void HoldSignals();

// Returns OK on SIGTERM or SIGINT, when the requests at work have got as far as they can.
// FAILED_PRECONDITION: FOLDER_UNUSABLE (TM-001), or FOLDER_IN_USE by another terminal (TM-002).
absl::Status Run(const RunOptions& options, const Names& names, Exchange& exchange);

// For people: how the folder stands; and as JSON. NOT_FOUND where no terminal ever ran.
struct Standing {
  std::string text;
  std::string json;
};
absl::StatusOr<Standing> StandingOf(const std::string& folder);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_RUN_H_
