#include "services/eligibility/insurer_file/row_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "services/eligibility/insurer_file/rules.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/insured.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility::insurer_file {
namespace {

using national::InsuredIdentity;

constexpr absl::string_view kWideSpace = "\xE3\x80\x80";
constexpr char kMedical[] = "1";
constexpr char kLongTermCare[] = "2";

// The four columns of one identity.
struct IdentityColumns {
  Column insurer;
  Column symbol;
  Column number;
  Column branch;
};

constexpr IdentityColumns kCurrent = {Column::kInsurerNumber, Column::kInsuredCardSymbol,
                                      Column::kInsuredIdentificationNumber,
                                      Column::kInsuredBranchNumber};
constexpr IdentityColumns kPrevious = {
    Column::kPreviousInsurerNumber, Column::kPreviousInsuredCardSymbol,
    Column::kPreviousInsuredIdentificationNumber, Column::kPreviousInsuredBranchNumber};

// The first day of Japan's present calendar; nobody who lives was born before it.
constexpr absl::CivilDay kFirstBirthDate(1873, 1, 1);

// Unicode's control characters: C0, DEL and C1, which is C2 80 to C2 9F in UTF-8.
bool HasControl(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(text[i]))) return true;
    if (text[i] == '\xC2' && i + 1 < text.size() && text[i + 1] < '\xA0') return true;
  }
  return false;
}

bool Digits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

absl::string_view Trim(absl::string_view text) {
  do {
    text = absl::StripAsciiWhitespace(text);
  } while (absl::ConsumePrefix(&text, kWideSpace) || absl::ConsumeSuffix(&text, kWideSpace));
  return text;
}

class RowReader {
 public:
  RowReader(const ColumnMap& columns, const national::CsvRow& row, absl::CivilDay today,
            SpeaksFor speaks_for, national::Findings& findings)
      : columns_(columns), row_(row), today_(today), speaks_for_(speaks_for), findings_(findings) {}

  std::optional<InsuredPerson> Read() {
    InsuredPerson person;
    person.line = row_.line;
    CheckTexts();
    person.long_term_care =
        Code(Column::kInsuranceKind, {kMedical, kLongTermCare}) == kLongTermCare;
    person.identity = Identity(kCurrent, person.long_term_care);
    if (national::IsInsurerNumber(person.identity.insurer) &&
        !speaks_for_(person.identity.insurer)) {
      Report(rules::kForeignInsurer, kCurrent.insurer);
    }
    ReadAboutPerson(person);
    ReadValidity(person);
    if (AnyOf(kPrevious)) person.previous = Identity(kPrevious, person.long_term_care);
    if (failed_) return std::nullopt;
    return person;
  }

 private:
  void Report(const Rule& rule, Column column) {
    AddFinding(findings_, rule, row_.line, NameOf(column));
    failed_ = failed_ || rule.severity == national::Severity::kError;
  }

  bool Has(Column column) const { return columns_[static_cast<size_t>(column)] >= 0; }

  std::string Text(Column column) const {
    if (!Has(column)) return "";
    const int index = columns_[static_cast<size_t>(column)];
    return std::string(Trim(row_.cells[static_cast<size_t>(index)].text));
  }

  void CheckTexts() {
    for (size_t i = 0; i < kColumnCount; ++i) {
      const auto column = static_cast<Column>(i);
      if (HasControl(Text(column))) Report(rules::kControl, column);
    }
  }

  std::string Narrow(Column column) const { return national::ToHalfWidth(Text(column)); }

  std::string Code(Column column, std::initializer_list<absl::string_view> codes) {
    std::string text = Narrow(column);
    if (!text.empty() && std::find(codes.begin(), codes.end(), text) == codes.end()) {
      Report(rules::kCode, column);
    }
    return text;
  }

  std::optional<absl::CivilDay> Day(Column column, bool required) {
    const std::string text = Narrow(column);
    if (text.empty()) {
      if (required) Report(rules::kRequired, column);
      return std::nullopt;
    }
    const auto day = text.size() == 8 ? national::ParseDay(text) : std::nullopt;
    if (!day) Report(rules::kDay, column);
    return day;
  }

  bool AnyOf(const IdentityColumns& c) const {
    return !Text(c.insurer).empty() || !Text(c.symbol).empty() || !Text(c.number).empty() ||
           !Text(c.branch).empty();
  }

