// What every walk has: a person whom no other walk has, somebody who calls, and a story of what was
// done.
#ifndef TESTS_FAULT_WALK_SCENE_H_
#define TESTS_FAULT_WALK_SCENE_H_

#include <string>
#include <utility>

#include "absl/time/civil_time.h"
#include "services/prescription/test_walk.h"
#include "tests/fault/walk_client.h"
#include "tests/fault/walk_tally.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::fault {

class Person {
 public:
  explicit Person(int number) : number_(number) {}

  // A text of test_documents.h, of this person and with drugs of the installation's master.
  std::string In(const std::string& text) const;
  common::v1::InsuredIdentity Identity() const;
  std::string BirthDate() const;
  std::string InsurerFile() const;  // of this person alone

 private:
  const int number_;  // of 7 digits
};

// What was done, for whoever looks for the cause when an answer is not the model's.
class Story {
 public:
  Story(std::string title, Tally* tally) : text_(std::move(title)), tally_(*tally) {}

  void Tell(const std::string& what);
  // Tells of the deed; false when the answer is not the expected one.
  bool Agrees(const std::string& act, const std::string& by, const std::string& expected,
              const std::string& answered);
  // Nothing is told of "", which is no failure.
  bool Holds(const std::string& failure);

  const std::string& text() const { return text_; }

 private:
  std::string text_;
  Tally& tally_;
};

struct Scene {
  Client& client;
  const Person& person;
  const prescription::Choose& choose;
  const absl::CivilDay today;
  Story& story;
};

// A deed that `draw` makes: mostly one that will be done, if such a one comes soon.
template <typename Draw, typename WillBeDone>
auto ChooseWhatMayBeDone(const prescription::Choose& choose, const Draw& draw,
                         const WillBeDone& will_be_done) {
  constexpr int kDraws = 10;
  auto deed = draw();
  const bool any = choose(4) == 0;
  for (int i = 0; i < kDraws && !any && !will_be_done(deed); ++i) deed = draw();
  return deed;
}

}  // namespace tsunagu::fault

#endif  // TESTS_FAULT_WALK_SCENE_H_
