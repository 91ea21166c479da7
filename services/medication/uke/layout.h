// The record layouts of receipt files (レセプト電算, "UKE"): one table that drives reading and
// checking.
//
// Sources: 記録条件仕様, 医科用 of April 2022, DPC用 as of 2015, 歯科用 and 調剤用 of June 2026,
// see docs/requirements/medication.md. Positions count the record identification as 1, as the
// specifications do.
#ifndef SERVICES_MEDICATION_UKE_LAYOUT_H_
#define SERVICES_MEDICATION_UKE_LAYOUT_H_

#include <cstdint>
#include <span>

#include "absl/strings/string_view.h"

namespace tsunagu::medication::uke {

// What kind of claim a file holds; its header tells, and of DPC its first receipt (MH-200).
enum class Kind : uint8_t {
  kUnknown,   // no header yet, or a kind that is not supported
  kMedical,   // 医科: RECEIPTC.UKE, headed by IR
  kDpc,       // DPC: RECEIPTD.UKE, headed by IR
  kDental,    // 歯科: RECEIPTS.UKE, headed by UK; each receipt begins with IR
  kPharmacy,  // 調剤: RECEIPTY.CYO, headed by YK
};

inline constexpr Kind kKinds[] = {Kind::kMedical, Kind::kDpc, Kind::kDental, Kind::kPharmacy};

// "medical", "dpc", "dental", "pharmacy" or "unknown".
absl::string_view KindName(Kind kind);

enum class RecordType : uint8_t {
  kUnknown,  // also what stands before the first record of a receipt
  kForeign,  // written by insurers and agencies on their copies (HI HR RC ...): skipped
  kIR,
  kUK,
  kYK,
  kRE,
  kHO,
  kKO,
  kSN,
  kJD,
  kMF,
  kGR,
  kSY,
  kHS,
  kBU,
  kSB,
  kKK,
  kSK,
  kGA,
  kHH,
  kGT,
  kSS,
  kSI,
  kIY,
  kTO,
  kCO,
  kSJ,
  kCD,
  kTI,
  kTR,
  kTS,
  kSH,
  kCZ,
  kTK,
  kKI,
  kST,
  kGO,
};

// The type that the first field of a line names. Lines of claims start with two capital letters and
// a comma (or end there).
RecordType TypeOf(absl::string_view line);

// "HO" for kHO; "??" for a type that has no name of its own.
absl::string_view TypeName(RecordType type);

// What bytes a field may hold.
enum class Mode : uint8_t {
  kDigits,        // 数字
  kDecimal,       // 数字 with a decimal point, at most five digits before and after it
  kAlphanumeric,  // 英数: one-byte characters
  kFullWidth,     // 漢字: two-byte characters
  kText,          // 英数 or 漢字
  kDay,           // YYYYMMDD, or GYYMMDD of files before 2020
  kMonth,         // YYYYMM, or GYYMM
};

enum class Width : uint8_t {
  kVariable,  // 可変: at most the stated bytes
  kFixed,     // 固定: exactly the stated bytes
};

enum class Presence : uint8_t {
  kKey,          // always; without it the history cannot be built: missing is an error
  kAlways,       // always; missing is a warning
  kConditional,  // whenever it applies
  kReserved,     // not written by claimants
};

struct Field {
  const char* name_ja;
  Mode mode;
  uint16_t max_bytes;  // in CP932; 0 means that the source states no limit
  Width width;
  Presence presence;
  uint8_t unit = 1;  // bytes of one code, in a field of several
};

// Where a treatment, drug, material or comment stands in its record; 0: it has no such field.
struct ItemColumns {
  const char* prefixes = "";  // first digits of the codes that it may have
  int code = 0;
  int amount = 0;
  int count = 0;
  int comments = 0;  // first of kItemCommentPairs pairs of code and text
  int days = 0;      // first of kDaysOfMonth columns
};

struct RecordLayout {
  RecordType type;
  std::span<const Field> fields;  // fields[0] is position 1, the record identification
  // Bit of every record type that may stand directly before this one in a receipt; that of kUnknown
  // when it may be the first.
  uint64_t after;
  ItemColumns item = {};
};

// The layout of a record in files of that kind, or nullptr if such files do not have it.
const RecordLayout* FindLayout(Kind kind, RecordType type);

// Whether `type` may directly follow `previous` inside one receipt.
bool MayFollow(const RecordLayout& layout, RecordType previous);

// Positions that other code reads by name.
namespace pos {
// IR, UK and YK, the headers.
inline constexpr int kHeaderPrefecture = 3, kHeaderTable = 4, kHeaderFacility = 5;
inline constexpr int kIrMonth = 8, kUkMonth = 8, kYkMonth = 7, kDentalIrMonth = 7;
// RE, receipt.
inline constexpr int kReNumber = 2, kReType = 3, kReMonth = 4, kReBirth = 7;
inline constexpr int kReMedicalSearch = 19, kReDpcSearch = 21, kReDentalSearch = 20,
                     kRePharmacySearch = 38;
inline constexpr int kReSummary = 19, kReDetails = 20;  // レセプト総括区分, 明細情報数 of DPC
inline constexpr int kReNotVisited = 19;                // 未来院請求 of 歯科
inline constexpr int kRePrescriberPrefecture = 10, kRePrescriberTable = 11,
                     kRePrescriberFacility = 12;
// HO, insurer; KO, public payer.
inline constexpr int kHoInsurer = 2, kHoSymbol = 3, kHoNumber = 4, kHoPoints = 6;
inline constexpr int kKoPayer = 2, kKoPoints = 6;
// SN, qualification check.
inline constexpr int kSnPayerClass = 2, kSnInsurer = 4, kSnSymbol = 5, kSnNumber = 6, kSnBranch = 7;
// SS, SI, IY, TO and CO of 医科, DPC and 歯科.
inline constexpr int kClass = 2, kCode = 4, kAmount = 5, kPoints = 6, kCount = 7;
inline constexpr int kItemComments = 8, kItemDays = 14;  // of 医科 and DPC, in SI and IY
inline constexpr int kToComments = 12, kToDays = 18;     // of 医科 and DPC
inline constexpr int kCoText = 5;
inline constexpr int kDentalSiDays = 8, kDentalIyForm = 8, kDentalIyDays = 9;
inline constexpr int kDentalToCount = 14, kDentalToDays = 15;
inline constexpr int kSsCount = 78, kSsDays = 79;
// CD, coding data of DPC.
inline constexpr int kCdDay = 2, kCdClass = 3, kCdSequence = 4, kCdCode = 6, kCdAmount = 7,
                     kCdCount = 10;
// SH, CZ, IY and CO of 調剤.
inline constexpr int kShForm = 3, kShUsageCode = 4, kShUsageText = 5;
inline constexpr int kCzPrescribed = 3, kCzDispensed = 4, kCzQuantity = 6;
inline constexpr int kPharmacyCode = 3, kPharmacyAmount = 4, kPharmacyMixture = 7,
                     kPharmacyMixtureBranch = 8, kPharmacyDoseOnce = 10;
inline constexpr int kPharmacyCoCode = 2, kPharmacyCoText = 3;
// GO, end of the claim.
inline constexpr int kGoCount = 2, kGoPoints = 3;
}  // namespace pos

inline constexpr int kDaysOfMonth = 31;  // day columns of a record
inline constexpr int kItemCommentPairs = 3;
inline constexpr int kMaxFields = 128;  // the longest layout (KI) has 114

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_LAYOUT_H_
