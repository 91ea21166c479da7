// The platform by itself: commands through journal and fold, and the rebuild of an emptied view.
#ifndef TESTS_LOAD_PLATFORM_H_
#define TESTS_LOAD_PLATFORM_H_

#include <cstddef>

#include "tests/load/plan.h"

namespace tsunagu::load {

// Each prints its table and answers the exit status.
int MeasureJournal(const Plan& plan, double per_second, size_t bytes);

struct Rebuild {
  size_t records = 400'000;
  size_t per_subject = 4;
  size_t bytes = 300;  // of an event
};
int MeasureRebuild(const Plan& plan, const Rebuild& rebuild);

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_PLATFORM_H_
