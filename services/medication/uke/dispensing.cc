#include "services/medication/uke/dispensing.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/medication/uke/decimal.h"
#include "services/medication/uke/digits.h"
#include "services/platform/national/jst.h"

namespace tsunagu::medication::uke {
namespace {

constexpr size_t kDrugCodeDigits = 9;
constexpr char kDrugCodePrefix = '6';
constexpr absl::string_view kCommentSeparator = "\xE3\x80\x80";  // U+3000

int NumberOrZero(absl::string_view digits) {
  const int64_t value = Number(digits).value_or(0);
  return value <= std::numeric_limits<int>::max() ? static_cast<int>(value) : 0;
}

bool IsDrugCode(absl::string_view code) {
  return code.size() == kDrugCodeDigits && AllDigits(code) && code[0] == kDrugCodePrefix;
}

std::string Decoded(const Receipt& receipt, absl::string_view field) {
  return DecodeField(receipt.header.encoding, field).value_or("");
}

void AppendComment(absl::string_view text, std::string* comment) {
  if (text.empty()) return;
  absl::StrAppend(comment, comment->empty() ? "" : kCommentSeparator, text);
}

void SetAmount(absl::string_view amount, int times, DrugLine* line) {
  line->amount = PlainDecimal(amount);
  line->times = times;
  if (times > 0) line->total = MultiplyDecimal(amount, times);
}

// 診療識別 to form.
Form MedicalForm(absl::string_view treatment_class) {
  if (treatment_class == "21") return Form::kOral;
  if (treatment_class == "22") return Form::kAsNeeded;
  if (treatment_class == "23") return Form::kExternal;
  if (!treatment_class.empty() && treatment_class[0] == '3') return Form::kInjection;
  return Form::kOther;
}

// 医薬品区分 to form. 診療識別 of 歯科 does not tell: 21 is all that is handed out or injected.
Form DentalForm(absl::string_view drug_class) {
  if (drug_class == "1") return Form::kOral;
  if (drug_class == "2") return Form::kAsNeeded;
  if (drug_class == "3") return Form::kExternal;
  return drug_class == "4" ? Form::kInjection : Form::kOther;
}

// 剤形 to form.
Form PharmacyForm(absl::string_view form) {
  if (form == "1" || form == "2" || form == "6" || form == "7") return Form::kOral;
  if (form == "3") return Form::kAsNeeded;
  if (form == "4") return Form::kInjection;
  if (form == "5") return Form::kExternal;
  return Form::kOther;
}

AmountBasis BasisOf(Form form) {
  if (form == Form::kOral) return AmountBasis::kPerDay;
  return form == Form::kAsNeeded ? AmountBasis::kPerTime : AmountBasis::kTotal;
}

using Codes = std::set<absl::string_view>;

// Reads the items of 医科, DPC and 歯科, where a blank 診療識別 continues the group before it. What
// a drug was given in house, and on which days, its day columns say.
class DayColumns {
 public:
  // Groups are counted on from `groups`.
  DayColumns(const Receipt& receipt, absl::string_view month, int groups, Dispensing* result)
      : receipt_(receipt),
        dental_(receipt.header.kind == Kind::kDental),
        columns_(FindLayout(receipt.header.kind, RecordType::kIY)->item),
        facility_(receipt.header.FacilityCode()),
        month_(national::ParseMonth(month)),
        result_(result),
        group_(groups),
        first_drug_(result->drugs.size()),
        commented_from_(first_drug_) {}

  // Reads all drugs but those of `elsewhere`. Returns the number of the last group.
  int Read(std::span<const Record> lines, const Codes& elsewhere) {
    for (const Record& record : lines) {
      const bool is_comment = record.type == RecordType::kCO;
      const bool is_drug = record.type == RecordType::kIY;
      if (!is_comment && !is_drug && record.type != RecordType::kSS &&
          record.type != RecordType::kSI && record.type != RecordType::kTO) {
        continue;
      }
      const absl::string_view treatment_class = record.Get(pos::kClass);
      if (!treatment_class.empty()) StartGroup(treatment_class);
      if (is_comment) AppendComment(Decoded(receipt_, record.Get(pos::kCoText)), &comment_);
      if (!is_comment) has_item_ = true;
      if (is_drug && !elsewhere.contains(record.Get(columns_.code))) ReadDrug(record);
    }
    CloseGroup();
    return group_;
  }

 private:
  void StartGroup(absl::string_view treatment_class) {
    CloseGroup();
    class_ = treatment_class;
    ++group_;
  }

  // Gives the group's comments to its drugs. Comments that stand in a group of their own speak of
  // the group before, if it is of the same class.
  void CloseGroup() {
    if (has_item_) {
      commented_from_ = first_drug_;
      commented_class_ = class_;
    }
    if (class_ == commented_class_) {
      for (size_t i = commented_from_; i < result_->drugs.size(); ++i) {
        AppendComment(comment_, &result_->drugs[i].comment);
      }
    }
    comment_.clear();
    has_item_ = false;
    first_drug_ = result_->drugs.size();
  }

