// Names of care-plan files:
//   KIND[_YYYYMM]_sender10_senderKind2_receiver10_receiverKind2_YYYYMMDDHHMMSS.CSV
// Version 3 names lack the two service kinds. Pure functions, thread safe.
#ifndef SERVICES_LTC_CAREPLAN_FILE_NAME_H_
#define SERVICES_LTC_CAREPLAN_FILE_NAME_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/ltc/careplan/layout.h"

namespace tsunagu::ltc::careplan {

// The month of a supplement that travels with tables 1 to 3.
inline constexpr char kNoMonth[] = "000000";

// One office in one role.
struct Office {
  std::string number;  // 事業所番号, 10 digits or capital letters
  std::string
      kind;  // サービス種類コード, 2 characters, e.g. 43 care management; empty in version 3
  bool operator==(const Office&) const = default;
};

struct FileName {
  FileKind kind = FileKind::kSupplement;
  std::string month;  // YYYYMM or kNoMonth; empty for kinds without a month
  Office source;
  Office destination;
  std::string timestamp;  // YYYYMMDDHHMMSS in Japan
  bool operator==(const FileName&) const = default;
};

// Whether the name is one of a prevention plan (介護予防サービス計画: UPKIHON, UPYOBO, their parts
// and deletes), which the standard has and this program does not read (LTC-107).
bool IsPreventionPlan(absl::string_view name);

// INVALID_ARGUMENT says which part of the name breaks the pattern, in Japanese and English.
absl::StatusOr<FileName> ParseFileName(absl::string_view name);

// The inverse: ParseFileName(BuildFileName(n)) == n for every n that can be parsed.
std::string BuildFileName(const FileName& name);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_FILE_NAME_H_
