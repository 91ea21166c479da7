#include "services/prescription/duplication/report.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"

namespace tsunagu::prescription::duplication {
namespace {

using tsunagu::common::v1::Drug;

struct Words {
  const char* ja;
  const char* en;
};

Words WordsOf(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kMaterial:
      return {"特定器材は対象外です。", "Materials are not compared."};
    case Obstacle::kNoMaster:
      return {"医薬品マスターがないため成分がわかりません。",
              "There is no drug master that tells its ingredient."};
    case Obstacle::kUnknown:
      return {"医薬品マスターから成分がわかりません。",
              "The drug master does not tell its ingredient."};
    default:
      return {"成分のわかる医薬品コードがありません。",
              "It has no code that tells its ingredient."};
  }
}

Words WordsOf(v1::AlertCategory category) {
  if (category == v1::ALERT_CATEGORY_DUPLICATE) {
    return {"同じ成分・同じ投与経路の薬剤を服用中です。",
            "A drug of the same ingredient and route is being taken."};
  }
  return {"添付文書で併用禁忌とされる薬剤を服用中です。",
          "A drug is being taken that the package insert contraindicates with this."};
}

// What tells whether the alerts are those of the page before. Of a masked answer it says more than
// is shown: it leaves sealed only.
std::string AlertsOf(const std::vector<Group>& groups) {
  std::string text;
  for (const Group& group : groups) {
    absl::StrAppend(&text, group.category, group.ingredient, group.other, "/", group.past.size(),
                    "/");
  }
  return text;
}

struct Page {
  size_t begin = 0;
  size_t end = 0;
};

absl::StatusOr<Page> PageOf(const v1::CheckOptions& options, const std::vector<Group>& groups,
                            const std::string& fingerprint) {
  RETURN_IF_ERROR(CheckPage(options));
  Page page;
  if (!options.page_token().empty()) {
    const std::vector<absl::string_view> parts = absl::StrSplit(options.page_token(), '-');
    if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &page.begin)) {
      return BadField("options.page_token", "must be that of the answer before", "RX-418");
    }
    if (parts[1] != fingerprint || page.begin >= groups.size()) return CheckChanged();
  }
  const int size = options.page_size() == 0 ? kDefaultPageSize : options.page_size();
  page.end = std::min(groups.size(), page.begin + static_cast<size_t>(size));
  return page;
}

void FillPast(const Hit& hit, v1::PastDrug& past) {
  const v1::TakingItem& item = *hit.taken->item;
  *past.mutable_drug() = *hit.taken->drug;
  past.set_start(item.start());
  past.set_end(national::FormatDay(hit.taken->period.last));
  past.set_estimated(hit.taken->period.estimated);
  past.set_overlapping_days(hit.overlap);
  past.set_in_house(item.in_house() || item.prescription_id().empty());
  past.set_dispensed(past.in_house() || item.use() > 0);
  past.set_issuer(item.issuer());
  past.set_issuer_name(item.issuer_name());
  past.set_pharmacy(item.pharmacy());
  past.set_pharmacy_name(item.pharmacy_name());
  past.set_prescription_id(item.prescription_id());
}

// What the master calls the ingredient of the drug; else the drug's name.
std::string IngredientName(const Drug& drug, const Tables& tables, absl::CivilDay today) {
  if (tables.master == nullptr) return drug.name();
  const auto known = tables.master->Find(drug.code(), today);
  if (!known.has_value() || known->generic_name.empty()) return drug.name();
  return std::string(known->generic_name);
}

