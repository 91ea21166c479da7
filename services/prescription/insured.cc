#include "services/prescription/insured.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/jst.h"
#include "services/prescription/submission_rules.h"

namespace tsunagu::prescription {
namespace {

// Of full-width kana from U+30A1 (ァ) to U+30F4 (ヴ); hiragana stand 0x60 before. Small ones become
// large.
constexpr absl::string_view kHalfWidth =
    "ｱ ｱ ｲ ｲ ｳ ｳ ｴ ｴ ｵ ｵ ｶ ｶﾞ ｷ ｷﾞ ｸ ｸﾞ ｹ ｹﾞ ｺ ｺﾞ ｻ ｻﾞ ｼ ｼﾞ ｽ ｽﾞ ｾ ｾﾞ "
    "ｿ ｿﾞ ﾀ ﾀﾞ ﾁ ﾁﾞ ﾂ ﾂ ﾂﾞ ﾃ ﾃﾞ ﾄ ﾄﾞ ﾅ ﾆ ﾇ ﾈ ﾉ ﾊ ﾊﾞ ﾊﾟ ﾋ ﾋﾞ ﾋﾟ ﾌ ﾌﾞ ﾌﾟ ﾍ "
    "ﾍﾞ ﾍﾟ ﾎ ﾎﾞ ﾎﾟ ﾏ ﾐ ﾑ ﾒ ﾓ ﾔ ﾔ ﾕ ﾕ ﾖ ﾖ ﾗ ﾘ ﾙ ﾚ ﾛ ﾜ ﾜ ｲ ｴ ｦ ﾝ ｳﾞ";
constexpr char32_t kKatakana = 0x30A1;
constexpr char32_t kHiragana = 0x3041;

std::string Utf8(char32_t kana) {  // all of these have three bytes
  return {static_cast<char>(0xE0 | (kana >> 12)), static_cast<char>(0x80 | ((kana >> 6) & 0x3F)),
          static_cast<char>(0x80 | (kana & 0x3F))};
}

// What becomes what in a key.
const std::vector<std::pair<std::string, std::string>>& Spellings() {
  static const auto* const spellings = [] {
    auto* list = new std::vector<std::pair<std::string, std::string>>;
    for (const char* ignored : {" ", "ー", "ｰ", "-", "‐"}) list->emplace_back(ignored, "");
    const std::vector<std::string> small = absl::StrSplit("ｧ ｨ ｩ ｪ ｫ ｬ ｭ ｮ ｯ ゛ ゜", ' ');
    const std::vector<std::string> large = absl::StrSplit("ｱ ｲ ｳ ｴ ｵ ﾔ ﾕ ﾖ ﾂ ﾞ ﾟ", ' ');
    for (size_t i = 0; i < small.size(); ++i) list->emplace_back(small[i], large[i]);
    char32_t offset = 0;
    for (const absl::string_view half : absl::StrSplit(kHalfWidth, ' ')) {
      list->emplace_back(Utf8(kKatakana + offset), half);
      list->emplace_back(Utf8(kHiragana + offset), half);
      ++offset;
    }
    return list;
  }();
  return *spellings;
}

enum class Agreement { kUnknown, kSame, kDifferent };
Agreement Compare(absl::string_view one, absl::string_view other) {
  if (one.empty() || other.empty()) return Agreement::kUnknown;
  return NameKey(one) == NameKey(other) ? Agreement::kSame : Agreement::kDifferent;
}

// What to report of birth date, sex and name that differ.
struct PersonRules {
  const Rule &birth_date, &sex, &name;
};

template <typename Person>
bool IsNameDifferent(const record::Patient& patient, const Person& other) {
  const Agreement kanji = Compare(patient.name, other.name());
  const Agreement kana = Compare(patient.kana, other.name_kana());
  if (kanji == Agreement::kSame || kana == Agreement::kSame) return false;
  return kanji == Agreement::kDifferent || kana == Agreement::kDifferent;
}

// `other` is a KnownInsured or a Patient, which name these fields alike.
template <typename Person>
void ComparePerson(const record::Patient& patient, const Person& other, const PersonRules& rules,
                   national::Findings& findings) {
  const std::optional<absl::CivilDay> born = patient.BirthDay();
  const bool dated = born.has_value() && !other.birth_date().empty();
  if (dated && national::FormatDay(*born) != other.birth_date()) {
    Report(rules.birth_date, "13", findings);
  }
  const bool told = other.sex() == "1" || other.sex() == "2";
  if (told && patient.sex != 0 && absl::StrCat(patient.sex) != other.sex()) {
    Report(rules.sex, "12", findings);
  }
  if (IsNameDifferent(patient, other)) Report(rules.name, "11", findings);
}

// The latest period that starts on or before the day decides, as for the check of a qualification.
bool IsValidOn(const std::string& day, const v1::KnownInsured& insured) {
  if (insured.periods().empty()) return true;  // not told
  const v1::KnownInsured::Period* decides = nullptr;
  for (const auto& period : insured.periods()) {
    if (period.from() <= day) decides = &period;
  }
  return decides != nullptr && (decides->to().empty() || day <= decides->to());
}

}  // namespace

std::string NameKey(absl::string_view name) {
  return absl::StrReplaceAll(national::ToHalfWidth(name), Spellings());
}

v1::Patient PatientOf(const record::Patient& patient) {
  v1::Patient kept;
  const std::optional<absl::CivilDay> born = patient.BirthDay();
  if (born.has_value()) kept.set_birth_date(national::FormatDay(*born));
  if (patient.sex != 0) kept.set_sex(absl::StrCat(patient.sex));
  kept.set_name(patient.name);
  kept.set_name_kana(patient.kana);
  return kept;
}

void CompareWithPrescribed(const record::Patient& patient, const v1::Patient& prescribed,
                           national::Findings& findings) {
  ComparePerson(patient, prescribed, {kRuleResultBirthDate, kRuleResultSex, kRuleResultName},
                findings);
}

void CompareWithInsured(const Claim& claim, const v1::KnownInsured& insured, bool insurer_known,
                        national::Findings& findings) {
  if (insured.birth_date().empty()) {
    if (insurer_known && !claim.confirmed) return Report(kRuleNobody, "23", findings);
    return Report(kRuleKnown, "23", findings);
  }
  ComparePerson(claim.patient, insured, {kRuleBirthDate, kRuleSex, kRuleName}, findings);
  if (!IsValidOn(claim.issued_on, insured)) Report(kRuleNotValid, "23", findings);
}

}  // namespace tsunagu::prescription
