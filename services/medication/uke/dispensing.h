// What was handed out or given to whom: the drug lines of a receipt (rules MH-050 to MH-063 and
// MH-220 to MH-223).
//
// Pure functions of the receipt. Nothing here is checked again: see check.h for findings.
#ifndef SERVICES_MEDICATION_UKE_DISPENSING_H_
#define SERVICES_MEDICATION_UKE_DISPENSING_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/medication/uke/layout.h"
#include "services/medication/uke/reader.h"
#include "services/platform/national/insured.h"

namespace tsunagu::medication::uke {

enum class Form {
  kOral,       // 内服, 内滴, 浸煎, 湯
  kAsNeeded,   // 屯服
  kExternal,   // 外用
  kInjection,  // 注射
  kOther,      // given with a treatment, operation, anaesthesia, test or image; home care; material
};

// What `amount` counts.
enum class AmountBasis {
  kPerDay,   // oral: times is the days of supply (doses, when taken on alternate days)
  kPerTime,  // as needed: times is the number of doses
  kTotal,    // all else: times is how often that amount was handed out or given
};

// One drug on one day. Lines are never merged: a tapering dose appears as several groups.
struct DrugLine {
  absl::CivilDay dispensed_on;                  // handed out or given on
  std::optional<absl::CivilDay> prescribed_on;  // 調剤 only
  std::string facility;                         // 10 digits: who dispensed or gave it
  std::string prescriber;  // 10 digits: institution of the prescription, 調剤 only; else empty
  std::string drug_code;  // 9 digits, レセプト電算コード; blanks and others never get here
  Form form = Form::kOther;
  std::string form_code;  // as the file has it: 診療識別 ("21"), 医薬品区分 (歯科) or 剤形 (調剤)
  AmountBasis basis = AmountBasis::kTotal;
  std::string amount;      // decimal number; empty when the file states none
  int times = 0;           // days, doses or repetitions, see basis
  std::string total;       // amount x times, decimal; empty when amount is
  std::string dose_once;   // １回用量, decimal; empty when the file states none
  std::string usage_code;  // 用法コード 001-900, 調剤 only
  std::string usage_text;  // 特別指示, 調剤 only; UTF-8
  std::string comment;     // free texts of the group, joined by U+3000; UTF-8
  std::string mixture;     // 混合区分 + "-" + 枝: equal ones were compounded; empty otherwise
  bool in_house = false;   // dispensed or given by the prescribing institution itself
  int group = 0;           // 1-based within the receipt: lines that were ordered together
  int line = 0;            // of the file
};

// Whether a receipt tells for certain whose it is.
enum class Certainty {
  kCertain,
  kNoBranch,    // a branch is needed and the SN record does not give one, or gives two
  kSevens,      // unknown insurance: the numbers are filled with the digit 7
  kMoved,       // the agency moved the claim to another insurer: identity is the new one
  kNoInsurer,   // public payers alone pay (no HO record): identity is empty
  kUnreadable,  // insurer or number is missing or not of the file's encoding
};

struct Identity {
  national::InsuredIdentity insured;  // normalised
  Certainty certainty = Certainty::kNoInsurer;
};

// Names one receipt among all of the country, for idempotence: the same receipt again has the same
// key.
struct ReceiptKey {
  Kind kind = Kind::kUnknown;
  std::string facility;         // 10 digits
  std::string claim_month;      // YYYYMM
  std::string treatment_month;  // YYYYMM
  std::string number;           // レセプト番号
  std::string search_number;    // 検索番号 of returned and claimed-again receipts, 17-30 digits

  bool operator==(const ReceiptKey&) const = default;
  // "medical/1319999913/202606/202605/1/": all parts, never personal data.
  std::string ToString() const;
};

// All that the history takes from one receipt.
struct Dispensing {
  ReceiptKey key;
  Identity identity;
  std::optional<absl::CivilDay> birth;
  bool inpatient = false;  // of who stays in hospital
  std::vector<DrugLine> drugs;
  // Lines of the file that name a drug whose code or day cannot be read: they are not in `drugs`.
  std::vector<int> unread_lines;
};

ReceiptKey KeyOf(const Receipt& receipt);
Identity IdentityOf(const Receipt& receipt);
Dispensing ReadDispensing(const Receipt& receipt);

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_DISPENSING_H_