  // What a row of long-term care continues is one of long-term care, too.
  InsuredIdentity Identity(const IdentityColumns& c, bool long_term_care) {
    const InsuredIdentity n =
        national::Normalise({Text(c.insurer), Text(c.symbol), Text(c.number), Text(c.branch)});
    if (n.insurer.empty()) {
      Report(rules::kRequired, c.insurer);
    } else if (!national::IsInsurerNumber(n.insurer)) {
      Report(rules::kForm, c.insurer);
    } else if (!national::CheckDigitHolds(n.insurer)) {
      Report(rules::kCheckDigit, c.insurer);
    }
    if (n.number.empty()) Report(rules::kRequired, c.number);
    if (long_term_care) {
      if (!national::IsLongTermCare(n)) Report(rules::kLongTermCare, c.number);
    } else if (n.branch.empty()) {
      if (national::NeedsBranch(n)) Report(rules::kBranch, c.branch);
    } else if (n.branch.size() != 2 || !Digits(n.branch)) {
      Report(rules::kForm, c.branch);
    }
    return n;
  }

  void ReadAboutPerson(InsuredPerson& person) {
    person.name = Text(Column::kName);
    person.name_kana = Text(Column::kNameKana);
    // A file without both columns is told once, of its header.
    if (person.name.empty() && person.name_kana.empty() &&
        (Has(Column::kName) || Has(Column::kNameKana))) {
      Report(rules::kNoName, Column::kName);
    }
    person.sex = Code(Column::kSex1, {"1", "2", "3"});
    if (person.sex.empty()) person.sex = kSexUnset;
    if (const auto day = Day(Column::kBirthdate, true)) {
      person.birth_date = *day;
      if (*day < kFirstBirthDate || *day > today_) Report(rules::kBirthDate, Column::kBirthdate);
    }
    person.personal_family = Code(Column::kPersonalFamilyClassification, {"1", "2"});
    person.insurer_name = Text(Column::kInsurerName);
    person.address = Text(Column::kAddress);
    person.post_number = PostNumber();
  }

  std::string PostNumber() {
    std::string text = Narrow(Column::kPostNumber);
    if (text.size() == 7 && Digits(text)) text.insert(3, "-");
    const absl::string_view view = text;
    const bool good =
        view.size() == 8 && Digits(view.substr(0, 3)) && view[3] == '-' && Digits(view.substr(4));
    if (!view.empty() && !good) Report(rules::kForm, Column::kPostNumber);
    return text;
  }

  void ReadValidity(InsuredPerson& person) {
    const auto from = Day(Column::kInsuredCardValidDate, true);
    if (from) person.valid_from = *from;
    person.expires = Day(Column::kInsuredCardExpirationDate, false);
    if (from && person.expires && *person.expires < *from) {
      Report(rules::kPeriod, Column::kInsuredCardExpirationDate);
    }
    person.reason_of_loss = Code(Column::kReasonOfLoss, {"01", "02", "03", "99"});
    if (!person.reason_of_loss.empty() && Text(Column::kInsuredCardExpirationDate).empty()) {
      Report(rules::kLossWithoutEnd, Column::kReasonOfLoss);
    }
    person.contribution_ratio = Ratio();
  }

  std::optional<int> Ratio() {
    const std::string text = Narrow(Column::kInsuredPartialContributionRatio);
    if (text.empty()) return std::nullopt;
    int ratio = 0;
    if (text.size() <= 3 && Digits(text) && absl::SimpleAtoi(text, &ratio) && ratio <= 100) {
      return ratio;
    }
    Report(rules::kForm, Column::kInsuredPartialContributionRatio);
    return std::nullopt;
  }

  const ColumnMap& columns_;
  const national::CsvRow& row_;
  const absl::CivilDay today_;
  const SpeaksFor speaks_for_;
  national::Findings& findings_;
  bool failed_ = false;
};

}  // namespace

std::optional<InsuredPerson> ReadPerson(const ColumnMap& columns, const national::CsvRow& row,
                                        absl::CivilDay today, SpeaksFor speaks_for,
                                        national::Findings& findings) {
  return RowReader(columns, row, today, speaks_for, findings).Read();
}

}  // namespace tsunagu::eligibility::insurer_file
