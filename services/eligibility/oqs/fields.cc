#include "services/eligibility/oqs/fields.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "services/eligibility/oqs/rules.h"
#include "services/platform/national/insured.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility::oqs {
namespace {

using national::InsuredIdentity;

constexpr Field<Answer> kAnswerHeader[] = {
    {"ProcessExecutionTime", &Answer::process_execution_time, nullptr, Form::kDateTime},
    {"QualificationConfirmationDate", nullptr, &Answer::confirmation_date, Form::kDay},
    {"MedicalInstitutionCode", &Answer::institution_code, nullptr, Form::kTenDigits, "", true},
    {"ArbitraryFileIdentifier", &Answer::file_identifier},
    {"ReferenceClassification", &Answer::reference_classification, nullptr, Form::kCode, "1 2"},
    {"SegmentOfResult", &Answer::segment_of_result, nullptr, Form::kCode, "1 2 9", true},
    {"ErrorCode", &Answer::error_code},
    {"ErrorMessage", &Answer::error_message},
};

constexpr Field<Answer> kAnswerBody[] = {
    {"ProcessingResultStatus", &Answer::processing_status, nullptr, Form::kCode, "1 2"},
    {"ProcessingResultCode", &Answer::processing_code},
    {"ProcessingResultMessage", &Answer::processing_message},
};

constexpr Field<Search> kSearch[] = {
    {"Birthdate", nullptr, &Search::birth_date, Form::kDay, "", true},
    {"LimitApplicationCertificateRelatedConsFlg", &Search::limit_consent, nullptr, Form::kCode,
     "0 1"},
    {"ArbitraryIdentifier", &Search::arbitrary_identifier},
};

constexpr Field<InsuredIdentity> kIdentity[] = {
    {"InsurerNumber", &InsuredIdentity::insurer, nullptr, Form::kText, "", true},
    {"InsuredCardSymbol", &InsuredIdentity::symbol},
    {"InsuredIdentificationNumber", &InsuredIdentity::number, nullptr, Form::kText, "", true},
    {"InsuredBranchNumber", &InsuredIdentity::branch},
};

using Q = Qualification;
constexpr Field<Q> kQualification[] = {
    {"InsuredCardClassification", &Q::card_classification, nullptr, Form::kCode,
     "01 02 03 04 05 06 07 A1"},
    {"PersonalFamilyClassification", &Q::personal_family, nullptr, Form::kCode, "1 2"},
    {"InsuredName", &Q::insured_name},
    {"Name", &Q::name},
    {"NameKana", &Q::name_kana},
    {"Sex1", &Q::sex, nullptr, Form::kCode, "1 2 3"},
    {"Birthdate", nullptr, &Q::birth_date, Form::kDay},
    {"Address", &Q::address},
    {"PostNumber", &Q::post_number},
    {"InsuredCertificateIssuanceDate", nullptr, &Q::issued, Form::kDay},
    {"InsuredCardValidDate", nullptr, &Q::valid_from, Form::kDay},
    {"InsuredCardExpirationDate", nullptr, &Q::expires, Form::kDay},
    {"InsuredPartialContributionRatio", &Q::contribution_ratio, nullptr, Form::kRatio},
    {"ReasonOfLoss", &Q::reason_of_loss, nullptr, Form::kCode, "01 02 03 99"},
    {"InsurerName", &Q::insurer_name},
    {"LimitApplicationCertificateRelatedConsFlg", &Q::limit_consent, nullptr, Form::kCode, "0 1"},
    {"LimitApplicationCertificateRelatedConsTime", &Q::limit_consent_time, nullptr,
     Form::kDateTime},
    {"ReferenceNumber", &Q::reference_number},
    {"ArbitraryIdentifier", &Q::arbitrary_identifier},
};

using L = LimitCertificate;
constexpr Field<L> kLimit[] = {
    {"LimitApplicationCertificateClassification", &L::classification, nullptr, Form::kCode,
     "01 02 03"},
    {"LimitApplicationCertificateClassificationFlag", &L::flag, nullptr, Form::kCode,
     "A01 A02 A03 A04 A05 A06 B01 B02 B03 B04 B05 B06 B07 B08 B09 B10"},
    {"LimitApplicationCertificateDate", nullptr, &L::date, Form::kDay},
    {"LimitApplicationCertificateValidStartDate", nullptr, &L::valid_from, Form::kDay},
    {"LimitApplicationCertificateValidEndDate", nullptr, &L::valid_to, Form::kDay},
};

bool Digits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsDateTime(absl::string_view text) {
  return text.size() == 14 && Digits(text) && DayOf(text.substr(0, 8)) &&
         text.substr(8, 2) < "24" && text.substr(10, 2) < "60" && text.substr(12) < "60";
}

bool IsRatio(absl::string_view text) {
  int ratio = 0;
  return text.size() <= 3 && Digits(text) && absl::SimpleAtoi(text, &ratio) && ratio <= 100;
}

bool HasForm(Form form, absl::string_view text) {
  switch (form) {
    case Form::kDay:
      return DayOf(text).has_value();
    case Form::kDateTime:
      return IsDateTime(text);
    case Form::kTenDigits:
      return text.size() == 10 && Digits(text);
    case Form::kRatio:
      return IsRatio(text);
    default:
      return true;
  }
}

bool InCodes(absl::string_view codes, absl::string_view text) {
  const std::vector<absl::string_view> all = absl::StrSplit(codes, ' ');
  return std::find(all.begin(), all.end(), text) != all.end();
}

// The first child of that name; EL-108 for each further one, for we cannot know which is meant.
const Element* Only(const Element& parent, absl::string_view name, national::Findings& findings) {
  const Element* found = nullptr;
  for (const Element& child : parent.children) {
    if (child.name != name) continue;
    if (found != nullptr) {
      Add(findings, rules::kTwice, child.line, absl::StrCat(parent.name, ".", name));
    } else {
      found = &child;
    }
  }
  return found;
}

// The form of a normalised identity; empty parts were judged as required or not.
void CheckIdentity(const Element& parent, const InsuredIdentity& n, national::Findings& findings) {
  const auto add = [&](const Rule& rule, absl::string_view name) {
    const Element* child = parent.Child(name);
    Add(findings, rule, child != nullptr ? child->line : parent.line,
        absl::StrCat(parent.name, ".", name));
  };
  if (!n.insurer.empty()) {
    if (!national::IsInsurerNumber(n.insurer)) {
      add(rules::kForm, "InsurerNumber");
    } else if (!national::CheckDigitHolds(n.insurer)) {
      add(rules::kCheckDigit, "InsurerNumber");
    }
  }
  if (!n.branch.empty() && (n.branch.size() != 2 || !Digits(n.branch))) {
    add(rules::kForm, "InsuredBranchNumber");
  }
}

}  // namespace

