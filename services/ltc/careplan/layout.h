// The record layouts of the care-plan exchange (ケアプランデータ連携標準仕様 version 4): which file
// kinds exist and what each column of a record holds. Constant tables, thread safe.
#ifndef SERVICES_LTC_CAREPLAN_LAYOUT_H_
#define SERVICES_LTC_CAREPLAN_LAYOUT_H_

#include <optional>
#include <span>

#include "absl/strings/string_view.h"

namespace tsunagu::ltc::careplan {

enum class FileKind {
  kSupplement,     // UPHOSOKU 利用者補足情報
  kTable1,         // UP1KYO 第1表
  kTable2,         // UP2KYO 第2表
  kTable3,         // UP3KYO 第3表
  kPlan,           // UPPLAN 第6表 予定
  kActuals,        // UPJSK 第6表 実績
  kMoney,          // UPSIKYU 第7表
  kDeleteTable1,   // DLT1KYO
  kDeletePlan,     // DLTPLAN
  kDeleteActuals,  // DLTJSK
};

inline constexpr FileKind kFileKinds[] = {
    FileKind::kSupplement, FileKind::kTable1,        FileKind::kTable2, FileKind::kTable3,
    FileKind::kPlan,       FileKind::kActuals,       FileKind::kMoney,  FileKind::kDeleteTable1,
    FileKind::kDeletePlan, FileKind::kDeleteActuals,
};

// What the text of a column may be. An empty cell satisfies every format; whether it may be empty
// is Column::required.
enum class Format {
  kCode,           // anything without a rule of its own
  kFree,           // free text, always in quotes
  kVersion,        // YYYYMM of the CSV version
  kInsurer,        // 6 digits
  kInsured,        // 10 digits, or H and 9 digits (livelihood protection only)
  kOffice,         // 10 digits or capital letters
  kDay,            // YYYYMMDD
  kDayOrZero,      // or 00000000
  kMonth,          // YYYYMM
  kMonthOrZero,    // or 000000
  kTime,           // HHMM, 2400 ends a day
  kTimeOrNone,     // or 9999: no time
  kNumber,         // digits
  kDecimal,        // digits with an optional fraction
  kSerial,         // 1 to 99
  kZip,            // ddd-dddd
  kServiceCode,    // 6 digits or capital letters
  kServiceKind,    // 2 digits or capital letters
  kDayBits,        // one 0 or 1 for each of 31 days
  kSex,            // 1 male, 2 female
  kCertification,  // 1 applying, 2 certified
  kCareLevel,      // 06 programme target, 12 13 support 1 2, 21..25 care 1..5
  kPlanClass,      // 11 first, 12 referred, 21 continued, 51..54 combinations
  kHelpReason,     // 1 lives alone, 2 family ill or disabled, 3 other
  kYesNo,          // Y, N
  kFlag,           // 1, 0
  kWeekday,        // 1 Monday .. 7 Sunday
};

struct Column {
  const char* id;       // our stable name, unique in the layout; findings name it
  const char* name_ja;  // the standard's name
  int max_bytes;        // in CP932; 0 means no limit
  bool required;
  Format format;
};

struct Layout {
  FileKind kind;
  const char* name;    // e.g. "UP1KYO"
  bool month_in_name;  // whether the file name carries the month
  std::span<const Column> columns;

  // Index of the column with that id, or -1.
  int Find(absl::string_view id) const;
};

const Layout& LayoutOf(FileKind kind);

// Nothing when no layout has that name, e.g. for the prevention files UPKIHON and UPYOBO, which
// are not supported.
std::optional<FileKind> KindOfName(absl::string_view name);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_LAYOUT_H_
