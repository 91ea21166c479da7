// Ed25519 key pairs for tests, made from a seed so that a test is the same every time.
#ifndef SERVICES_PLATFORM_ACCESS_TEST_KEY_H_
#define SERVICES_PLATFORM_ACCESS_TEST_KEY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::access {

struct TestKey {
  std::string private_pem;
  std::string public_pem;
};

// `seed`: 32 bytes, the private key itself.
TestKey MakeTestKey(absl::string_view seed);

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_TEST_KEY_H_
