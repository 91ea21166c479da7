// For tests: drugs that were given without a registered prescription, told in another way than
// given.h does: a list of records, each with the papers that it was since it was registered.
#ifndef SERVICES_PRESCRIPTION_MODEL_GIVEN_H_
#define SERVICES_PRESCRIPTION_MODEL_GIVEN_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace tsunagu::prescription::model {

enum class GivenAct { kRegister, kChange, kCancel };

std::string NameOf(GivenAct act);  // in words

// What was written down of one giving. Another number is another paper.
struct Paper {
  int number = 0;
  absl::CivilDay given_on;

  bool operator==(const Paper&) const = default;
};

struct GivenDeed {
  GivenAct act = GivenAct::kRegister;
  std::string facility;
  Paper paper;        // of kRegister and kChange
  size_t record = 0;  // of kChange and kCancel: its place in Records()
};

struct GivenRecord {
  std::string facility;
  Paper first;                // as it was registered
  std::vector<Paper> papers;  // that it was since then, the present one last; none: it is cancelled
};

// One person's.
class GivenDrugs {
 public:
  // "OK", and it has happened; or the reason of the refusal.
  std::string Do(const GivenDeed& deed);

  // In the order in which they were first registered.
  const std::vector<GivenRecord>& Records() const { return records_; }
  // Of kRegister: the place of the record that such a paper makes, or made before.
  size_t PlaceOf(const GivenDeed& deed) const;

 private:
  std::string Register(const GivenDeed& deed);
  std::string Change(const GivenDeed& deed);
  bool Stands(const GivenDeed& deed, const GivenRecord* but) const;

  std::vector<GivenRecord> records_;
};

}  // namespace tsunagu::prescription::model

#endif  // SERVICES_PRESCRIPTION_MODEL_GIVEN_H_
