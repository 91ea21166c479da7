// The walk through the lives of several prescriptions of one person, which may have one result.
#ifndef TESTS_FAULT_WALK_SEVERAL_H_
#define TESTS_FAULT_WALK_SEVERAL_H_

#include <string>
#include <vector>

#include "tests/fault/walk_scene.h"

namespace tsunagu::fault {

// What the tally calls the acts of this walk, beside those on one prescription.
std::vector<std::string> ActsOnSeveral();

// False when the installation answered otherwise than services/prescription/model_several.h; the
// story tells how.
bool WalkSeveral(Scene scene);

}  // namespace tsunagu::fault

#endif  // TESTS_FAULT_WALK_SEVERAL_H_
