// A function that a shared library defines too.
#ifndef TOOLS_BUILD_TSAN_NEXT_H_
#define TOOLS_BUILD_TSAN_NEXT_H_

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

namespace tsunagu::tsan {

// The library's own definition of what the caller has put in front of it. Ends the process without.
template <typename Function>
Function* Next(const char* symbol) {
  void* const found = dlsym(RTLD_NEXT, symbol);
  if (found == nullptr) {
    std::fprintf(stderr, "tsan: no library has %s\n", symbol);
    std::abort();
  }
  return reinterpret_cast<Function*>(found);
}

}  // namespace tsunagu::tsan

#endif  // TOOLS_BUILD_TSAN_NEXT_H_
