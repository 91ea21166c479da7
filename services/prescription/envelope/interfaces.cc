#include "services/prescription/envelope/interfaces.h"

#include <algorithm>

namespace tsunagu::prescription::envelope {
namespace {

using enum Certainty;
using enum Group;

constexpr bool kRequired = true;

// ---- elements of the body ----

constexpr Field kIdField = {"PrescriptionId", Form::kPrescriptionId, kRequired, kSecondHand};
constexpr Field kIssueTypeField = {"IssueType", Form::kIssueType, kRequired, kSecondHand};
constexpr Field kPrescription = {"PrescriptionInfo", Form::kBase64, kRequired, kSecondHand};
constexpr Field kDispensing = {"DispensingInfo", Form::kBase64, kRequired, kInferred};

constexpr Field Optional(Field field) {
  field.required = false;
  return field;
}

constexpr Field kCode = {"AccessCode", Form::kAccessCode, !kRequired, kSecondHand};
constexpr Field kStatus = {"PrescriptionStatus", Form::kText, !kRequired, kInferred};
constexpr Field kUseBy = {"ExpirationDate", Form::kDay, !kRequired, kInferred};
constexpr Field kResultId = {"DispensingResultId", Form::kPrescriptionId, !kRequired, kInferred};
constexpr Field kMessageFlag = {"MessageFlg", Form::kFlag, !kRequired, kSecondHand};

// The insured person, with the names of the eligibility messages.
constexpr Field kInsurer = {"InsurerNumber", Form::kText, !kRequired, kInferred};
constexpr Field kSymbol = {"InsuredCardSymbol", Form::kText, !kRequired, kInferred};
constexpr Field kNumber = {"InsuredIdentificationNumber", Form::kText, !kRequired, kInferred};
constexpr Field kBranch = {"InsuredBranchNumber", Form::kText, !kRequired, kInferred};

constexpr Field kRegisterRequest[] = {kIssueTypeField, kPrescription};
constexpr Field kRegisterAnswer[] = {Optional(kIdField), kCode, kStatus, kUseBy};
constexpr Field kById[] = {kIdField};
constexpr Field kStanding[] = {Optional(kIdField), kStatus};
constexpr Field kChangeRequest[] = {kIdField, kIssueTypeField, kPrescription};
constexpr Field kChangeAnswer[] = {Optional(kIdField), kStatus, kUseBy};
constexpr Field kStatusAnswer[] = {Optional(kIdField), kStatus, kUseBy, kMessageFlag,
                                   Optional(kDispensing)};
constexpr Field kAcceptRequest[] = {Optional(kIdField), kCode, kInsurer, kSymbol, kNumber, kBranch};
constexpr Field kAcceptAnswer[] = {
    Optional(kIdField),
    kStatus,
    kUseBy,
    Optional(kIssueTypeField),
    Optional(kPrescription),
    {"PreviousDispensingInfo", Form::kBase64, !kRequired, kInferred}};
constexpr Field kResultRequest[] = {kIdField, kDispensing};
constexpr Field kResultAnswer[] = {Optional(kIdField), kResultId, kStatus, Optional(kDispensing)};
// Which request it was of which the answer is missing: its identifier and the digest of its file.
constexpr Field kSearchRequest[] = {Optional(kIdField),
                                    kInsurer,
                                    kSymbol,
                                    kNumber,
                                    kBranch,
                                    {"TargetFileIdentifier", Form::kText, !kRequired, kInferred},
                                    {"TargetFileDigest", Form::kDigest, kRequired, kInferred}};
constexpr Field kSearchAnswer[] = {Optional(kIdField), kCode, kStatus};

// ---- the table ----

constexpr Interface kInterfaces[] = {
    {101,
     102,
     kIssuer,
     "重複投薬等チェック事前処理",
     "duplicate-check pre-processing",
     "EPSsiDMP01",
     kSecondHand,
     Call::kNone,
     {},
     {}},
    {103,
     0,
     kIssuer,
     "重複投薬等チェック結果",
     "duplicate-check result",
     "EPSif103",
     kInferred,
     Call::kNone,
     {},
     {}},
    {201, 202, kIssuer, "処方箋情報登録", "register", "ESPsiPIR01", kSecondHand, Call::kRegister,
     kRegisterRequest, kRegisterAnswer},
    {203, 204, kIssuer, "処方箋情報取消", "cancel", "EPSif203", kInferred, Call::kCancel, kById,
     kStanding},
    {205, 206, kIssuer, "処方箋情報変更", "change", "EPSif205", kInferred, Call::kChange,
     kChangeRequest, kChangeAnswer},
    {207, 208, kIssuer, "処方箋情報取消UNDO", "undo cancel", "EPSif207", kInferred,
     Call::kUndoCancel, kById, kStanding},
    {209, 210, kIssuer, "処方箋情報変更UNDO", "undo change", "EPSif209", kInferred,
     Call::kUndoChange, kById, kStanding},
    {211,
     212,
     kIssuer,
     "処方内容（控え）取得",
     "the patient's copy",
     "EPSsiPIR06",
     kSecondHand,
     Call::kNone,
     {},
     {}},
    {213,
     214,
     kIssuer,
     "処方箋状況・調剤結果一覧",
     "list of states and results",
     "EPSif213",
     kInferred,
     Call::kNone,
     {},
     {}},
    {215,
     216,
     kIssuer,
     "調剤結果取得",
     "one result by its id",
     "EPSif215",
     kInferred,
     Call::kNone,
     {},
     {}},
    {217, 218, kIssuer, "処方箋状況・調剤結果取得", "state and result by prescription id",
     "EPSif217", kInferred, Call::kGetStatus, kById, kStatusAnswer},
    {219,
     0,
     kIssuer,
     "確定前処方箋チェック",
     "check of a draft prescription",
     "EPSif219",
     kInferred,
     Call::kNone,
     {},
     {}},
    {220, 221, kIssuer, "処方箋ID検索", "search for a prescription id", "EPSif220", kInferred,
     Call::kGetCommand, kSearchRequest, kSearchAnswer},
    {301, 302, kPharmacy, "処方箋受付", "accept", "EPSif301", kInferred, Call::kAccept,
     kAcceptRequest, kAcceptAnswer},
    {303, 304, kPharmacy, "処方箋受付取消", "cancel the acceptance", "EPSif303", kInferred,
     Call::kRelease, kById, kStanding},
    {305, 306, kPharmacy, "処方箋回収", "collect", "EPSif305", kInferred, Call::kCollect, kById,
     kStanding},
    {307, 308, kPharmacy, "調剤結果登録", "register a result", "EPSif307", kInferred,
     Call::kDispense, kResultRequest, kResultAnswer},
    {309, 310, kPharmacy, "調剤結果取消", "cancel a result", "EPSif309", kInferred,
     Call::kCancelResult, kById, kStanding},
    {311, 312, kPharmacy, "調剤結果変更", "change a result", "EPSif311", kInferred,
     Call::kChangeResult, kResultRequest, kResultAnswer},
    {313,
     314,
     kPharmacy,
     "調剤済み処方箋一覧",
     "list of dispensed prescriptions",
     "EPSif313",
     kInferred,
     Call::kNone,
     {},
     {}},
    {315,
     0,
     kPharmacy,
     "確定前調剤結果チェック",
     "check of a draft result",
     "EPSif315",
     kInferred,
     Call::kNone,
     {},
     {}},
    {316,
     317,
     kPharmacy,
     "調剤済み処方箋取得",
     "one dispensed prescription",
     "EPSif316",
     kInferred,
     Call::kNone,
     {},
     {}},
    {318, 319, kPharmacy, "処方箋回収UNDO", "undo collect", "EPSif318", kInferred,
     Call::kUndoCollect, kById, kStanding},
    {320, 321, kPharmacy, "処方箋ID検索", "search for a prescription id", "EPSif320", kInferred,
     Call::kGetCommand, kSearchRequest, kSearchAnswer},
    {322,
     323,
     kPharmacy,
     "調剤結果ID検索",
     "search for a result id",
     "EPSif322",
     kInferred,
     Call::kNone,
     {},
     {}},
    {324,
     325,
     kPharmacy,
     "調剤済み処方箋保管",
     "paid storage",
     "EPSif324",
     kInferred,
     Call::kNone,
     {},
     {}},
    {328,
     329,
     kPharmacy,
     "保管サービス",
     "paid storage",
     "EPSif328",
     kInferred,
     Call::kNone,
     {},
     {}},
    {330,
     331,
     kPharmacy,
     "保管サービス",
     "paid storage",
     "EPSif330",
     kInferred,
     Call::kNone,
     {},
     {}},
    {401,
     402,
     kInHospital,
     "院内処方登録",
     "register in-house drugs",
     "EPSif401",
     kInferred,
     Call::kNone,
     {},
     {}},
    {403,
     404,
     kInHospital,
     "院内処方取消",
     "cancel in-house drugs",
     "EPSif403",
     kInferred,
     Call::kNone,
     {},
     {}},
    {405,
     406,
     kInHospital,
     "院内処方変更",
     "change in-house drugs",
     "EPSif405",
     kInferred,
     Call::kNone,
     {},
     {}},
    {407,
     408,
     kInHospital,
     "院内処方検索",
     "search in-house drugs",
     "EPSif407",
     kInferred,
     Call::kNone,
     {},
     {}},
    {409,
     0,
     kInHospital,
     "院内処方チェック",
     "check of in-house drugs",
     "EPSif409",
     kInferred,
     Call::kNone,
     {},
     {}},
};

}  // namespace

std::span<const Interface> Interfaces() { return kInterfaces; }

const Interface* FindInterface(int id) {
  const auto* found = std::ranges::find(kInterfaces, id, &Interface::id);
  return found == std::end(kInterfaces) ? nullptr : found;
}

}  // namespace tsunagu::prescription::envelope
