#include "services/prescription/envelope/interfaces.h"

#include <algorithm>

#include "services/prescription/envelope/interface_fields.h"

namespace tsunagu::prescription::envelope {
namespace {

using enum Certainty;
using enum Group;

constexpr std::span<const Field> kNothing;

constexpr Interface kInterfaces[] = {
    {101, 102, kIssuer, "重複投薬等チェック事前処理", "duplicate-check pre-processing",
     "EPSsiDMP01", kSecondHand, Call::kPrepare, kPrepareRequest, kPrepareAnswer},
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
    {211, 212, kIssuer, "処方内容（控え）取得", "the patient's copy", "EPSsiPIR06", kSecondHand,
     Call::kGetCopy, kById, kCopyAnswer},
    {213, 214, kIssuer, "処方箋状況・調剤結果一覧", "list of states and results", "EPSif213",
     kInferred, Call::kListIssued, kListRequest, kListAnswer, kPrescriptionRows},
    {215, 216, kIssuer, "調剤結果取得", "one result by its id", "EPSif215", kInferred,
     Call::kGetResult, kByResultId, kResultDocumentAnswer, kNoteRows},
    {217, 218, kIssuer, "処方箋状況・調剤結果取得", "state and result by prescription id",
     "EPSif217", kInferred, Call::kGetStatus, kById, kStatusAnswer, kNoteRows},
    {219, 103, kIssuer, "確定前処方箋チェック", "check of a draft prescription", "EPSif219",
     kInferred, Call::kCheckDraft, kCheckDraftRequest, kCheckAnswer, kAlertRows},
    {220, 221, kIssuer, "処方箋ID検索", "search for a prescription id", "EPSif220", kInferred,
     Call::kGetCommand, kSearchRequest, kSearchAnswer},
    {301, 302, kPharmacy, "処方箋受付", "accept", "EPSif301", kInferred, Call::kAccept,
     kAcceptRequest, kAcceptAnswer, kAlertRows},
    {303, 304, kPharmacy, "処方箋受付取消", "cancel the acceptance", "EPSif303", kInferred,
     Call::kRelease, kById, kStanding},
    {305, 306, kPharmacy, "処方箋回収", "collect", "EPSif305", kInferred, Call::kCollect, kById,
     kStanding},
    {307, 308, kPharmacy, "調剤結果登録", "register a result", "EPSif307", kInferred,
     Call::kDispense, kDispenseRequest, kResultAnswer},
    {309, 310, kPharmacy, "調剤結果取消", "cancel a result", "EPSif309", kInferred,
     Call::kCancelResult, kById, kStanding},
    {311, 312, kPharmacy, "調剤結果変更", "change a result", "EPSif311", kInferred,
     Call::kChangeResult, kResultRequest, kResultAnswer},
    {313, 314, kPharmacy, "調剤済み処方箋一覧", "list of dispensed prescriptions", "EPSif313",
     kInferred, Call::kListDispensed, kListRequest, kListAnswer, kPrescriptionRows},
    {315, 103, kPharmacy, "確定前調剤結果チェック", "check of a draft result", "EPSif315",
     kInferred, Call::kCheckDraftResult, kCheckResultRequest, kCheckAnswer, kAlertRows},
    {316, 317, kPharmacy, "調剤済み処方箋取得", "one dispensed prescription", "EPSif316", kInferred,
     Call::kGetResult, kByResultId, kResultDocumentAnswer, kNoteRows},
    {318, 319, kPharmacy, "処方箋回収UNDO", "undo collect", "EPSif318", kInferred,
     Call::kUndoCollect, kById, kStanding},
    {320, 321, kPharmacy, "処方箋ID検索", "search for a prescription id", "EPSif320", kInferred,
     Call::kGetCommand, kSearchRequest, kSearchAnswer},
    {322, 323, kPharmacy, "調剤結果ID検索", "search for a result id", "EPSif322", kInferred,
     Call::kListDispensed, kFindResultRequest, kFindResultAnswer, kPrescriptionRows},
    {324, 325, kPharmacy, "調剤済み処方箋保管", "paid storage", "EPSif324", kInferred, Call::kNone,
     kNothing, kNothing},
    {328, 329, kPharmacy, "保管サービス", "paid storage", "EPSif328", kInferred, Call::kNone,
     kNothing, kNothing},
    {330, 331, kPharmacy, "保管サービス", "paid storage", "EPSif330", kInferred, Call::kNone,
     kNothing, kNothing},
    {401, 402, kInHospital, "院内処方登録", "register in-house drugs", "EPSif401", kInferred,
     Call::kRegisterGiven, kGivenRequest, kGivenAnswer},
    {403, 404, kInHospital, "院内処方取消", "cancel in-house drugs", "EPSif403", kInferred,
     Call::kCancelGiven, kByGivenId, kGivenAnswer},
    {405, 406, kInHospital, "院内処方変更", "change in-house drugs", "EPSif405", kInferred,
     Call::kChangeGiven, kChangeGivenRequest, kGivenAnswer},
    {407, 408, kInHospital, "院内処方検索", "search in-house drugs", "EPSif407", kInferred,
     Call::kSearchGiven, kSearchGivenRequest, kSearchGivenAnswer, kGivenRows},
    {409, 103, kInHospital, "院内処方チェック", "check of in-house drugs", "EPSif409", kInferred,
     Call::kCheckDraft, kCheckDraftRequest, kCheckAnswer, kAlertRows},
};

}  // namespace

std::span<const Interface> Interfaces() { return kInterfaces; }

const Interface* FindInterface(int id) {
  const auto* found = std::ranges::find(kInterfaces, id, &Interface::id);
  return found == std::end(kInterfaces) ? nullptr : found;
}

}  // namespace tsunagu::prescription::envelope
