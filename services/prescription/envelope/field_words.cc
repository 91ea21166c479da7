#include "services/prescription/envelope/field_words.h"

#include <algorithm>

namespace tsunagu::prescription::envelope {
namespace {

// By name, ascending.
constexpr FieldWords kWords[] = {
    {"AccessCode", "引換番号", "access code"},
    {"AlertCategory", "1 併用禁忌、2 重複投薬", "1 contraindicated, 2 duplicate"},
    {"AlertCount", "アラートの件数（全ページ）", "alerts on all pages"},
    {"AlertGroupCount", "アラートの成分の数（全ページ）", "groups of alerts on all pages"},
    {"AlertMessage", "アラートの文", "text of the alert"},
    {"DispensingCount", "何回目か（リフィル・分割）", "which use or part"},
    {"DispensingDate", "調剤日", "day of dispensing"},
    {"DispensingInfo", "調剤結果（XML、署名済み）", "dispensing result, signed XML"},
    {"DispensingResultId", "調剤結果ID", "id of the result"},
    {"DrugCount", "薬剤の数", "number of drugs"},
    {"DuplicateCheckResult", "チェック結果: 0 該当あり、1 医師承認済み、2 該当なし",
     "0 alerts, 1 all approved, 2 none"},
    {"ExpirationDate", "使用期限", "last day of use"},
    {"FromDate", "期間の初日（なければ当日）", "first day; absent: today"},
    {"GivenDate", "投与日・調剤日", "day on which it was given"},
    {"HolderPharmacyCode", "受付中の薬局", "pharmacy that holds it"},
    {"InHousePrescriptionCount", "院内処方の件数", "number of records"},
    {"InHousePrescriptionId", "院内処方ID", "id of the record"},
    {"InHousePrescriptionStatus", "登録または取消", "registered or cancelled"},
    {"IngredientName", "成分の名称", "name of the ingredient"},
    {"InsuredBranchNumber", "枝番", "branch number"},
    {"InsuredCardSymbol", "記号", "symbol"},
    {"InsuredIdentificationNumber", "番号", "number"},
    {"InsurerNumber", "保険者番号", "insurer number"},
    {"IssueDate", "交付日", "day of issue"},
    {"IssueType", "発行形態: 1 電子、2 紙", "1 electronic, 2 paper"},
    {"IssuerCode", "交付した医療機関（10桁）", "facility that issued it, 10 digits"},
    {"LeftOffCount", "一覧に入りきらない件数", "that no page holds"},
    {"LookBackFrom", "照合した期間の初日", "first day that was compared"},
    {"MaskedFlg", "2: 同意がなく薬剤名・施設名なし", "2: without consent, names are masked"},
    {"MessageFlg", "2: 伝達事項あり", "2: there is a message"},
    {"MessageKind", "伝達事項の種別（411）", "kind of the message, of record 411"},
    {"MessageText", "伝達事項", "text of the message"},
    {"NextPageToken", "続きのページ", "of the next page"},
    {"OverlappingDays", "重なる日数", "days in both"},
    {"OwnFacilityLeftOutCount", "処方した医療機関自身の処方で除いた件数",
     "left out, of the prescribing facility itself"},
    {"PageToken", "読むページ（前の応答の NextPageToken）", "NextPageToken of the answer before"},
    {"PastDispensedFlg", "2: 調剤済み", "2: dispensed"},
    {"PastDrugAmount", "服用中の薬剤の量", "amount of the drug that is being taken"},
    {"PastDrugCode", "服用中の薬剤のコード", "code of the drug that is being taken"},
    {"PastDrugCodeType", "服用中の薬剤のコード種別", "its code system"},
    {"PastDrugForm", "服用中の薬剤の剤形区分", "its form"},
    {"PastDrugName", "服用中の薬剤の名称", "name of the drug that is being taken"},
    {"PastDrugUsage", "服用中の薬剤の用法", "its usage"},
    {"PastFromDate", "服用の初日", "first day on which it is taken"},
    {"PastIssuerName", "服用中の薬剤を処方した医療機関", "facility that prescribed it"},
    {"PastNotComparedCount", "服用中で照合できない件数", "being taken and not compared"},
    {"PastPharmacyName", "服用中の薬剤を調剤した薬局", "pharmacy that dispensed it"},
    {"PastToDate", "服用の最終日", "last day on which it is taken"},
    {"PastToEstimatedFlg", "2: 日数が不明で14日とみなす", "2: no days are known, 14 are taken"},
    {"PharmacyCode", "調剤した薬局", "pharmacy that dispensed"},
    {"PrescriptionCopyPdf", "処方内容（控え）の PDF", "the patient's copy, PDF"},
    {"PrescriptionId", "処方箋ID", "id of the prescription"},
    {"PrescriptionInfo", "処方箋（XML）", "prescription, XML"},
    {"PrescriptionStatus", "処方箋の状態", "state of the prescription"},
    {"PrescriptionsAsOf", "処方・調剤の時点", "prescriptions are whole as of"},
    {"PreviousDispensingInfo", "前回の調剤結果", "result of the use before"},
    {"ReasonComment", "医師の理由", "the prescriber's reason"},
    {"ReceiptsAsOf", "院内投薬（レセプト）の時点", "receipts are whole as of"},
    {"RecordNumber", "レコードの番号（411、501、511）", "number of the record"},
    {"ReplacedPrescriptionId", "置き換える処方箋ID", "id of what it replaces"},
    {"SameMedicalInstitutionAlertFlg", "1 処方した医療機関自身の処方を除く、2 含める",
     "drugs of the prescribing facility itself: 1 left out, 2 compared"},
    {"TakingDrugCount", "服用中の薬剤の数", "drugs that are being taken"},
    {"TargetFileDigest", "探す要求ファイルの SHA-256", "SHA-256 of the request's file"},
    {"TargetFileIdentifier", "探す要求の ArbitraryFileIdentifier",
     "ArbitraryFileIdentifier of the request"},
    {"ThisDrugAmount", "この処方の薬剤の量", "amount of the drug of the draft"},
    {"ThisDrugCode", "この処方の薬剤のコード", "code of the drug of the draft"},
    {"ThisDrugCodeType", "この処方の薬剤のコード種別", "its code system"},
    {"ThisDrugForm", "この処方の薬剤の剤形区分", "its form"},
    {"ThisDrugName", "この処方の薬剤の名称", "name of the drug of the draft"},
    {"ThisDrugUsage", "この処方の薬剤の用法", "its usage"},
    {"ToDate", "期間の最終日（なければ当日）", "last day; absent: today"},
    {"WithoutPairsFlg", "2: 併用禁忌は確認していない", "2: no contraindicated pairs looked for"},
    {"WithoutReceiptsFlg", "2: 院内投薬は照合していない", "2: receipts were not compared"},
};
static_assert(std::ranges::is_sorted(kWords, {}, [](const FieldWords& words) {
  return absl::string_view(words.name);
}));

}  // namespace

const FieldWords* WordsOf(absl::string_view name) {
  const auto* found = std::ranges::find(
      kWords, name, [](const FieldWords& words) { return absl::string_view(words.name); });
  return found == std::end(kWords) ? nullptr : found;
}

FieldWords WordsOf(Form form) {
  switch (form) {
    case Form::kText:
      return {"text", "1行、256バイトまで", "one line, 256 bytes"};
    case Form::kLongText:
      return {"long text", "1行、4000バイトまで", "one line, 4000 bytes"};
    case Form::kBase64:
      return {"base64", "文書、Base64", "a document in Base64"};
    case Form::kIssueType:
      return {"1|2", "1 電子、2 紙", "1 electronic, 2 paper"};
    case Form::kPrescriptionId:
      return {"id", "36文字まで", "36 characters"};
    case Form::kAccessCode:
      return {"digits", "6〜16桁", "6 to 16 digits"};
    case Form::kDay:
      return {"YYYYMMDD", "日", "a day"};
    case Form::kDigest:
      return {"sha256", "16進64桁", "64 hexadecimal digits"};
    case Form::kFlag:
      return {"1|2", "1 または 2", "1 or 2"};
  }
  return {};
}

const char* NameOf(Call call) {
  switch (call) {
    case Call::kNone:
      return "";
    case Call::kRegister:
      return "Prescriptions/Register";
    case Call::kCancel:
      return "Prescriptions/Cancel";
    case Call::kChange:
      return "Prescriptions/Change";
    case Call::kUndoCancel:
      return "Prescriptions/UndoCancel";
    case Call::kUndoChange:
      return "Prescriptions/UndoChange";
    case Call::kGetStatus:
      return "Prescriptions/GetStatus";
    case Call::kGetCommand:
      return "Prescriptions/GetCommand";
    case Call::kAccept:
      return "Prescriptions/Accept";
    case Call::kRelease:
      return "Prescriptions/Release";
    case Call::kCollect:
      return "Prescriptions/Collect";
    case Call::kUndoCollect:
      return "Prescriptions/UndoCollect";
    case Call::kDispense:
      return "Prescriptions/Dispense";
    case Call::kCancelResult:
      return "Prescriptions/CancelResult";
    case Call::kChangeResult:
      return "Prescriptions/ChangeResult";
    case Call::kGetCopy:
      return "PrescriptionCopy/GetCopy";
    case Call::kListIssued:
      return "FacilityPrescriptions/ListIssued";
    case Call::kListDispensed:
      return "FacilityPrescriptions/ListDispensed";
    case Call::kGetResult:
      return "FacilityPrescriptions/GetResult";
    case Call::kPrepare:
      return "DuplicationCheck/Prepare";
    case Call::kCheckDraft:
      return "DuplicationCheck/CheckDraft";
    case Call::kCheckAcceptance:
      return "DuplicationCheck/CheckAcceptance";
    case Call::kCheckDraftResult:
      return "DuplicationCheck/CheckDraftResult";
    case Call::kRegisterGiven:
      return "GivenDrugs/RegisterGiven";
    case Call::kChangeGiven:
      return "GivenDrugs/ChangeGiven";
    case Call::kCancelGiven:
      return "GivenDrugs/CancelGiven";
    case Call::kSearchGiven:
      return "GivenDrugs/SearchGiven";
    case Call::kGetGiven:
      return "GivenDrugs/GetGiven";
  }
  return "";
}

}  // namespace tsunagu::prescription::envelope