std::span<const Field<Answer>> AnswerHeaderFields() { return kAnswerHeader; }
std::span<const Field<Answer>> AnswerBodyFields() { return kAnswerBody; }
std::span<const Field<Search>> SearchFields() { return kSearch; }
std::span<const Field<Qualification>> QualificationFields() { return kQualification; }
std::span<const Field<LimitCertificate>> LimitFields() { return kLimit; }
std::span<const Field<InsuredIdentity>> IdentityFields() { return kIdentity; }

std::optional<absl::CivilDay> DayOf(absl::string_view text) {
  return text.size() == 8 ? national::ParseDay(text) : std::nullopt;
}

const Element* Group(const Element& parent, absl::string_view name, bool required,
                     national::Findings& findings) {
  const Element* group = Only(parent, name, findings);
  if (group == nullptr && required) {
    Add(findings, rules::kStructure, parent.line, absl::StrCat(parent.name, ".", name));
  }
  return group;
}

std::string ReadText(const Element& parent, absl::string_view name, Form form,
                     absl::string_view codes, bool required, national::Findings& findings) {
  const std::string path = absl::StrCat(parent.name, ".", name);
  const Element* found = Only(parent, name, findings);
  const int line = found != nullptr ? found->line : parent.line;
  std::string text = found != nullptr ? found->text : "";
  // White space counts in texts (a padded insurer is echoed as written), not around codes.
  const absl::string_view bare = absl::StripAsciiWhitespace(text);
  if (bare.empty()) {
    if (required) Add(findings, rules::kRequired, line, path);
    return "";
  }
  if (text.size() > kMaxTextBytes) {
    Add(findings, rules::kLength, line, path);
    return "";
  }
  if (form == Form::kText) return text;
  if (form == Form::kCode ? InCodes(codes, bare) : HasForm(form, bare)) return std::string(bare);
  Add(findings, form == Form::kCode ? rules::kCode : rules::kForm, line, path);
  return "";
}

void ReadIdentity(const Element& parent, InsuredIdentity& identity, national::Findings& findings) {
  ReadFields(parent, IdentityFields(), identity, findings);
  CheckIdentity(parent, national::Normalise(identity), findings);
}

void ReadSearch(const Element& parent, Search& search, national::Findings& findings) {
  ReadIdentity(parent, search.identity, findings);
  ReadFields(parent, SearchFields(), search, findings);
}

}  // namespace tsunagu::eligibility::oqs
