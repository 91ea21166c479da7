// The rules that eligibility messages are held to (docs/requirements/eligibility.md) as findings.
#ifndef SERVICES_ELIGIBILITY_OQS_RULES_H_
#define SERVICES_ELIGIBILITY_OQS_RULES_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::oqs {

using national::Rule;

// Findings beyond this number are dropped: a message of garbage must not cost more than its size.
inline constexpr size_t kMaxFindings = 200;

// `line` is the line of the element, `field` its name with those around it, e.g.
// "QualificationConfirmSearchInfo.Birthdate".
void Add(national::Findings& findings, const Rule& rule, int line, absl::string_view field);

namespace rules {

inline constexpr auto kError = national::Severity::kError;
inline constexpr auto kWarning = national::Severity::kWarning;

inline constexpr Rule kSize = {"EL-100", kError, "大きさの上限を超えています",
                               "the message is too large"};
inline constexpr Rule kEncoding = {"EL-101", kError, "文字コードが宣言と異なるか、対応していません",
                                   "the encoding is not the declared one or not supported"};
inline constexpr Rule kDoctype = {"EL-102", kError, "文書型宣言と実体は使えません",
                                  "document types and entities are not allowed"};
inline constexpr Rule kNotXml = {"EL-103", kError, "XMLとして正しくありません",
                                 "not well-formed XML"};
inline constexpr Rule kStructure = {"EL-104", kError, "必要な要素がありません",
                                    "a required group of elements is missing"};
inline constexpr Rule kRequired = {"EL-105", kError, "必須項目が空です",
                                   "a required element is missing or empty"};
inline constexpr Rule kForm = {"EL-106", kError, "項目の書式が不正です",
                               "the element does not have its form"};
inline constexpr Rule kCheckDigit = {"EL-107", kWarning, "保険者番号の検証番号が合いません",
                                     "the check digit of the insurer number does not hold"};
inline constexpr Rule kTwice = {"EL-108", kError, "同じ要素が重複しています",
                                "an element occurs twice"};
inline constexpr Rule kLength = {"EL-109", kError, "項目が長すぎます", "the element is too long"};
inline constexpr Rule kCode = {"EL-110", kError, "コード表にない値です",
                               "not a value of the code set"};
inline constexpr Rule kNoResult = {"EL-111", kError, "資格が有効なのに資格情報がありません",
                                   "a valid qualification needs its result"};
inline constexpr Rule kPeriod = {"EL-112", kError, "有効終了日が有効開始日より前です",
                                 "the validity ends before it starts"};
inline constexpr Rule kTooManyResults = {"EL-113", kError, "資格情報の件数が上限を超えています",
                                         "too many results"};

}  // namespace rules
}  // namespace tsunagu::eligibility::oqs

#endif  // SERVICES_ELIGIBILITY_OQS_RULES_H_
