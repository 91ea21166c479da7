// Ends the process when what must hold does not, so that libFuzzer keeps the input.
#ifndef TESTS_FUZZ_REQUIRE_H_
#define TESTS_FUZZ_REQUIRE_H_

#include <cstdlib>
#include <iostream>

namespace tsunagu::fuzz {

inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "does not hold: " << what << "\n";
  std::abort();
}

}  // namespace tsunagu::fuzz

#endif  // TESTS_FUZZ_REQUIRE_H_
