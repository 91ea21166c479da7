// The peer that audited reads are compared with: a bare echo behind a proxy that forwards bytes,
// mutual TLS on both hops, three processes. Nothing is checked, stored or looked up.
#ifndef TESTS_LOAD_YARDSTICK_H_
#define TESTS_LOAD_YARDSTICK_H_

#include <memory>
#include <string>

#include "tests/load/driver.h"
#include "tests/load/wire.h"

namespace tsunagu::load {

// Both serve until their parent process ends, and print their port. `pki`: a folder of
// tools/pki/make.
int RunEchoServer(const std::string& pki);
int RunEchoProxy(const std::string& pki, const std::string& backend);

// Starts this program's own `echo` and `proxy` and calls through them.
class Yardstick {
 public:
  Yardstick(const std::string& pki, int connections);
  ~Yardstick();
  Yardstick(const Yardstick&) = delete;

  // The echo of 100 bytes.
  Issue Calls();

 private:
  struct Child {
    int pid = 0;
    std::string address;
  };
  static Child Start(const std::vector<std::string>& arguments);
  static void Stop(const Child& child);

  Child echo_, proxy_;
  std::unique_ptr<Caller> caller_;
};

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_YARDSTICK_H_
