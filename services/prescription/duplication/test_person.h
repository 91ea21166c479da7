// For tests: a person who takes drugs, and drafts. Codes are YJ codes of invented drugs.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_TEST_PERSON_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_TEST_PERSON_H_

#include <deque>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/prescription/duplication/check.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/alert.pb.h"
#include "tsunagu/prescription/v1/taking.pb.h"

namespace tsunagu::prescription::duplication {

inline const absl::CivilDay kToday(2026, 6, 30);
inline constexpr char kClinicA[] = "1311111111";
inline constexpr char kClinicB[] = "1322222222";
inline constexpr char kPharmacyA[] = "1347777777";

// Of that ingredient; its name is "drug <ingredient>".
tsunagu::common::v1::Drug DrugOf(const std::string& ingredient, int days = 14, int form = 1);

// Holds what a check looks at.
class TestPerson {
 public:
  // Dispensed so many days ago. The items stay where they are.
  v1::TakingItem& Takes(const std::string& ingredient, int days_ago = 3, int days = 14,
                        const std::string& issuer = kClinicB, int form = 1);
  // In the draft.
  void Drafts(const std::string& ingredient, int days = 14);
  void Accepts(v1::AlertCategory category, const std::string& ingredient,
               const std::string& other = "");

  Result Checked() const;

  Options options{kToday, kDefaultLookBackDays, false, kClinicA, ""};
  Tables tables;

 private:
  std::deque<v1::TakingItem> items_;
  std::deque<tsunagu::common::v1::Drug> drugs_;
  std::deque<v1::AcceptedAlert> accepted_;
};

// "duplicate 2171022 x2" or "pair 2171022 1124007 x1" for each group: how many are being taken.
std::vector<std::string> GroupsOf(const Result& result);

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_TEST_PERSON_H_
