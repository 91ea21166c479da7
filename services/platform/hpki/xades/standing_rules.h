// The rules of docs/requirements/signatures.md about who signed and who stamped, with their texts.
#ifndef SERVICES_PLATFORM_HPKI_XADES_STANDING_RULES_H_
#define SERVICES_PLATFORM_HPKI_XADES_STANDING_RULES_H_

#include "services/platform/hpki/xades/rules.h"

namespace tsunagu::xades {

inline constexpr Rule kRuleUnknownRoot = {
    "SIG-053", kWarning,
    "署名者証明書から信頼する認証局までの証明書パスを確認できません（認証局が未知です）。",
    "The path of the signer's certificate does not lead to a root that is known here."};
inline constexpr Rule kRuleTestCard = {"SIG-054", kWarning,
                                       "署名者証明書は HPKI のテストカードのものです。",
                                       "The signer's certificate is that of an HPKI test card."};
inline constexpr Rule kRuleOtherPolicy = {
    "SIG-055", kWarning, "署名者証明書は HPKI の署名用証明書ではありません。",
    "The signer's certificate is no signing certificate of HPKI."};
inline constexpr Rule kRuleNotValidThen = {
    "SIG-056", kError, "証明書が署名の基準時刻に有効期間外でした。",
    "A certificate was not valid at the time by which the signature is judged."};
inline constexpr Rule kRuleEndedSince = {
    "SIG-057", kWarning, "署名者証明書は基準時刻には有効でしたが、現在は有効期間を過ぎています。",
    "The signer's certificate was valid at that time and has ended since."};
inline constexpr Rule kRuleRevokedThen = {
    "SIG-058", kError, "証明書が署名の基準時刻にすでに失効していました。",
    "A certificate was revoked at the time by which the signature is judged."};
inline constexpr Rule kRuleRevokedSince = {
    "SIG-059", kWarning, "証明書は基準時刻には有効でしたが、その後失効しています。",
    "A certificate was valid at that time and has been revoked since."};
inline constexpr Rule kRuleNoList = {
    "SIG-060", kWarning, "基準時刻の失効情報がなく、失効の有無を確認できません。",
    "No revocation list that is good at that time: whether it was revoked is not known."};
inline constexpr Rule kRuleNoLicence = {
    "SIG-061", kError, "署名者証明書に、この文書に署名できる資格がありません。",
    "The signer's certificate asserts no licence for this kind of document."};
inline constexpr Rule kRuleBadPath = {"SIG-062", kError,
                                      "署名者証明書またはその証明書パスが規則に反しています。",
                                      "The signer's certificate or its path breaks a rule."};
inline constexpr Rule kRuleUnknownAuthority = {
    "SIG-063", kWarning, "タイムスタンプ局が未知のため、その時刻を信頼できるか確認できません。",
    "The time-stamp authority is not known here: its time is only as good as that."};
inline constexpr Rule kRuleForgedTimeStamp = {
    "SIG-064", kError,
    "タイムスタンプの署名を検証できないか、証明書がタイムスタンプ用ではありません。",
    "The time-stamp's own signature does not verify, or its certificate is not for time-stamps."};
inline constexpr Rule kRuleBadAuthority = {
    "SIG-065", kError, "タイムスタンプ局の証明書が、その時刻に有効ではありませんでした。",
    "The authority's certificate was not valid at the time of its time-stamp."};
inline constexpr Rule kRuleAuthorityEnded = {
    "SIG-066", kWarning,
    "タイムスタンプ局の証明書が有効期間を過ぎており、後のアーカイブタイムスタンプがありません。",
    "The authority's certificate has ended, and no later archive time-stamp covers it."};
inline constexpr Rule kRuleSignedAfter = {"SIG-067", kWarning,
                                          "署名日時が署名タイムスタンプの時刻より後です。",
                                          "SigningTime is later than the signature time-stamp."};

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_STANDING_RULES_H_
