#include "services/prescription/duplication/test_person.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription::duplication {
namespace {

constexpr int kYj = 4;

// A check does not own what it is about.
template <typename Message>
std::vector<const Message*> PointersTo(const std::deque<Message>& messages) {
  std::vector<const Message*> pointers;
  for (const Message& message : messages) pointers.push_back(&message);
  return pointers;
}

}  // namespace

tsunagu::common::v1::Drug DrugOf(const std::string& ingredient, int days, int form) {
  tsunagu::common::v1::Drug drug;
  drug.set_code_kind(kYj);
  drug.set_code(ingredient + "F1010");
  drug.set_name("drug " + ingredient);
  drug.set_amount("3");
  drug.set_unit("錠");
  drug.set_usage("１日３回");
  drug.set_form(form);
  drug.set_quantity(days);
  return drug;
}

v1::TakingItem& TestPerson::Takes(const std::string& ingredient, int days_ago, int days,
                                  const std::string& issuer, int form) {
  v1::TakingItem& item = items_.emplace_back();
  item.set_prescription_id(absl::StrCat("prescription-", items_.size()));
  item.set_use(1);
  item.set_start(national::FormatDay(kToday - days_ago));
  item.set_issuer(issuer);
  item.set_issuer_name("clinic " + issuer);
  item.set_pharmacy(kPharmacyA);
  item.set_pharmacy_name("pharmacy A");
  *item.add_drugs() = DrugOf(ingredient, days, form);
  return item;
}

void TestPerson::Drafts(const std::string& ingredient, int days) {
  drugs_.push_back(DrugOf(ingredient, days));
}

void TestPerson::Accepts(v1::AlertCategory category, const std::string& ingredient,
                         const std::string& other) {
  v1::AcceptedAlert& alert = accepted_.emplace_back();
  alert.set_category(category);
  alert.set_ingredient(ingredient);
  alert.set_other(other);
  alert.set_reason("漸減のため");
}

Result TestPerson::Checked() const {
  const auto drugs = PointersTo(drugs_);
  const auto accepted = PointersTo(accepted_);
  return Check({drugs, accepted}, PointersTo(items_), tables, options);
}

std::vector<std::string> GroupsOf(const Result& result) {
  std::vector<std::string> groups;
  for (const Group& group : result.groups) {
    const bool pair = group.category == v1::ALERT_CATEGORY_CONTRAINDICATED;
    groups.push_back(absl::StrCat(pair ? "pair " : "duplicate ", group.ingredient, " ", group.other,
                                  pair ? " " : "", "x", group.past.size()));
  }
  return groups;
}

}  // namespace tsunagu::prescription::duplication
