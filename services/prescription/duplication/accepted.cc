#include "services/prescription/duplication/accepted.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/prescription/duplication/ingredient.h"
#include "services/prescription/errors.h"

namespace tsunagu::prescription::duplication {
namespace {

// Of UTF-8.
int Characters(absl::string_view text) {
  return static_cast<int>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

absl::Status CheckAlert(const v1::AcceptedAlert& alert, const std::string& path) {
  const auto wrong = [&](const char* field, const char* description) {
    return BadField(absl::StrCat(path, ".", field), description, "RX-419");
  };
  const bool duplicate = alert.category() == v1::ALERT_CATEGORY_DUPLICATE;
  if (!duplicate && alert.category() != v1::ALERT_CATEGORY_CONTRAINDICATED) {
    return wrong("category", "must be a duplicate or contraindicated");
  }
  if (!IsIngredient(alert.ingredient())) return wrong("ingredient", "must be 7 digits");
  if (!alert.other().empty() && (duplicate || !IsIngredient(alert.other()))) {
    return wrong("other", "must be 7 digits, of a contraindicated pair");
  }
  const int characters = Characters(alert.reason());
  if (characters == 0 || characters > kMaxReasonCharacters) {
    return wrong("reason", "must be 1 to 300 characters");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckAcceptedAlerts(
    const google::protobuf::RepeatedPtrField<v1::AcceptedAlert>& alerts) {
  if (alerts.size() > kMaxAcceptedAlerts) {
    return BadField("accepted_alerts", "at most 50", "RX-419");
  }
  for (int i = 0; i < alerts.size(); ++i) {
    const absl::Status status = CheckAlert(alerts[i], absl::StrCat("accepted_alerts[", i, "]"));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace tsunagu::prescription::duplication