  void ReadDrug(const Record& record) {
    std::array<absl::string_view, kMaxFields> fields;
    const size_t count = std::min(Split(record.text, fields), fields.size());
    const auto field = [&](int position) -> absl::string_view {
      return static_cast<size_t>(position) <= count ? fields[position - 1] : absl::string_view();
    };
    DrugLine drug = Template(field(columns_.code), record.line);
    SetForm(dental_ ? field(pos::kDentalIyForm) : class_, &drug);
    for (int pair = 0; pair < kItemCommentPairs && columns_.comments != 0; ++pair) {
      AppendComment(Decoded(receipt_, field(columns_.comments + 2 * pair + 1)), &drug.comment);
    }
    bool dated = false;
    for (int day = 1; day <= kDaysOfMonth && month_.has_value(); ++day) {
      const int times = NumberOrZero(field(columns_.days + day - 1));
      const absl::CivilDay civil = absl::CivilDay(*month_) + (day - 1);
      if (times == 0 || absl::CivilMonth(civil) != *month_) continue;
      dated = true;
      drug.dispensed_on = civil;
      SetAmount(field(columns_.amount), times, &drug);
      if (IsDrugCode(drug.drug_code)) result_->drugs.push_back(drug);
    }
    if (!dated || !IsDrugCode(drug.drug_code)) result_->unread_lines.push_back(record.line);
  }

  DrugLine Template(absl::string_view code, int line) const {
    DrugLine drug;
    drug.facility = facility_;
    drug.drug_code = std::string(code);
    drug.in_house = true;
    drug.group = group_;
    drug.line = line;
    return drug;
  }

  void SetForm(absl::string_view code, DrugLine* drug) const {
    drug->form = dental_ ? DentalForm(code) : MedicalForm(code);
    drug->form_code = std::string(code);
    drug->basis = BasisOf(drug->form);
  }

  const Receipt& receipt_;
  const bool dental_;
  const ItemColumns& columns_;  // of IY
  const std::string facility_;
  const std::optional<absl::CivilMonth> month_;
  Dispensing* const result_;
  absl::string_view class_;
  int group_;
  bool has_item_ = false;  // of the open group, as the next two
  size_t first_drug_;
  std::string comment_;
  size_t commented_from_;  // first drug of the last group that had items, and its class
  absl::string_view commented_class_;
};

// Reads the receipts of DPC, of which each may have coding data (CD): all that was done, by days,
// whether it is paid by item or within the bundle. Items that are paid one by one stand in IY, too.
class DpcItems {
 public:
  DpcItems(const Receipt& receipt, Dispensing* result)
      : receipt_(receipt), facility_(receipt.header.FacilityCode()), result_(result) {}

  void Read() {
    std::span<const Record> rest = receipt_.lines;
    while (!rest.empty()) {
      const auto next = std::find_if(rest.begin() + 1, rest.end(), [](const Record& record) {
        return record.type == RecordType::kRE;
      });
      const auto length = static_cast<size_t>(next - rest.begin());
      ReadPart(rest.first(length));
      rest = rest.subspan(length);
    }
  }

 private:
  // One RE and what stands behind it.
  void ReadPart(std::span<const Record> lines) {
    Codes coded;
    for (const Record& record : lines) {
      if (record.type == RecordType::kCD) coded.insert(record.Get(pos::kCdCode));
    }
    DayColumns days(receipt_, lines.front().Get(pos::kReMonth), groups_, result_);
    groups_ = days.Read(lines, coded);
    sequence_ = {};
    for (const Record& record : lines) {
      if (record.type == RecordType::kCD) ReadCoded(record);
    }
  }

  void ReadCoded(const Record& record) {
    const absl::string_view code = record.Get(pos::kCdCode);
    const absl::string_view treatment_class = record.Get(pos::kCdClass);
    const auto sequence = std::pair(treatment_class, record.Get(pos::kCdSequence));
    if (sequence != std::exchange(sequence_, sequence)) ++groups_;
    if (!code.empty() && code[0] != kDrugCodePrefix) return;
    const auto day = national::ParseDay(record.Get(pos::kCdDay));
    if (!day.has_value() || !IsDrugCode(code)) {
      result_->unread_lines.push_back(record.line);
      return;
    }
    DrugLine& drug = result_->drugs.emplace_back();
    drug.dispensed_on = *day;
    drug.facility = facility_;
    drug.drug_code = std::string(code);
    drug.form = MedicalForm(treatment_class);
    drug.form_code = std::string(treatment_class);
    drug.basis = BasisOf(drug.form);
    drug.in_house = true;
    drug.group = groups_;
    drug.line = record.line;
    SetAmount(record.Get(pos::kCdAmount), NumberOrZero(record.Get(pos::kCdCount)), &drug);
  }

