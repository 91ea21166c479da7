#include "services/prescription/test_walk.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/prescription/test_documents.h"

namespace tsunagu::prescription {
namespace {

using model::Act;
using model::Deed;
using model::Model;
using model::Terms;

struct Weighted {
  Act act;
  int weight;
};

constexpr Weighted kActs[] = {
    {Act::kChange, 3},   {Act::kCancel, 1},       {Act::kUndoCancel, 3},  {Act::kUndoChange, 6},
    {Act::kAccept, 8},   {Act::kRelease, 2},      {Act::kCollect, 1},     {Act::kUndoCollect, 3},
    {Act::kDispense, 6}, {Act::kChangeResult, 2}, {Act::kCancelResult, 3}};

Act ChooseAct(const Choose& choose) {
  int total = 0;
  for (const Weighted& one : kActs) total += one.weight;
  int left = choose(total);
  for (const Weighted& one : kActs) {
    if (left < one.weight) return one.act;
    left -= one.weight;
  }
  return Act::kAccept;
}

bool IsIssuers(Act act) {
  return act == Act::kChange || act == Act::kCancel || act == Act::kUndoCancel ||
         act == Act::kUndoChange;
}

}  // namespace

std::string PrescriptionTextOf(const Terms& terms, int days, absl::CivilDay day) {
  const bool split = terms.total > 1 && !terms.refill;
  std::string head;
  if (terms.total > 1) head = absl::StrCat(terms.refill ? "\n64," : "\n63,", terms.total);
  if (split) absl::StrAppend(&head, ",1");
  std::string text =
      Change(PrescriptionText(day), "\n101,1,1,,14", absl::StrCat(head, "\n101,1,1,,", days));
  if (!split) return text;
  text = Change(text, "\n111,1,3", absl::StrCat("\n102,1,1,", days, "\n111,1,3"));
  return Change(text, "\n111,2,3", "\n102,2,1,7\n111,2,3");
}

std::string ResultTextOf(const Deed& deed, const Terms& terms) {
  std::string text = Change(ResultText(deed.day), "1,4,7654321,13",
                            absl::StrCat("1,4,", deed.facility.substr(3), ",13"));
  if (terms.total > 1 && terms.refill) {
    absl::StrAppend(&text, "521,", deed.use, ",", deed.more ? 2 : 1, ",",
                    deed.next_on.has_value() ? national::FormatDay(*deed.next_on) : "", "\n");
  }
  if (terms.total > 1 && !terms.refill) {
    text = Change(text, "\n101,1,1,,14",
                  absl::StrCat("\n63,", terms.total, ",", deed.use, "\n101,1,1,,14"));
    text = Change(text, "\n111,1,3", "\n102,1,1,14\n111,1,3");
  }
  return text;
}

Terms ChooseTerms(const Choose& choose, absl::CivilDay today) {
  const int total = 1 + choose(3);
  return {today + 3, total, total > 1 && choose(2) == 1};
}

Deed ChooseDeed(const Choose& choose, const Terms& terms, const Model& model,
                const std::string& clinic, std::span<const std::string> pharmacies,
                absl::CivilDay today) {
  constexpr int kDaysUntilNext[] = {3, 7, 20};
  Deed deed;
  deed.act = ChooseAct(choose);
  deed.day = today;
  deed.facility =
      IsIssuers(deed.act)
          ? clinic
          : pharmacies[static_cast<size_t>(choose(static_cast<int>(pharmacies.size())))];
  deed.use = model.Results() + (deed.act == Act::kDispense ? 1 : 0);
  deed.more = deed.use < terms.total;
  if (deed.more) deed.next_on = today + kDaysUntilNext[choose(3)];
  return deed;
}

}  // namespace tsunagu::prescription
