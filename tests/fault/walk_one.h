// The walk through the life of one prescription.
#ifndef TESTS_FAULT_WALK_ONE_H_
#define TESTS_FAULT_WALK_ONE_H_

#include <string>
#include <vector>

#include "tests/fault/walk_scene.h"

namespace tsunagu::fault {

// What the tally calls the acts of this walk.
std::vector<std::string> ActsOnOne();

// False when the installation answered otherwise than services/prescription/model.h; the story
// tells how.
bool WalkOne(Scene scene);

}  // namespace tsunagu::fault

#endif  // TESTS_FAULT_WALK_ONE_H_
