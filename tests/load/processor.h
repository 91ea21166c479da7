// Processor time of processes, from /proc: what a call costs, on a machine that others use too.
#ifndef TESTS_LOAD_PROCESSOR_H_
#define TESTS_LOAD_PROCESSOR_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tsunagu::load {

class Processor {
 public:
  using Milliseconds = std::vector<double>;  // by process, as they were named

  // `processes`: each as NAME=PID; "load" for this one is added. Ends the program when one is not
  // so.
  explicit Processor(const std::vector<std::string>& processes);

  // What each process has used since it began; a process that is gone has used nothing.
  Milliseconds Used() const;

  // The head of a Markdown table, and a line of it: milliseconds a call by process and in all, and
  // how many such calls a second one core makes.
  std::string TableHead() const;
  std::string TableLine(const std::string& what, const Milliseconds& before,
                        const Milliseconds& after, size_t calls) const;

 private:
  std::vector<std::pair<std::string, int>> processes_;
};

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_PROCESSOR_H_
