// What every measurement takes from the command line.
#ifndef TESTS_LOAD_PLAN_H_
#define TESTS_LOAD_PLAN_H_

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace tsunagu::load {

struct Plan {
  std::string gateway;  // host:port of a gateway whose limit per certificate is out of the way
  std::string pki;      // a folder of tools/pki/make, that of the installation
  std::string kafka;    // host:port
  std::string redis;    // host:port
  // Whose processor time is counted, each as NAME=PID.
  std::vector<std::string> processes;
  int partitions = 16;
  int connections = 4;  // of each caller
  int in_flight = 64;   // of closed loops
  int rounds = 3;
  double seconds = 4;  // of each run of a closed or open loop
  double warm_up = 5;  // seconds, of each kind of call, before anything is measured

  absl::Duration Run() const { return absl::Seconds(seconds); }
  absl::Duration WarmUp() const { return absl::Seconds(warm_up); }
};

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_PLAN_H_
