#include "tools/terminal/field_faults.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Field;
using prescription::envelope::Interface;

struct Source {
  const char* path;     // in a call
  const char* element;  // of a request; of several the first that the interface has
};

constexpr Source kSources[] = {
    {"access_code", "AccessCode"},
    {"document", "PrescriptionInfo"},
    {"document", "DispensingInfo"},
    {"from_day", "FromDate"},
    {"given_id", "InHousePrescriptionId"},
    {"identity", "InsurerNumber"},
    {"identity.branch", "InsuredBranchNumber"},
    {"identity.insurer", "InsurerNumber"},
    {"identity.number", "InsuredIdentificationNumber"},
    {"identity.symbol", "InsuredCardSymbol"},
    {"issue_type", "IssueType"},
    {"issued_on", "IssueDate"},
    {"issuer", "IssuerCode"},
    {"options.page_token", "PageToken"},
    {"page_token", "PageToken"},
    {"prescription_id", "PrescriptionId"},
    {"replaces", "ReplacedPrescriptionId"},
    {"result_id", "DispensingResultId"},
    {"to_day", "ToDate"},
};

struct Fault {
  const char* en;  // begins so
  const char* ja;
};

constexpr Fault kFaults[] = {
    {"in the future", "未来の日です。"},
    {"is after to_day", "終わりの日より後です。"},
    {"is no day", "日付ではありません（YYYYMMDD）。"},
    {"is none of ours", "前の応答の NextPageToken ではありません。"},
    {"missing", "必要な項目がありません。"},
    {"more than 31 days", "期間は31日までです。"},
    {"must be 10 digits of a medical or dental institution",
     "紙の処方箋を交付した医科・歯科の医療機関のコード（10桁）が必要です。"},
    {"must be 6 digits", "6桁の数字です。"},
    {"must be a UUID", "処方箋IDなどの番号（小文字の UUID）ではありません。"},
    {"must be that of the answer before", "前の応答の NextPageToken ではありません。"},
    {"needed for a family", "枝番が必要です。"},
    {"needed to show that the patient is there", "被保険者資格の情報が必要です。"},
    {"needed with access_code", "引換番号とともに必要です。"},
    {"not in house", "院内処方では使いません。"},
    {"over 1 MiB", "1 MiB を超えています。"},
    {"over 30 drugs", "薬剤が30を超えるため、同意なしではチェックできません。"},
};

bool Has(const Interface& interface, absl::string_view element) {
  return std::ranges::any_of(interface.request,
                             [&](const Field& field) { return field.name == element; });
}

}  // namespace

std::string ElementOf(const Interface& interface, absl::string_view path) {
  for (const Source& source : kSources) {
    if (path == source.path && Has(interface, source.element)) return source.element;
  }
  return std::string(path);
}

std::string FaultJa(absl::string_view description) {
  for (const Fault& fault : kFaults) {
    if (absl::StartsWith(description, fault.en)) return fault.ja;
  }
  return "";
}

}  // namespace tsunagu::terminal
