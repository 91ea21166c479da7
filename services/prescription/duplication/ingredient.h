// Which ingredient a drug has, by its code. Pure.
//
// The code of the price list and the YJ code begin with four digits of the class and three that
// number route and ingredient in it; generic-name codes begin with the same. So two drugs whose
// first seven digits agree have one ingredient and one route (RX-400).
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_INGREDIENT_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_INGREDIENT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/drug_master/master.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::prescription::duplication {

inline constexpr size_t kIngredientDigits = 7;

// Why a drug is not compared (RX-408).
enum class Obstacle {
  kNone,
  kMaterial,
  kNoCode,    // of a kind that tells the ingredient
  kNoMaster,  // a receipt code, and the service has no drug master
  kUnknown,   // a receipt code that the master does not know, or whose ingredient it does not tell
};

struct Ingredient {
  std::string key;  // seven digits; empty when there is an obstacle
  Obstacle obstacle = Obstacle::kNone;
};

// Whether it is seven digits.
bool IsIngredient(absl::string_view key);

// On that day (RX-401). `master` may be null.
Ingredient IngredientOf(const tsunagu::common::v1::Drug& drug,
                        const drug_master::DrugMaster* master, absl::CivilDay day);

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_INGREDIENT_H_
