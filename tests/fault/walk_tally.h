// What was done in all walks, counted.
#ifndef TESTS_FAULT_WALK_TALLY_H_
#define TESTS_FAULT_WALK_TALLY_H_

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace tsunagu::fault {

// Thread safe.
class Tally {
 public:
  // Every kind of walk and every act that there is: what was never done is told too.
  Tally(const std::vector<std::string>& walks, const std::vector<std::string>& acts);

  void Walked(const std::string& walk);
  // `outcome`: "OK", or the reason why it was refused.
  void Answered(const std::string& act, const std::string& outcome);
  void SentAgain();
  bool EachWasDone() const;

  // Two lines; the last one is "done: ACT N, ACT N, ...", with each act in alphabetical order.
  std::string Text() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, int> walks_, acts_;
  int refused_ = 0, sent_again_ = 0;
};

}  // namespace tsunagu::fault

#endif  // TESTS_FAULT_WALK_TALLY_H_
