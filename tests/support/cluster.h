// The real broker and the real Redis that a test talks to. tools/test starts one of each for all
// tests of a run and passes their addresses in TSUNAGU_TEST_KAFKA and TSUNAGU_TEST_REDIS; tests
// share them, so each takes names of its own (UniqueName) for its topics, groups and keys.
//
// A test that uses this carries the tag "cluster" in its BUILD file. To run one by hand:
//   tools/cluster start /tmp/c
//   bazel test //some:test --test_env=TSUNAGU_TEST_KAFKA=... --test_env=TSUNAGU_TEST_REDIS=...
#ifndef TESTS_SUPPORT_CLUSTER_H_
#define TESTS_SUPPORT_CLUSTER_H_

#include <gtest/gtest.h>

#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::tests {

// Addresses, both on the loopback interface.
struct Cluster {
  std::string kafka;       // "host:port", as librdkafka's bootstrap.servers takes it
  std::string redis_host;  // an address, not a name
  int redis_port = 0;
};

// Reads both addresses from the environment. FailedPrecondition, with what to do about it, when one
// is not set or is no host:port. It does not connect.
absl::StatusOr<Cluster> ClusterFromEnvironment();

// A name that no other call returns, in this process or another of the same machine:
// "<label>-<time>-<pid>-<n>". Legal in the name of a topic and of a group if `label` is: letters,
// digits, '.', '_' and '-'. Thread-safe.
std::string UniqueName(absl::string_view label);

// Creates the topics with that many partitions each, one replica, and waits until the broker's
// metadata shows a leader for every partition, so that produce and consume work at once. A topic
// that exists already is an error. Blocks; at most 30 seconds.
absl::Status CreateTopics(const Cluster& cluster, std::span<const std::string> topics,
                          int partitions);

// A fixture for tests on the cluster. Without one every test of the fixture fails (it never skips:
// a test that did not run must not look like one that passed) and says how to run it.
class ClusterTest : public ::testing::Test {
 protected:
  void SetUp() override;

  const Cluster& cluster() const { return cluster_; }

  // Creates one topic under a unique name and returns that name; a failure fails the test and
  // returns "".
  std::string NewTopic(absl::string_view label, int partitions);

 private:
  Cluster cluster_;
};

}  // namespace tsunagu::tests

#endif  // TESTS_SUPPORT_CLUSTER_H_
