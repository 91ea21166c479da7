// The rules of docs/requirements/signatures.md that a document can break, with their texts.
#ifndef SERVICES_PLATFORM_HPKI_XADES_RULES_H_
#define SERVICES_PLATFORM_HPKI_XADES_RULES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {

using national::Rule;

inline constexpr auto kError = national::Severity::kError;
inline constexpr auto kWarning = national::Severity::kWarning;

inline constexpr Rule kRuleSize = {"SIG-001", kError, "文書が空か、4 MiB を超えています。",
                                   "The document is empty or larger than 4 MiB."};
inline constexpr Rule kRuleNoDtd = {"SIG-002", kError, "DTD や実体宣言を含む文書は受け付けません。",
                                    "A document with a DTD or entities is not accepted."};
inline constexpr Rule kRuleLimits = {
    "SIG-003", kError, "要素の数、階層の深さ、属性または名前空間宣言の数が上限を超えています。",
    "Too many elements, levels, attributes or namespace declarations."};
inline constexpr Rule kRuleWellFormed = {"SIG-004", kError, "UTF-8 の整形式 XML ではありません。",
                                         "Not well-formed XML in UTF-8."};
inline constexpr Rule kRuleLayout = {
    "SIG-005", kError,
    "文書の構造が電子処方箋の形式と異なります。必要な要素が一つだけあることが必要です。",
    "The layout differs from an e-prescription's: the element must stand there exactly once."};
inline constexpr Rule kRuleOneSignature = {
    "SIG-006", kError, "署名は定められた位置に一つだけ必要です。",
    "A signature must stand exactly once at its place and nowhere else."};
inline constexpr Rule kRuleUniqueIds = {"SIG-007", kError, "同じ ID を持つ要素が複数あります。",
                                        "Several elements carry the same id."};
inline constexpr Rule kRuleNoXmlAttributes = {
    "SIG-008", kError, "xml: で始まる属性（xml:id、xml:base など）は使えません。",
    "Attributes of the xml: namespace (xml:id, xml:base ...) are not accepted."};
inline constexpr Rule kRuleThreeReferences = {
    "SIG-009", kError, "署名の参照は、本文、KeyInfo、SignedProperties の三つでなければなりません。",
    "A signature refers to exactly three things: the data, KeyInfo and SignedProperties."};
inline constexpr Rule kRuleReferencePosition = {
    "SIG-010", kError, "署名の参照先が、定められた位置の要素ではありません。",
    "No reference of the signature leads to the element at the prescribed place."};
inline constexpr Rule kRuleAlgorithm = {
    "SIG-011", kError, "許可されていない正規化方式またはハッシュ方式です。",
    "The canonicalisation or digest algorithm is not on the list of accepted ones."};
inline constexpr Rule kRuleTransform = {"SIG-012", kError,
                                        "許可されていない変換（Transform）です。",
                                        "The transform is not on the list of accepted ones."};
inline constexpr Rule kRuleSignatureMethod = {
    "SIG-013", kError, "許可されていない署名方式か、鍵が署名方式に合いません。",
    "The signature algorithm is not accepted or does not fit the key."};
inline constexpr Rule kRuleDigest = {"SIG-014", kError,
                                     "署名後に内容が変更されています（ダイジェスト値の不一致）。",
                                     "The content was changed after signing: digest mismatch."};
inline constexpr Rule kRuleSignatureValue = {"SIG-015", kError, "署名値の検証に失敗しました。",
                                             "The signature value does not verify."};
inline constexpr Rule kRuleCertificate = {"SIG-016", kError,
                                          "KeyInfo の署名者証明書を読み取れません。",
                                          "KeyInfo holds no readable certificate of the signer."};
inline constexpr Rule kRuleSigningCertificate = {
    "SIG-017", kError, "SigningCertificateV2 が署名者証明書と一致しません。",
    "SigningCertificateV2 does not match the signer's certificate."};
inline constexpr Rule kRuleSigningTime = {"SIG-018", kError,
                                          "署名日時（SigningTime）は時差付きの日時が必要です。",
                                          "SigningTime must be a date and time with offset."};
inline constexpr Rule kRulePayload = {"SIG-019", kError,
                                      "本文は Base64 の文字列だけでなければなりません。",
                                      "The content must be Base64 text and nothing else."};
inline constexpr Rule kRuleTimeStamp = {"SIG-020", kError,
                                        "タイムスタンプトークンを読み取れません。",
                                        "The time-stamp token cannot be read."};
inline constexpr Rule kRuleImprint = {"SIG-021", kError,
                                      "タイムスタンプがこの署名値のものではありません。",
                                      "The time-stamp belongs to another signature value."};
inline constexpr Rule kRuleEvidence = {"SIG-022", kError,
                                       "埋め込まれた証明書または失効情報を読み取れません。",
                                       "An embedded certificate or CRL cannot be read."};
inline constexpr Rule kRuleUnsignedReference = {
    "SIG-023", kWarning, "参照された処方箋に署名がありません（紙の処方箋の写し）。",
    "The referenced prescription carries no signature (a copy of a paper original)."};

inline constexpr Rule kRuleArchiveTimeStamp = {"SIG-050", kError,
                                               "アーカイブタイムスタンプを読み取れません。",
                                               "An archive time-stamp cannot be read."};
inline constexpr Rule kRuleArchiveImprint = {
    "SIG-051", kError, "アーカイブタイムスタンプの後に、署名または検証情報が変更されています。",
    "The signature or its evidence was changed after an archive time-stamp."};
inline constexpr Rule kRuleTimeStampOrder = {"SIG-052", kError,
                                             "タイムスタンプの時刻の順序が正しくありません。",
                                             "A time-stamp is older than what it covers."};

// Adds a finding at that place (a path in the document); returns false, so that a check can end
// with it.
bool Report(const Rule& rule, absl::string_view where, national::Findings* findings);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_RULES_H_
