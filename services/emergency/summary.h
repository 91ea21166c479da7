// What an emergency summary shows, and for how far back. Pure.
#ifndef SERVICES_EMERGENCY_SUMMARY_H_
#define SERVICES_EMERGENCY_SUMMARY_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/emergency/v1/emergency.pb.h"
#include "tsunagu/emergency/v1/state.pb.h"
#include "tsunagu/medication/v1/medication.pb.h"

namespace tsunagu::emergency {

// Look-back of the national emergency summary (医療保険部会 第189回 資料3, 2024-12-12).
inline constexpr int kReceiptMonths = 3;    // 薬剤情報
inline constexpr int kDispensingDays = 45;  // 電子処方箋: dispensings
inline constexpr int kVisitMonths = 3;      // 受診歴

// Of what is prescribed and not dispensed, the newest are shown.
inline constexpr size_t kMostUndispensed = 100;

// Names of the feeds in GetSummaryResponse.feeds.
inline constexpr char kEligibility[] = "eligibility";
inline constexpr char kMedication[] = "medication";
inline constexpr char kPrescription[] = "prescription";

// What the sections hold of all identities of one person.
struct Known {
  std::vector<tsunagu::eligibility::v1::Person> persons;
  tsunagu::common::v1::InsuredIdentity asked_for;  // normal form; the default message: not known
  std::vector<tsunagu::medication::v1::Dispensing> receipts;
  std::string newest_receipt;  // treatment month, YYYYMM, with drugs or without; empty: none
  std::vector<tsunagu::emergency::v1::KnownPrescriptions::Item> prescriptions;
  std::vector<std::string> unreadable;  // feeds that could not be read, or not in full
  std::vector<std::string> behind;      // feeds that may have said more than has been folded
};

// Adds the state of one treatment month, the default message where there is none.
void AddReceipts(absl::string_view month, const tsunagu::emergency::v1::KnownReceipts& state,
                 Known& known);

// The same day so many months earlier, or the last day of that month.
absl::CivilDay MonthsBefore(absl::CivilDay day, int months);

// Months whose states a summary of that day stands on: treatment months of receipts, and months of
// issue of prescriptions (refills are dispensed up to three months later).
std::vector<std::string> ReceiptMonths(absl::CivilDay today);
std::vector<std::string> PrescriptionMonths(absl::CivilDay today);

// Full years on that day; 0 when the day of birth (YYYYMMDD) is unset or no day before it.
int AgeOn(absl::string_view birth_date, absl::CivilDay today);

// The summary of that day in Japan without its medicines (EM-010 to EM-015, EM-019, EM-024).
tsunagu::emergency::v1::GetSummaryResponse Summarise(const Known& known, absl::CivilDay today);

// Whether every feed could be read to its end and none says anything of the person.
bool IsUnknown(const Known& known);

}  // namespace tsunagu::emergency

#endif  // SERVICES_EMERGENCY_SUMMARY_H_
