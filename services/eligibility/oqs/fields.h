// The elements of the messages as tables: which element goes with which member, and its form. One
// table serves reading and writing, so they cannot differ.
#ifndef SERVICES_ELIGIBILITY_OQS_FIELDS_H_
#define SERVICES_ELIGIBILITY_OQS_FIELDS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/eligibility/oqs/message.h"
#include "services/eligibility/oqs/xml.h"
#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::oqs {

// Longest text of one element; no limit is published.
inline constexpr size_t kMaxTextBytes = 1024;

enum class Form {
  kText,
  kDay,       // YYYYMMDD
  kDateTime,  // YYYYMMDDHHMMSS
  kTenDigits,
  kRatio,  // 0 to 100 %
  kCode,   // one of Field::codes
};

// One leaf element of T. Exactly one of `text` and `day` is set.
template <typename T>
struct Field {
  const char* element;
  std::string T::*text;
  std::optional<absl::CivilDay> T::*day = nullptr;
  Form form = Form::kText;
  const char* codes = "";  // separated by spaces
  bool required = false;
};

std::span<const Field<Answer>> AnswerHeaderFields();
std::span<const Field<Answer>> AnswerBodyFields();
std::span<const Field<Search>> SearchFields();
std::span<const Field<Qualification>> QualificationFields();
std::span<const Field<LimitCertificate>> LimitFields();
std::span<const Field<national::InsuredIdentity>> IdentityFields();

// The only child of that name that groups others. Nothing when it is absent (EL-104 if required);
// the first, with EL-108, when there are several.
const Element* Group(const Element& parent, absl::string_view name, bool required,
                     national::Findings& findings);

// The text of the only child of that name; empty when it is absent. Findings: EL-105 when required
// and empty, EL-106, EL-108, EL-109, EL-110.
std::string ReadText(const Element& parent, absl::string_view name, Form form,
                     absl::string_view codes, bool required, national::Findings& findings);

// nullopt for empty or wrong text; wrong text has got its finding from ReadText.
std::optional<absl::CivilDay> DayOf(absl::string_view text);

template <typename T>
void ReadFields(const Element& parent, std::span<const Field<T>> fields, T& out,
                national::Findings& findings) {
  for (const Field<T>& field : fields) {
    std::string text =
        ReadText(parent, field.element, field.form, field.codes, field.required, findings);
    if (field.day != nullptr) {
      out.*field.day = DayOf(text);
    } else {
      out.*field.text = std::move(text);
    }
  }
}

// Reads the four numbers of an identity as written, and the rest of the search. Findings: also
// EL-107.
void ReadIdentity(const Element& parent, national::InsuredIdentity& identity,
                  national::Findings& findings);
void ReadSearch(const Element& parent, Search& search, national::Findings& findings);

}  // namespace tsunagu::eligibility::oqs

#endif  // SERVICES_ELIGIBILITY_OQS_FIELDS_H_
