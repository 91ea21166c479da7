#include "tests/load/processor.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

namespace tsunagu::load {
namespace {

// Fields of /proc/PID/stat after the command's name, which may hold blanks: user and system time.
constexpr size_t kUserTime = 11, kSystemTime = 12;

double UsedBy(int pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/stat"));
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return 0;
  const std::vector<std::string> fields = absl::StrSplit(text.substr(name_end + 2), ' ');
  double user = 0, system = 0;
  if (fields.size() <= kSystemTime || !absl::SimpleAtod(fields[kUserTime], &user) ||
      !absl::SimpleAtod(fields[kSystemTime], &system)) {
    return 0;
  }
  return (user + system) * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

Processor::Processor(const std::vector<std::string>& processes) {
  for (const std::string& process : processes) {
    const std::pair<std::string, std::string> named = absl::StrSplit(process, '=');
    int pid = 0;
    if (!absl::SimpleAtoi(named.second, &pid)) {
      std::cerr << "load: " << process << " is not NAME=PID\n";
      std::exit(EXIT_FAILURE);
    }
    processes_.emplace_back(named.first, pid);
  }
  processes_.emplace_back("load", getpid());
}

Processor::Milliseconds Processor::Used() const {
  Milliseconds used;
  for (const auto& [name, pid] : processes_) used.push_back(UsedBy(pid));
  return used;
}

std::string Processor::TableHead() const {
  std::string head = "| CPU ms a call |", line = "|---|";
  for (const auto& [name, pid] : processes_) {
    absl::StrAppend(&head, " ", name, " |");
    absl::StrAppend(&line, "--:|");
  }
  return absl::StrCat(head, " all | calls/s of one core |\n", line, "--:|--:|");
}

std::string Processor::TableLine(const std::string& what, const Milliseconds& before,
                                 const Milliseconds& after, size_t calls) const {
  std::string line = absl::StrCat("| ", what, " |");
  double all = 0;
  for (size_t i = 0; i < processes_.size(); ++i) {
    const double each = (after[i] - before[i]) / static_cast<double>(calls);
    all += each;
    absl::StrAppendFormat(&line, " %.2f |", each);
  }
  return absl::StrCat(line, absl::StrFormat(" %.2f | %.0f |", all, 1000 / all));
}

}  // namespace tsunagu::load
