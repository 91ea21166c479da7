#include "services/prescription/facility_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/requests.h"

namespace tsunagu::prescription {
namespace {

constexpr char kRule[] = "RX-494";
constexpr size_t kDayDigits = 8;

absl::StatusOr<absl::CivilDay> ReadDay(absl::string_view text, absl::CivilDay unset,
                                       const char* field) {
  if (text.empty()) return unset;
  const auto day = national::ParseDay(text);
  if (text.size() != kDayDigits || !day.has_value()) {
    return BadField(field, "is no day: YYYYMMDD", kRule);
  }
  return *day;
}

absl::StatusOr<Listed> ReadToken(absl::string_view token) {
  if (token.empty()) return Listed();
  const absl::string_view day = token.substr(0, kDayDigits);
  const bool cut = token.size() > kDayDigits && token[kDayDigits] == '/';
  if (!cut || !national::ParseDay(day) || !CheckId(token.substr(kDayDigits + 1)).ok()) {
    return BadField("page_token", "is none of ours", kRule);
  }
  return Listed{std::string(day), std::string(token.substr(kDayDigits + 1))};
}

}  // namespace

absl::StatusOr<Page> ReadPage(absl::string_view from_day, absl::string_view to_day, int page_size,
                              absl::string_view page_token, absl::CivilDay today) {
  Page page;
  ASSIGN_OR_RETURN(const absl::CivilDay to, ReadDay(to_day, today, "to_day"));
  ASSIGN_OR_RETURN(const absl::CivilDay from, ReadDay(from_day, to, "from_day"));
  if (from > to) return BadField("from_day", "is after to_day", kRule);
  if (to - from >= kMaxListedDays) return BadField("from_day", "more than 31 days", kRule);
  if (page_size < 0 || page_size > kMaxPageSize) {
    return BadField("page_size", "must be 1 to 100", kRule);
  }
  if (page_size > 0) page.size = page_size;
  ASSIGN_OR_RETURN(page.after, ReadToken(page_token));
  for (absl::CivilDay day = from; day <= to; ++day) page.days.push_back(national::FormatDay(day));
  return page;
}

std::string PageToken(const Listed& last) { return absl::StrCat(last.day, "/", last.id); }

}  // namespace tsunagu::prescription
