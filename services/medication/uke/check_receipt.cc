// What holds of a receipt as a whole.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "services/medication/uke/check.h"
#include "services/medication/uke/digits.h"

namespace tsunagu::medication::uke {
namespace {

using national::Severity;

constexpr size_t kMaxPublicPayers = 4;
constexpr int64_t kMaxReceiptNumber = 999999;
constexpr int kTypeDigits = 4;

// レセプト総括区分 of a receipt with details; 0 is one by itself, 2 and 3 are details (MH-203).
constexpr char kSummary = '1';

// First digit of レセプト種別.
char TypeDigit(Kind kind) {
  if (kind == Kind::kPharmacy) return '4';
  return kind == Kind::kDental ? '3' : '1';
}

bool IsItem(const Record& record) {
  switch (record.type) {
    case RecordType::kSS:
    case RecordType::kSI:
    case RecordType::kIY:
    case RecordType::kTO:
    case RecordType::kCD:
    case RecordType::kKI:
      return true;
    default:
      return false;
  }
}

// What the details of a 総括 receipt claim: of each the points of HO, or of its first KO.
int64_t PointsOfDetails(const Receipt& receipt) {
  int64_t points = 0;
  bool in_detail = false;
  bool counted = false;
  for (const Record& record : receipt.lines) {
    if (record.type == RecordType::kRE) {
      in_detail = record.line != receipt.re.line;
      counted = false;
    }
    const bool payer = record.type == RecordType::kHO || record.type == RecordType::kKO;
    if (!in_detail || counted || !payer) continue;
    // Of both records the points stand at the same place.
    points += Number(record.Get(pos::kHoPoints)).value_or(0);
    counted = true;
  }
  return points;
}

}  // namespace

void FileCheck::CountPayers(const Receipt& receipt) {
  ++totals_.receipts;
  totals_.details += static_cast<int>(receipt.details.size());
  totals_.insurers += receipt.ho.empty() ? 0 : 1;
  totals_.payers += static_cast<int>(receipt.kos.size());
  if (!receipt.ho.empty()) {
    totals_.points += Number(receipt.ho.Get(pos::kHoPoints)).value_or(0);
  } else if (!receipt.kos.empty()) {
    totals_.points += Number(receipt.kos.front().Get(pos::kKoPoints)).value_or(0);
  }
}

void FileCheck::CheckReceipt(const Receipt& receipt) {
  CheckNumber();
  CheckType(receipt);
  CheckPayers(receipt);
  if (std::none_of(receipt.lines.begin(), receipt.lines.end(), IsItem)) {
    Report("MH-026", Severity::kWarning, 0, "", "診療行為・医薬品・特定器材がありません",
           "the receipt has no treatment, drug or material");
  }
  if (place_.kind == Kind::kDpc) {
    CheckPerson(receipt);
    CheckDetails(receipt);
  }
  if (place_.kind == Kind::kDental) CheckInstitution(receipt);
}

void FileCheck::CheckNumber() {
  const auto number = Number(place_.receipt_number);
  if (!number.has_value()) return;
  if (*number != last_number_ + 1) {
    Report("MH-016", Severity::kWarning, pos::kReNumber, "レセプト番号",
           "レセプト番号が連番ではありません", "receipts are not numbered one after another");
  }
  last_number_ = static_cast<int>(std::min(*number, kMaxReceiptNumber));
}

void FileCheck::CheckType(const Receipt& receipt) {
  const absl::string_view type = receipt.re.Get(pos::kReType);
  if (type.empty()) return;
  if (type[0] != TypeDigit(place_.kind)) {
    Report("MH-017", Severity::kWarning, pos::kReType, "レセプト種別",
           "ファイルの種類に合わないレセプト種別です", "a receipt type of another kind of file");
  }
  // Even ones are of outpatients.
  if (place_.kind == Kind::kDpc && type.size() == kTypeDigits && absl::ascii_isdigit(type[3]) &&
      (type[3] - '0') % 2 == 0) {
    Report("MH-206", Severity::kWarning, pos::kReType, "レセプト種別",
           "ＤＰＣですが入院のレセプト種別ではありません", "of DPC, but not of a stay in hospital");
  }
}

void FileCheck::CheckPayers(const Receipt& receipt) {
  if (receipt.ho.empty() && receipt.kos.empty()) {
    Report("MH-018", Severity::kError, 0, "", "保険者（HO）も公費（KO）もありません",
           "neither an insurer (HO) nor a public payer (KO)");
  }
  if (receipt.kos.size() > kMaxPublicPayers) {
    Report("MH-018", Severity::kError, 0, "", "公費（KO）が多すぎます",
           "too many public payers (KO)");
  }
}

// MH-201
void FileCheck::CheckInstitution(const Receipt& receipt) {
  const Record& ir = receipt.lines.front();
  const Record& header = receipt.header.record;
  if (ir.type != RecordType::kIR) return;
  for (const int position : {pos::kHeaderPrefecture, pos::kHeaderTable, pos::kHeaderFacility}) {
    if (ir.Get(position) == header.Get(position)) continue;
    place_.record = ir;
    Report("MH-201", Severity::kError, position, "医療機関", "受付情報（UK）と異なる医療機関です",
           "another institution than the header's (UK)");
    place_.record = receipt.re;
    return;
  }
}

// MH-210
void FileCheck::CheckPerson(const Receipt& receipt) {
  const auto compare = [&](const Record& record, const Record& first, int position) {
    if (record.Get(position) == first.Get(position)) return;
    place_.record = record;
    Report("MH-210", Severity::kError, position, "", "総括レセプトと異なる被保険者です",
           "another insured than of the 総括 receipt");
    place_.record = receipt.re;
  };
  for (const Record& detail : receipt.details) compare(detail, receipt.re, pos::kReBirth);
  for (const Record& record : receipt.lines) {
    if (record.type != RecordType::kHO || receipt.details.empty()) continue;
    for (const int position : {pos::kHoInsurer, pos::kHoSymbol, pos::kHoNumber}) {
      compare(record, receipt.ho, position);
    }
  }
}

void FileCheck::CheckDetails(const Receipt& receipt) {
  const absl::string_view summary = receipt.re.Get(pos::kReSummary);
  if (summary.size() != 1) return;  // MH-010, MH-011
  if (summary[0] > kSummary) {
    Report("MH-203", Severity::kWarning, pos::kReSummary, "レセプト総括区分",
           "未知の区分か、前に総括レセプトのない明細です",
           "unknown, or a detail without a receipt of 総括区分 1 before it");
  }
  if (summary[0] != kSummary) return;
  if (Number(receipt.re.Get(pos::kReDetails)) != static_cast<int64_t>(receipt.details.size())) {
    Report("MH-204", Severity::kWarning, pos::kReDetails, "明細情報数",
           "総括レセプトに続く明細の数と一致しません", "differs from the number of details");
    return;  // then the points are of other details, too
  }
  const Record& payer =
      !receipt.ho.empty() || receipt.kos.empty() ? receipt.ho : receipt.kos.front();
  const auto points = Number(payer.Get(pos::kHoPoints));
  if (points.has_value() && *points != PointsOfDetails(receipt)) {
    place_.record = payer;
    Report("MH-205", Severity::kWarning, pos::kHoPoints, "合計点数",
           "明細の合計点数の和と一致しません", "differs from the sum of the details' points");
    place_.record = receipt.re;
  }
}

}  // namespace tsunagu::medication::uke
