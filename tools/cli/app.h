// The whole program behind main().
#ifndef TOOLS_CLI_APP_H_
#define TOOLS_CLI_APP_H_

namespace tsunagu::cli {

// Returns the exit status.
int Main(int argc, const char* const* argv);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_APP_H_
