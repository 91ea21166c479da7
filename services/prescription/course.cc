#include "services/prescription/course.h"

#include <algorithm>
#include <cstdint>

#include "services/platform/national/jst.h"
#include "services/prescription/submission_rules.h"
#include "services/prescription/submission_time.h"

namespace tsunagu::prescription {
namespace {

constexpr char kSplitRecord[] = "63";
constexpr char kRefillRecord[] = "521";

void ReadRefill(const record::Dispensing& result, const v1::Course& course, int due,
                v1::Event::Dispensed& event, national::Findings& findings) {
  const std::optional<record::RefillUse>& refill = result.refill;
  if (!refill.has_value()) return Report(kRuleUse, kRefillRecord, findings);
  event.set_more(!refill->Finished());
  if (refill->next_day.has_value()) event.set_next_on(national::FormatDay(*refill->next_day));
  if (refill->count != due) Report(kRuleUse, "521.count", findings);
  if (event.more() && due >= course.total()) Report(kRuleUse, "521.end", findings);
  if (event.more() && !refill->next_day.has_value()) Report(kRuleUse, "521.next_day", findings);
  if (event.more() && refill->next_day.has_value()) {
    CheckNextDay(result.dispensed_day, *refill->next_day, findings);
  }
}

void ReadPart(const std::optional<record::Split>& split, const v1::Course& course, int due,
              v1::Event::Dispensed& event, national::Findings& findings) {
  event.set_more(due < course.total());
  if (!split.has_value()) return Report(kRulePart, kSplitRecord, findings);
  if (split->total != course.total()) Report(kRulePart, "63.total", findings);
  if (split->index != due) Report(kRulePart, "63.part", findings);
}

// What the parts before `due` have of the drug.
int64_t DispensedBefore(const record::Drug& drug, const record::Rp& rp,
                        const v1::Prescription& registered, int due) {
  int64_t before = 0;
  for (int i = 0; i < std::min(due - 1, registered.results_size()); ++i) {
    for (const auto& other : registered.results(i).drugs()) {
      const bool same = other.code_kind() == static_cast<int>(drug.code_kind) &&
                        other.code() == drug.code && other.usage_code() == rp.usage.code;
      if (same) before += other.quantity();
    }
  }
  return before;
}

}  // namespace

void CheckParts(const record::Dispensing& result, const v1::Prescription& registered, int due,
                national::Findings& findings) {
  for (const record::Rp& rp : result.rps) {
    if (!rp.split_amount.has_value()) continue;
    const int64_t left = int64_t{rp.split_amount->total} - rp.split_amount->part;
    const bool exceeds = std::ranges::any_of(rp.drugs, [&](const record::Drug& drug) {
      return DispensedBefore(drug, rp, registered, due) > left;
    });
    if (exceeds) Report(kRuleParts, "102.part", findings);
  }
}

std::optional<v1::Course> ReadCourse(const record::Prescription& prescription,
                                     national::Findings& findings) {
  v1::Course course;
  if (prescription.refill_total > 0) {
    course.set_kind(v1::Course::KIND_REFILL);
    course.set_total(prescription.refill_total);
  } else if (prescription.split.has_value()) {
    course.set_kind(v1::Course::KIND_SPLIT);
    course.set_total(prescription.split->total);
    if (prescription.split->index != 1) Report(kRulePart, "63.part", findings);
  } else {
    return std::nullopt;
  }
  return course;
}

void ReadUse(const record::Dispensing& result, const v1::Course& course, int due,
             v1::Event::Dispensed& event, national::Findings& findings) {
  event.set_use(due);
  if (course.kind() == v1::Course::KIND_REFILL) {
    ReadRefill(result, course, due, event, findings);
  } else if (result.refill.has_value()) {
    Report(kRuleUse, kRefillRecord, findings);
  }
  if (course.kind() == v1::Course::KIND_SPLIT) {
    ReadPart(result.split, course, due, event, findings);
  } else if (result.split.has_value()) {
    Report(kRulePart, kSplitRecord, findings);
  }
}

}  // namespace tsunagu::prescription
