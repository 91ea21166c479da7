// The walk through what was given to one person without a registered prescription.
#ifndef TESTS_FAULT_WALK_GIVEN_H_
#define TESTS_FAULT_WALK_GIVEN_H_

#include <string>
#include <vector>

#include "tests/fault/walk_scene.h"

namespace tsunagu::fault {

// What the tally calls the acts of this walk.
std::vector<std::string> ActsOnGiven();

// False when the installation answered otherwise than services/prescription/model_given.h; the
// story tells how.
bool WalkGiven(Scene scene);

}  // namespace tsunagu::fault

#endif  // TESTS_FAULT_WALK_GIVEN_H_
