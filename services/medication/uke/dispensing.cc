#include "services/medication/uke/dispensing.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/medication/uke/decimal.h"
#include "services/platform/national/jst.h"

namespace tsunagu::medication::uke {
namespace {

constexpr size_t kDrugCodeDigits = 9;
constexpr char kDrugCodePrefix = '6';
constexpr absl::string_view kCommentSeparator = "\xE3\x80\x80";  // U+3000
constexpr size_t kMinSevens = 7;  // "7" may be a real number of a small insurer, 7777777 not

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

std::string DigitsOrNothing(absl::string_view text) {
  return AllDigits(text) ? std::string(text) : std::string();
}

std::string MonthOrNothing(absl::string_view text) {
  const auto month = national::ParseMonth(text);
  return month.has_value() ? national::FormatMonth(*month) : "";
}

int NumberOrZero(absl::string_view digits) {
  int value = 0;
  return AllDigits(digits) && absl::SimpleAtoi(digits, &value) ? value : 0;
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

// Reads the items of 医科, where a blank 診療識別 continues the group before it.
class MedicalItems {
 public:
  MedicalItems(const Receipt& receipt, Dispensing* result)
      : receipt_(receipt),
        facility_(receipt.header.FacilityCode()),
        month_(national::ParseMonth(receipt.re.Get(pos::kReMonth))),
        result_(result) {}

  void Read() {
    for (const Record& record : receipt_.lines) {
      const bool is_comment = record.type == RecordType::kCO;
      const bool is_drug = record.type == RecordType::kIY;
      if (!is_comment && !is_drug && record.type != RecordType::kSI &&
          record.type != RecordType::kTO) {
        continue;
      }
      const absl::string_view treatment_class = record.Get(pos::kClass);
      if (!treatment_class.empty()) StartGroup(treatment_class);
      if (is_comment) AppendComment(Decoded(receipt_, record.Get(pos::kCoText)), &comment_);
      if (!is_comment) has_item_ = true;
      if (is_drug) ReadDrug(record);
    }
    CloseGroup();
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
    DrugLine drug = Template(field(pos::kCode), record.line);
    for (int pair = 0; pair < kItemCommentPairs; ++pair) {
      AppendComment(Decoded(receipt_, field(pos::kItemComments + 2 * pair + 1)), &drug.comment);
    }
    bool dated = false;
    for (int day = 1; day <= kDaysOfMonth && month_.has_value(); ++day) {
      const int times = NumberOrZero(field(pos::kItemDays + day - 1));
      const absl::CivilDay civil = absl::CivilDay(*month_) + (day - 1);
      if (times == 0 || absl::CivilMonth(civil) != *month_) continue;
      dated = true;
      drug.dispensed_on = civil;
      SetAmount(field(pos::kAmount), times, &drug);
      if (IsDrugCode(drug.drug_code)) result_->drugs.push_back(drug);
    }
    if (!dated || !IsDrugCode(drug.drug_code)) result_->unread_lines.push_back(record.line);
  }

  DrugLine Template(absl::string_view code, int line) const {
    DrugLine drug;
    drug.facility = facility_;
    drug.drug_code = std::string(code);
    drug.form = MedicalForm(class_);
    drug.form_code = std::string(class_);
    drug.basis = BasisOf(drug.form);
    drug.in_house = true;
    drug.group = group_;
    drug.line = line;
    return drug;
  }

  const Receipt& receipt_;
  const std::string facility_;
  const std::optional<absl::CivilMonth> month_;
  Dispensing* const result_;
  absl::string_view class_;
  int group_ = 0;
  bool has_item_ = false;  // of the open group, as the next two
  size_t first_drug_ = 0;
  std::string comment_;
  size_t commented_from_ = 0;  // first drug of the last group that had items, and its class
  absl::string_view commented_class_;
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

bool IsSevens(absl::string_view digits) {
  return digits.size() >= kMinSevens && digits.find_first_not_of('7') == absl::string_view::npos;
}

// Reads branch and new insurer from the qualification checks of the insurer.
Certainty ReadChecks(const Receipt& receipt, national::InsuredIdentity* insured) {
  Certainty certainty = Certainty::kCertain;
  for (const Record& sn : receipt.sns) {
    if (sn.Get(pos::kSnPayerClass) != "1") continue;
    const std::string number = Decoded(receipt, sn.Get(pos::kSnNumber));
    if (!number.empty()) {
      insured->insurer = Decoded(receipt, sn.Get(pos::kSnInsurer));
      insured->symbol = Decoded(receipt, sn.Get(pos::kSnSymbol));
      insured->number = number;
      insured->branch = std::string(sn.Get(pos::kSnBranch));
      certainty = Certainty::kMoved;
      continue;
    }
    const std::string branch(sn.Get(pos::kSnBranch));
    if (branch.empty()) continue;
    if (!insured->branch.empty() && insured->branch != branch) return Certainty::kNoBranch;
    insured->branch = branch;
  }
  return certainty;
}

// The last of the four digits of レセプト種別: odd ones are 入院.
bool IsInpatient(absl::string_view type) {
  return type.size() == 4 && absl::ascii_isdigit(type[3]) && (type[3] - '0') % 2 == 1;
}

}  // namespace

std::string ReceiptKey::ToString() const {
  return absl::StrCat(KindName(kind), "/", facility, "/", claim_month, "/", treatment_month, "/",
                      number, "/", search_number);
}

ReceiptKey KeyOf(const Receipt& receipt) {
  ReceiptKey key;
  key.kind = receipt.header.kind;
  key.facility = DigitsOrNothing(receipt.header.FacilityCode());
  key.claim_month = MonthOrNothing(receipt.header.ClaimMonth());
  key.treatment_month = MonthOrNothing(receipt.re.Get(pos::kReMonth));
  key.number = DigitsOrNothing(receipt.re.Get(pos::kReNumber));
  key.search_number = DigitsOrNothing(
      receipt.re.Get(key.kind == Kind::kPharmacy ? pos::kRePharmacySearch : pos::kReMedicalSearch));
  return key;
}

Identity IdentityOf(const Receipt& receipt) {
  Identity identity;
  if (receipt.ho.empty()) return identity;
  national::InsuredIdentity insured = {Decoded(receipt, receipt.ho.Get(pos::kHoInsurer)),
                                       Decoded(receipt, receipt.ho.Get(pos::kHoSymbol)),
                                       Decoded(receipt, receipt.ho.Get(pos::kHoNumber)), ""};
  const bool symbol_lost = insured.symbol.empty() && !receipt.ho.Get(pos::kHoSymbol).empty();
  identity.certainty = ReadChecks(receipt, &insured);
  identity.insured = national::Normalise(insured);
  national::InsuredIdentity& normalised = identity.insured;
  // The late elderly have none; one written by mistake must not make another person of them.
  if (!national::NeedsBranch(normalised)) normalised.branch.clear();
  if (IsSevens(normalised.insurer) || IsSevens(normalised.number)) {
    identity.certainty = Certainty::kSevens;
  } else if (symbol_lost || normalised.number.empty() ||
             !national::IsInsurerNumber(normalised.insurer)) {
    identity.certainty = Certainty::kUnreadable;
  } else if (national::NeedsBranch(normalised) && normalised.branch.empty()) {
    identity.certainty = Certainty::kNoBranch;
  }
  return identity;
}

Dispensing ReadDispensing(const Receipt& receipt) {
  Dispensing result;
  result.key = KeyOf(receipt);
  result.identity = IdentityOf(receipt);
  result.birth = national::ParseDay(receipt.re.Get(pos::kReBirth));
  if (receipt.header.kind == Kind::kMedical) {
    result.inpatient = IsInpatient(receipt.re.Get(pos::kReType));
    MedicalItems(receipt, &result).Read();
  }
  if (receipt.header.kind == Kind::kPharmacy) PharmacyItems(receipt, &result).Read();
  return result;
}

}  // namespace tsunagu::medication::uke
