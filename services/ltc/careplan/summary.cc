#include "services/ltc/careplan/summary.h"

#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/layout.h"

namespace tsunagu::ltc::careplan {
namespace {

const char* NameOf(PackageKind kind) {
  switch (kind) {
    case PackageKind::kCarePlan:
      return "居宅サービス計画 (care plan)";
    case PackageKind::kMonthPlan:
      return "サービス利用票・別表 (monthly plan)";
    case PackageKind::kActuals:
      return "実績 (actuals)";
    case PackageKind::kDeleteCarePlan:
      return "居宅サービス計画の削除 (delete care plan)";
    case PackageKind::kDeleteMonthPlan:
      return "サービス利用票の削除 (delete monthly plan)";
    case PackageKind::kDeleteActuals:
      return "実績の削除 (delete actuals)";
  }
  return "";
}

std::string OfficeText(const Office& office) {
  return office.kind.empty() ? office.number : absl::StrCat(office.number, "/", office.kind);
}

}  // namespace

std::string Summarise(const Package& package) {
  std::string text =
      absl::StrCat("ケアプランデータ (care-plan package): ", NameOf(package.kind), "\n");
  absl::StrAppend(&text, "送信元 (sender): ", OfficeText(package.source), "\n",
                  "送信先 (receiver): ", OfficeText(package.destination), "\n",
                  "日時 (timestamp): ", package.timestamp, "\n");
  if (!package.month.empty()) {
    absl::StrAppend(&text, "対象年月 (month): ", package.month, "\n");
  }
  absl::StrAppend(&text, "利用者数 (persons): ", package.persons.size(), "\n");
  for (const PackageFile& file : package.files) {
    absl::StrAppend(&text, "  ", LayoutOf(file.name.kind).name, ": ", file.rows.size(),
                    " 件 (records)\n");
  }
  return text;
}

}  // namespace tsunagu::ltc::careplan
