// Random walks through the lives of prescriptions and of drugs given without one, against an
// installation whose processes die meanwhile: the services have to answer what the models answer
// (services/prescription/model.h, model_several.h, model_given.h).
//
//   walk PKI GATEWAY WALKERS     until standard input ends; then prints what was done
//
// Goes on for a minute at most, should there be an act that was never done until then.
// Does as a good client does: whatever has an unknown outcome is sent again under its command id.
// Exit status 1 at the first answer that the model would not give; the deeds are printed.
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/platform/national/jst.h"
#include "services/prescription/test_walk.h"
#include "tests/fault/walk_client.h"
#include "tests/fault/walk_given.h"
#include "tests/fault/walk_one.h"
#include "tests/fault/walk_scene.h"
#include "tests/fault/walk_several.h"
#include "tests/fault/walk_tally.h"

namespace tsunagu::fault {
namespace {

constexpr absl::Duration kExtraTime = absl::Minutes(1);
constexpr absl::Duration kLook = absl::Milliseconds(100);

struct Kind {
  const char* name;
  bool (*walk)(Scene scene);
};

// A walker takes one after another; every other walk is of one.
constexpr Kind kKinds[] = {
    {"one", WalkOne}, {"several", WalkSeveral}, {"one", WalkOne}, {"given", WalkGiven}};

Tally NothingDone() {
  std::vector<std::string> walks, acts;
  for (const Kind& kind : kKinds) walks.emplace_back(kind.name);
  for (const auto& some : {ActsOnOne(), ActsOnSeveral(), ActsOnGiven()}) {
    acts.insert(acts.end(), some.begin(), some.end());
  }
  return Tally(walks, acts);
}

// Until `stop`. "" or the story of the walk that went wrong.
std::string Walk(Client client, int number, Tally& tally, const std::atomic<bool>& stop) {
  constexpr int kFirstPerson = 1'000'000;
  std::mt19937 random(static_cast<unsigned>(number));
  const prescription::Choose choose = [&random](int n) {
    return static_cast<int>(random() % static_cast<unsigned>(n));
  };
  for (int walk = 1; !stop; ++walk) {
    const Kind& kind = kKinds[static_cast<size_t>(number + walk) % std::size(kKinds)];
    const Person person(kFirstPerson * (1 + number) + walk);
    Story story(absl::StrCat("walker ", number, ", walk ", walk, ", of ", kind.name, "\n"), &tally);
    if (!kind.walk({client, person, choose, national::JstDay(absl::Now()), story})) {
      return story.text();
    }
    tally.Walked(kind.name);
  }
  return "";
}

int Main(const std::string& pki, const std::string& gateway, int walkers) {
  Tally tally = NothingDone();
  std::atomic<bool> stop = false, sound = true;
  std::vector<std::thread> threads;
  for (int i = 0; i < walkers; ++i) {
    threads.emplace_back([&, i] {
      const std::string wrong = Walk(Client(pki, gateway, i, &tally), i, tally, stop);
      if (!wrong.empty() && sound.exchange(false)) std::cout << wrong << std::flush;
      if (!wrong.empty()) stop = true;
    });
  }
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  const absl::Time limit = absl::Now() + kExtraTime;
  while (!stop && !tally.EachWasDone() && absl::Now() < limit) absl::SleepFor(kLook);
  stop = true;
  for (std::thread& thread : threads) thread.join();
  std::cout << tally.Text();
  return sound ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace tsunagu::fault

int main(int argc, char** argv) {
  int walkers = 0;
  if (argc != 4 || !absl::SimpleAtoi(argv[3], &walkers)) {
    std::cerr << "walk PKI GATEWAY WALKERS\n";
    return 64;
  }
  return tsunagu::fault::Main(argv[1], argv[2], walkers);
}
