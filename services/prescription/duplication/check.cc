#include "services/prescription/duplication/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "services/platform/national/jst.h"

namespace tsunagu::prescription::duplication {
namespace {

using tsunagu::common::v1::Drug;

// Drugs of the draft with one ingredient, and how long they are taken.
struct Drafted {
  std::vector<const Drug*> drugs;
  Period period;
};
// Both in the order of ingredients.
using DraftedBy = std::map<std::string, Drafted>;
using TakenBy = std::map<absl::string_view, std::vector<const Taken*>>;

DraftedBy ByIngredient(const Draft& draft, const Tables& tables, absl::CivilDay today,
                       Result& result) {
  DraftedBy drafted;
  for (const Drug* drug : draft.drugs) {
    const Ingredient ingredient = IngredientOf(*drug, tables.master, today);
    if (ingredient.key.empty()) {
      result.not_compared.push_back({drug, ingredient.obstacle});
      continue;
    }
    const Period period = PeriodOf(*drug, today);
    auto [at, is_new] = drafted.try_emplace(ingredient.key, Drafted{{}, period});
    at->second.drugs.push_back(drug);
    if (!is_new && period.last > at->second.period.last) at->second.period = period;
  }
  return drafted;
}

const v1::AcceptedAlert* FindAccepted(const Draft& draft, const Group& group) {
  for (const v1::AcceptedAlert* alert : draft.accepted) {
    if (alert->category() == group.category && alert->ingredient() == group.ingredient &&
        (alert->other().empty() || alert->other() == group.other)) {
      return alert;
    }
  }
  return nullptr;
}

void AddGroup(Group group, const Drafted& drafted, const std::vector<const Taken*>& taken,
              const Draft& draft, absl::CivilDay today, Result& result) {
  group.drugs = drafted.drugs;
  group.past.reserve(taken.size());
  for (const Taken* past : taken) {
    group.past.push_back({past, DaysInBoth(drafted.period, past->period, today)});
  }
  // Two drugs of one item stay in its order; all else is settled, whatever order the items have.
  const auto rank = [](const Hit& hit) {
    return std::make_tuple(-hit.overlap, absl::CivilDay() - hit.taken->period.first,
                           absl::string_view(hit.taken->item->prescription_id()),
                           absl::string_view(hit.taken->item->issuer()));
  };
  std::ranges::stable_sort(group.past, {}, rank);
  group.accepted = FindAccepted(draft, group);
  result.groups.push_back(std::move(group));
}

// RX-417. The ingredients settle what else is equal, so that the order is always the same.
void Rank(std::vector<Group>& groups) {
  const auto rank = [](const Group& group) {
    const Hit& first = group.past.front();
    const auto newest =
        std::ranges::max(group.past, {}, [](const Hit& hit) { return hit.taken->period.first; });
    return std::make_tuple(group.category, -first.overlap,
                           absl::CivilDay() - newest.taken->period.first,
                           absl::string_view(group.ingredient), absl::string_view(group.other));
  };
  std::ranges::sort(groups, [&](const Group& a, const Group& b) { return rank(a) < rank(b); });
}

// Whether the item is of what is asked about.
bool IsCompared(const v1::TakingItem& item, const Options& options) {
  const auto start = national::ParseDay(item.start());
  if (!start.has_value() || *start < LookBackFrom(options) || *start > options.today) return false;
  if (HasLapsed(item, options.today)) return false;
  return options.own_prescription.empty() || item.prescription_id() != options.own_prescription;
}

// What a facility has registered as given in house, by facility, day and code.
using Given = std::set<std::tuple<absl::string_view, absl::string_view, absl::string_view>>;

Given GivenInHouse(const Items& items) {
  Given given;
  for (const v1::TakingItem* item : items) {
    if (!item->in_house()) continue;
    for (const Drug& drug : item->drugs()) {
      given.emplace(item->issuer(), item->start(), drug.code());
    }
  }
  return given;
}

// RX-424: a receipt tells it a second time.
bool IsToldAgain(const v1::TakingItem& item, const Drug& drug, const Given& given) {
  return item.prescription_id().empty() &&
         given.contains({item.issuer(), item.start(), drug.code()});
}

}  // namespace

void FindTaken(const Items& items, const Tables& tables, const Options& options, Result& result) {
  const Given given = GivenInHouse(items);
  for (const v1::TakingItem* item : items) {
    if (!IsCompared(*item, options)) continue;
    const absl::CivilDay start = *national::ParseDay(item->start());
    const bool own = !options.own_facility && !options.prescriber.empty() &&
                     item->issuer() == options.prescriber;
    for (const Drug& drug : item->drugs()) {
      const Period period = PeriodOf(drug, start);
      if (!period.Has(options.today) || IsToldAgain(*item, drug, given)) continue;
      Ingredient ingredient = IngredientOf(drug, tables.master, start);
      if (ingredient.obstacle == Obstacle::kMaterial) continue;
      if (own) {
        ++result.left_out;
      } else if (ingredient.key.empty()) {
        ++result.past_not_compared;
      } else {
        result.taken.push_back({item, &drug, period, std::move(ingredient.key)});
      }
    }
  }
}

Result Check(const Draft& draft, const Items& items, const Tables& tables, const Options& options) {
  Result result;
  FindTaken(items, tables, options, result);
  TakenBy taken;
  for (const Taken& past : result.taken) taken[past.ingredient].push_back(&past);
  for (const auto& [ingredient, drafted] : ByIngredient(draft, tables, options.today, result)) {
    for (const auto& [other, past] : taken) {
      if (other == ingredient) {
        AddGroup({v1::ALERT_CATEGORY_DUPLICATE, ingredient, "", nullptr, {}, {}}, drafted, past,
                 draft, options.today, result);
        continue;
      }
      const Pair* pair =
          tables.pairs == nullptr ? nullptr : tables.pairs->Find(ingredient, other, options.today);
      if (pair == nullptr) continue;
      AddGroup({v1::ALERT_CATEGORY_CONTRAINDICATED, ingredient, std::string(other), pair, {}, {}},
               drafted, past, draft, options.today, result);
    }
  }
  Rank(result.groups);
  return result;
}

}  // namespace tsunagu::prescription::duplication
