// The rules of the envelope (docs/requirements/prescription.md, RX-300 on and RX-520 on) as
// findings. Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_RULES_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_RULES_H_

#include "services/platform/national/finding.h"

namespace tsunagu::prescription::envelope::rules {

using national::Rule;
inline constexpr auto kError = national::Severity::kError;

inline constexpr Rule kNotXml = {"RX-300", kError,
                                 "XMLとして正しくないか、文書型宣言または処理命令があります",
                                 "not well-formed XML, or with a DTD or processing instructions"};
inline constexpr Rule kSize = {"RX-301", kError, "電文が大きすぎます", "the message is too large"};
inline constexpr Rule kHeader = {"RX-302", kError, "医療機関等コードまたはファイル識別子が不正です",
                                 "the institution has 10 digits, the identifier at most 64 bytes"};
inline constexpr Rule kIssueType = {"RX-303", kError, "発行形態は1または2です",
                                    "IssueType is 1 or 2"};
inline constexpr Rule kBase64 = {"RX-304", kError, "Base64の文書がないか、正しくありません",
                                 "a document in Base64 is missing or malformed"};
inline constexpr Rule kSegment = {"RX-305", kError, "処理結果区分は1、2または9です",
                                  "SegmentOfResult is 1, 2 or 9"};
inline constexpr Rule kStatus = {"RX-306", kError, "処理結果状況は1または2です",
                                 "ProcessingResultStatus is 1 or 2"};
inline constexpr Rule kCharset = {"RX-307", kError, "文字コード識別は1または2です",
                                  "CharacterCodeIdentifier is 1 or 2"};
inline constexpr Rule kOnce = {"RX-308", kError, "要素がないか、重複しています",
                               "the element is missing or stands twice"};
inline constexpr Rule kId = {"RX-309", kError, "処方箋IDまたは引換番号の書式が不正です",
                             "an id has at most 36 characters, an access code 6 to 16 digits"};
inline constexpr Rule kFinding = {"RX-310", kError, "指摘の記録番号が不正です",
                                  "the record of a finding is a number"};
inline constexpr Rule kEncoding = {"RX-521", kError, "文字コードが宣言と異なるか、対応していません",
                                   "the encoding is not the declared one or not supported"};
inline constexpr Rule kText = {"RX-523", kError, "項目がないか、長すぎるか、制御文字を含みます",
                               "the text is missing, too long or holds control characters"};
inline constexpr Rule kDay = {"RX-524", kError, "日付はYYYYMMDDです", "a day is YYYYMMDD"};
inline constexpr Rule kDigest = {"RX-525", kError, "SHA-256は16進64桁です",
                                 "a SHA-256 has 64 hexadecimal digits"};
inline constexpr Rule kFlag = {"RX-526", kError, "フラグは1または2です", "a flag is 1 or 2"};
inline constexpr Rule kLongText = {"RX-527", kError, "長すぎるか、制御文字を含みます",
                                   "the text is too long or holds control characters"};

}  // namespace tsunagu::prescription::envelope::rules

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_RULES_H_