void FillGroup(const Group& group, const Tables& tables, absl::CivilDay today,
               v1::AlertGroup& filled) {
  filled.set_category(group.category);
  filled.set_ingredient(group.ingredient);
  filled.set_ingredient_name(IngredientName(*group.drugs.front(), tables, today));
  filled.set_other(group.other);
  if (group.pair != nullptr) filled.set_source(group.pair->source);
  const Words words = WordsOf(group.category);
  filled.set_message_ja(words.ja);
  filled.set_message_en(words.en);
  for (const Drug* drug : group.drugs) *filled.add_drugs() = *drug;
  for (const Hit& hit : group.past) {
    if (filled.past_size() < kMaxPastOfGroup) FillPast(hit, *filled.add_past());
  }
  filled.set_past_count(static_cast<int>(group.past.size()));
  if (group.accepted != nullptr) filled.set_reason(group.accepted->reason());
}

// RX-420
v1::CheckResult ResultOf(const std::vector<Group>& groups) {
  if (groups.empty()) return v1::CHECK_RESULT_NONE;
  const bool approved =
      std::ranges::all_of(groups, [](const Group& group) { return group.accepted != nullptr; });
  return approved ? v1::CHECK_RESULT_APPROVED : v1::CHECK_RESULT_HIT;
}

// RX-560
void FillPairsTable(const PairTable& pairs, v1::PairsTable& table) {
  table.set_pairs(static_cast<int>(pairs.size()));
  if (pairs.as_of().has_value()) table.set_as_of(national::FormatDay(*pairs.as_of()));
  table.set_example(pairs.is_example());
}

void FillNotCompared(const Result& result, v1::CheckReport& report) {
  for (const Obstructed& obstructed : result.not_compared) {
    v1::NotCompared& added = *report.add_not_compared();
    *added.mutable_drug() = *obstructed.drug;
    const Words words = WordsOf(obstructed.obstacle);
    added.set_reason_ja(words.ja);
    added.set_reason_en(words.en);
  }
}

}  // namespace

absl::Status CheckPage(const v1::CheckOptions& options) {
  const bool fits = options.page_size() >= 0 && options.page_size() <= kMaxPageSize;
  return fits ? absl::OkStatus() : BadField("options.page_size", "must be 0 to 50", "RX-418");
}

absl::Status MakeReport(const Result& result, const Tables& tables, const Options& options,
                        const v1::CheckOptions& page_options, const Seal& seal,
                        v1::CheckReport& report) {
  const std::string fingerprint = seal(AlertsOf(result.groups));
  ASSIGN_OR_RETURN(const Page page, PageOf(page_options, result.groups, fingerprint));
  report.set_result(ResultOf(result.groups));
  for (size_t i = page.begin; i < page.end; ++i) {
    FillGroup(result.groups[i], tables, options.today, *report.add_groups());
  }
  int alerts = 0;
  for (const Group& group : result.groups) alerts += static_cast<int>(group.past.size());
  report.set_group_count(static_cast<int>(result.groups.size()));
  report.set_alert_count(alerts);
  if (page.end < result.groups.size()) {
    report.set_next_page_token(absl::StrCat(page.end, "-", fingerprint));
  }
  if (page.begin == 0) FillNotCompared(result, report);
  report.set_past_not_compared(result.past_not_compared);
  report.set_left_out(result.left_out);
  report.set_without_pairs(tables.pairs == nullptr);
  if (tables.pairs != nullptr) FillPairsTable(*tables.pairs, *report.mutable_pairs_table());
  report.set_look_back_from(national::FormatDay(LookBackFrom(options)));
  return absl::OkStatus();
}

void Mask(v1::CheckReport& report) {
  report.set_masked(true);
  for (v1::AlertGroup& group : *report.mutable_groups()) {
    // Of a pair both tell which other drug it is.
    group.clear_other();
    group.clear_source();
    for (v1::PastDrug& past : *group.mutable_past()) {
      Drug shown;
      shown.set_form(past.drug().form());
      shown.set_quantity(past.drug().quantity());
      *past.mutable_drug() = std::move(shown);
      past.clear_issuer();
      past.clear_issuer_name();
      past.clear_pharmacy();
      past.clear_pharmacy_name();
      past.clear_prescription_id();
    }
  }
}

}  // namespace tsunagu::prescription::duplication
