// For tests: several prescriptions that may have one result, told in another way than together.h
// does: the results for several that stand are a list of whom they are of.
#ifndef SERVICES_PRESCRIPTION_MODEL_SEVERAL_H_
#define SERVICES_PRESCRIPTION_MODEL_SEVERAL_H_

#include <string>
#include <vector>

#include "services/prescription/model.h"

namespace tsunagu::prescription::model {

// Prescriptions of one person, issuer, issue day and issue type.
class Several {
 public:
  explicit Several(const std::vector<Terms>& terms);

  // `on`: which prescription; if more than one, `deed` is a kDispense of one result for all of
  // them, in that order. "OK", and it has happened; or the reason of the refusal.
  std::string Do(const Deed& deed, const std::vector<size_t>& on);

  size_t size() const { return each_.size(); }
  const Model& operator[](size_t which) const { return each_[which]; }
  // Those whose result is one with that prescription's, itself too; none: it has none of that kind.
  std::vector<size_t> OneWith(size_t which) const;

 private:
  std::string DispenseTogether(const Deed& deed, const std::vector<size_t>& on);

  std::vector<Model> each_;
  std::vector<std::vector<size_t>> together_;  // the results for several that stand
};

}  // namespace tsunagu::prescription::model

#endif  // SERVICES_PRESCRIPTION_MODEL_SEVERAL_H_