  const Receipt& receipt_;
  const std::string facility_;
  Dispensing* const result_;
  int groups_ = 0;
  std::pair<absl::string_view, absl::string_view>
      sequence_;  // 診療識別 and 順序番号 of the last CD
};

// Reads the groups of 調剤: SH, its CZ and their IY.
class PharmacyItems {
 public:
  PharmacyItems(const Receipt& receipt, Dispensing* result) : receipt_(receipt), result_(result) {
    template_.facility = receipt.header.FacilityCode();
    template_.prescriber = DigitsOrNothing(absl::StrCat(
        receipt.re.Get(pos::kRePrescriberPrefecture), receipt.re.Get(pos::kRePrescriberTable),
        receipt.re.Get(pos::kRePrescriberFacility)));
  }

  void Read() {
    for (const Record& record : receipt_.lines) {
      if (record.type == RecordType::kSH) ReadPrescription(record);
      if (record.type == RecordType::kCZ) ReadDispensingDay(record);
      if (record.type == RecordType::kIY) ReadDrug(record);
      if (record.type == RecordType::kCO) ReadComment(record);
    }
  }

 private:
  void ReadPrescription(const Record& record) {
    template_.form_code = std::string(record.Get(pos::kShForm));
    template_.form = PharmacyForm(template_.form_code);
    template_.basis = BasisOf(template_.form);
    template_.usage_code = DigitsOrNothing(record.Get(pos::kShUsageCode));
    template_.usage_text = Decoded(receipt_, record.Get(pos::kShUsageText));
    dispensed_on_.reset();
  }

  void ReadDispensingDay(const Record& record) {
    dispensed_on_ = national::ParseDay(record.Get(pos::kCzDispensed));
    template_.prescribed_on = national::ParseDay(record.Get(pos::kCzPrescribed));
    template_.times = NumberOrZero(record.Get(pos::kCzQuantity));
    ++template_.group;
    first_drug_ = result_->drugs.size();
  }

  void ReadDrug(const Record& record) {
    const absl::string_view code = record.Get(pos::kPharmacyCode);
    if (!dispensed_on_.has_value() || !IsDrugCode(code)) {
      result_->unread_lines.push_back(record.line);
      return;
    }
    DrugLine drug = template_;
    drug.dispensed_on = *dispensed_on_;
    drug.drug_code = std::string(code);
    drug.line = record.line;
    drug.dose_once = PlainDecimal(record.Get(pos::kPharmacyDoseOnce));
    const absl::string_view mixture = record.Get(pos::kPharmacyMixture);
    if (!mixture.empty()) {
      drug.mixture = absl::StrCat(mixture, "-", record.Get(pos::kPharmacyMixtureBranch));
    }
    SetAmount(record.Get(pos::kPharmacyAmount), template_.times, &drug);
    result_->drugs.push_back(std::move(drug));
  }

  void ReadComment(const Record& record) {
    const std::string text = Decoded(receipt_, record.Get(pos::kPharmacyCoText));
    for (size_t i = first_drug_; i < result_->drugs.size(); ++i) {
      AppendComment(text, &result_->drugs[i].comment);
    }
  }

  const Receipt& receipt_;
  Dispensing* const result_;
  DrugLine template_;  // what all drugs under the open SH and CZ have in common
  std::optional<absl::CivilDay> dispensed_on_;
  size_t first_drug_ = 0;  // of the open CZ
};

// The last of the four digits of レセプト種別: odd ones are 入院.
bool IsInpatient(absl::string_view type) {
  return type.size() == 4 && absl::ascii_isdigit(type[3]) && (type[3] - '0') % 2 == 1;
}

}  // namespace

Dispensing ReadDispensing(const Receipt& receipt) {
  Dispensing result;
  result.key = KeyOf(receipt);
  result.identity = IdentityOf(receipt);
  result.birth = national::ParseDay(receipt.re.Get(pos::kReBirth));
  const absl::string_view type = receipt.re.Get(pos::kReType);
  switch (receipt.header.kind) {
    case Kind::kMedical:
    case Kind::kDental:
      result.inpatient = IsInpatient(type);
      DayColumns(receipt, receipt.re.Get(pos::kReMonth), 0, &result).Read(receipt.lines, {});
      break;
    case Kind::kDpc:
      result.inpatient = true;
      DpcItems(receipt, &result).Read();
      break;
    case Kind::kPharmacy:
      PharmacyItems(receipt, &result).Read();
      break;
    case Kind::kUnknown:
      break;
  }
  return result;
}

}  // namespace tsunagu::medication::uke
