#include "services/prescription/submission_time.h"

#include "services/prescription/submission_read.h"
#include "services/prescription/submission_rules.h"

namespace tsunagu::prescription {
namespace {

constexpr Rule kRuleSigningTime = {"RX-541", kError,
                                   "署名時刻（SigningTime）が未来です。署名した機器の時計をお確か"
                                   "めください。",
                                   "The SigningTime lies ahead: look at the signer's clock."};
constexpr Rule kRuleNextDay = {"RX-542", kError, "次回調剤予定日が調剤年月日より後ではありません。",
                               "The day of the next use is not after the day of dispensing."};
constexpr Rule kRuleLateNextDay = {
    "RX-543", kError, "次回調剤予定日が調剤年月日から 366 日より先です。",
    "The day of the next use is more than 366 days after the day of dispensing."};

}  // namespace

void CheckSigningTime(const xades::Signature& signature, absl::Time now,
                      national::Findings& findings) {
  if (!signature.signing_time.has_value()) return;
  if (*signature.signing_time > now + kSignerClockAhead) {
    Report(kRuleSigningTime, "SignedProperties/SigningTime", findings);
  }
}

void CheckNextDay(absl::CivilDay dispensed, absl::CivilDay next, national::Findings& findings) {
  if (!IsKnown(dispensed)) return;
  if (next <= dispensed) Report(kRuleNextDay, "521.next_day", findings);
  if (next > dispensed + kMaxDaysToNextUse) Report(kRuleLateNextDay, "521.next_day", findings);
}

}  // namespace tsunagu::prescription
