#include "tools/cli/reason_text.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"

namespace tsunagu::cli {
namespace {

struct ReasonText {
  const char* reason;
  const char* ja;
  const char* en;       // empty: the error's own message is shown
  bool repeat = false;  // the same call is right
};

constexpr ReasonText kReasons[] = {
    // This program.
    {"ANSWER_NOT_WRITTEN",
     "操作は行われましたが、その結果をファイルに書き込めませんでした。--out を別の場所にして、"
     "同じコマンド（--command-id も同じもの）をもう一度実行してください。",
     ""},
    {"CARD_EXPIRED", "証明書の有効期限が切れています。", ""},
    {"CARD_KEY_MISMATCH", "秘密鍵がこの証明書のものではありません。", ""},
    {"CARD_KEY_UNREADABLE", "秘密鍵を読み取れません。", ""},
    {"CARD_NOT_FOR_AUTHENTICATION", "認証用の証明書ではありません（署名用など）。", ""},
    {"CARD_NOT_YET_VALID", "証明書の有効期間がまだ始まっていません。", ""},
    {"CARD_UNREADABLE", "証明書を読み取れません。", ""},
    {"FILE_EXISTS",
     "同じ名前のファイルがすでにあります。上書きしてよいときは --force を付けてください。", ""},
    {"FILE_NOT_READ", "ファイルを読み取れません。", ""},
    {"FILE_NOT_WRITTEN", "ファイルに書き込めません。", ""},
    {"FOLDER_IN_USE", "このフォルダーでは別の端末プログラムが動いています。", ""},
    {"FOLDER_UNUSABLE", "このフォルダーは使えません。", ""},
    {"IDENTITY_NOT_GIVEN", "誰として呼び出すかを --as で指定してください。", ""},
    {"INTERFACE_NOT_KNOWN", "その番号の要求はありません。", ""},
    {"INTERFACE_NOT_SERVED", "この要求にはまだ対応していません。", ""},
    {"LICENCE_CANNOT_SIGN", "この証明書の資格ではこの文書に署名できません。", ""},
    {"LOCAL_CHECK_FAILED", "ファイルが規則に反しています。", ""},
    {"LOCAL_FILE_TOO_LARGE", "ファイルが大きすぎます。", ""},
    {"MESSAGE_MALFORMED", "電文に誤りがあります。", ""},
    {"NAMES_MALFORMED", "ファイル名の一覧（--names）が正しくありません。", ""},
    {"NOT_A_CARE_CONTEXT", "同意の情報（ケアコンテキスト）のファイルではありません。", ""},
    {"NOT_A_DRUG_MASTER", "医薬品マスターのファイルではありません。", ""},
    {"OPTION_MALFORMED", "オプションの値が正しくありません。", ""},
    {"OTHER_KIND_OF_FILE", "ファイルの種類が違います。", ""},
    {"PATIENTS_DIFFER", "患者が異なります。", ""},
    {"RECORD_OF_OTHER_PRESCRIPTION", "別の処方箋の記録です。", ""},
    {"TOKEN_CERTIFICATE_NOT_FOUND",
     "カードにこの鍵の証明書がありません。--sign-cert で証明書を指定してください。", ""},
    {"TOKEN_FAILED", "カードでの処理に失敗しました。カードが抜かれていないか確かめてください。",
     ""},
    {"TOKEN_KEY_NOT_FOUND",
     "カードに該当する秘密鍵がないか、複数あります。--key で鍵を指定してください。", ""},
    {"TOKEN_MODULE_UNUSABLE",
     "PKCS#11 ライブラリを読み込めません。--pkcs11-module を確かめてください。", ""},
    {"TOKEN_NOT_FOUND",
     "カードが挿入されていないか、複数あります。--token でカードを指定できます。", ""},
    {"TOKEN_PIN_LOCKED",
     "PIN の誤入力が続いたため、カードがロックされています。発行元にお問い合わせください。", ""},
    {"TOKEN_PIN_NOT_GIVEN",
     "カードの PIN が必要です。--pin-file、環境変数 TSUNAGU_PIN、または端末で入力してください。",
     ""},
    {"TOKEN_PIN_WRONG", "カードの PIN が違います。誤りが続くとロックされます。", ""},
    {"TRUST_UNREADABLE", "信頼する証明書または失効リストのファイルを読み取れません。", ""},
    {"USAGE", "コマンドの使い方が違います。--help をご覧ください。", ""},

    // The gateway.
    {"CERTIFICATE_UNREADABLE", "証明書またはその証明書チェーンを読み取れません。", ""},
    {"FACILITY_AMBIGUOUS", "複数の機関に登録されています。--facility で機関を指定してください。",
     "The certificate is enrolled at several facilities: name one with --facility."},
    {"FACILITY_NOT_ENROLLED", "--facility の機関には登録されていません。",
     "The certificate is not enrolled at the facility that --facility names."},
    {"HCROLE_MALFORMED", "証明書の資格情報 (hcRole) を読み取れません。", ""},
    {"MESSAGE_MISSING", "送信内容がありません。", ""},
    {"MESSAGE_TOO_LARGE", "送信内容が上限より大きいため、送れません。", ""},
    {"METADATA_INVALID",
     "付加情報の形式が正しくありません。--user、--facility、--context を確かめてください。",
     "A value of --user, --facility or --context is malformed."},
    {"METHOD_UNKNOWN", "この操作を受け付けるサービスがありません。", ""},
    {"NO_LICENCE", "証明書に、ここで権限を与える国家資格がありません。", ""},
    {"NOT_ENROLLED", "この証明書はどの機関にも登録されていません。", ""},
    {"OUTCOME_UNKNOWN", "期限までに結果が分かりませんでした。", "What came of it is not known yet.",
     true},
    {"RATE_LIMITED", "この証明書での呼び出しが多すぎます。時間をおいてやり直してください。", ""},
    {"REQUEST_UNREADABLE", "送信内容を読み取れません。", ""},
    {"SERVICE_FAILED", "サービスで障害が起きました。", "The service failed.", true},
    {"SERVICE_UNAVAILABLE", "サービスが応答しません。", "The service does not answer.", true},

    // The path of a certificate (HPKI).
    {"BAD_CERTIFICATE", "証明書の形式が正しくありません。", ""},
    {"CERTIFICATE_EXPIRED", "証明書の有効期限が切れています。", ""},
    {"CERTIFICATE_NOT_YET_VALID", "証明書の有効期間がまだ始まっていません。", ""},
    {"CERTIFICATE_REVOKED", "証明書は失効しています。", ""},
    {"CRL_EXPIRED", "失効リストの期限が切れているため、証明書を確認できません。", ""},
    {"CRL_INVALID", "失効リストが正しくないため、証明書を確認できません。", ""},
    {"CRL_MISSING", "失効リストがないため、証明書を確認できません。", ""},
    {"CRL_NOT_YET_VALID", "失効リストの有効期間が始まっていないため、証明書を確認できません。", ""},
    {"KEY_USAGE", "証明書の鍵用途がこの使い方を許していません。", ""},
    {"PATH_TOO_LONG", "証明書チェーンが長すぎます。", ""},
    {"POLICY_MISSING", "証明書に必要な証明書ポリシーがありません。", ""},
    {"UNTRUSTED_ROOT", "信頼するルート認証局の証明書ではありません。", ""},
    {"WEAK_KEY", "証明書の鍵またはハッシュが弱すぎます。", ""},
    {"WRONG_PURPOSE", "この用途の証明書ではありません。", ""},

    // Who may what.
    {"CARE_CONTEXT_EXPIRED",
     "同意の有効時間が過ぎました。もう一度資格確認（check-in）をしてください。", ""},
    {"CARE_CONTEXT_KEY_UNKNOWN", "同意の情報に、認められていない鍵の署名が付いています。", ""},
    {"CARE_CONTEXT_LIFETIME_BAD", "同意の情報の有効時間が長すぎます。", ""},
    {"CARE_CONTEXT_MALFORMED", "同意の情報の形式が正しくありません。", ""},
    {"CARE_CONTEXT_MISSING",
     "同意の情報が必要です。eligibility check-in で得たファイルを --context で渡してください。",
     "The method needs a care context: --context, a file of eligibility check-in."},
    {"CARE_CONTEXT_NOT_YET_VALID", "同意の情報の発行時刻が未来です。", ""},
    {"CARE_CONTEXT_OTHER_FACILITY", "ほかの機関に与えられた同意です。", ""},
    {"CARE_CONTEXT_SIGNATURE_BAD", "同意の情報の署名が正しくありません。", ""},
    {"CARE_CONTEXT_SOURCE", "この種類の同意を発行できない鍵で署名されています。", ""},
    {"FACILITY_KIND_NOT_ALLOWED", "この種類の機関には許されていない操作です。", ""},
    {"LOCAL_USER_MISSING", "機関の証明書で呼び出すときは、--user で利用者を指定してください。",
     "An organisation must name the local user it acts for: --user."},
    {"METHOD_CLOSED", "誰にも開かれていない操作です。", ""},
    {"NOT_THE_GATEWAY", "サービスはゲートウェイからの呼び出しだけを受け付けます。", ""},
    {"ORGANISATION_NOT_ALLOWED", "有資格者本人の証明書が必要な操作です。", ""},
    {"PRINCIPAL_EXPIRED", "呼び出し元の情報の期限が切れています。", ""},
    {"PRINCIPAL_INCOMPLETE", "呼び出し元の情報が足りません。", ""},
    {"PRINCIPAL_KEY_UNKNOWN", "呼び出し元の情報に、認められていない鍵の署名が付いています。", ""},
    {"PRINCIPAL_LIFETIME_BAD", "呼び出し元の情報の有効時間が長すぎます。", ""},
    {"PRINCIPAL_MALFORMED", "呼び出し元の情報の形式が正しくありません。", ""},
    {"PRINCIPAL_MISSING", "呼び出し元の情報がありません。", ""},
    {"PRINCIPAL_NOT_YET_VALID", "呼び出し元の情報の発行時刻が未来です。", ""},
    {"PRINCIPAL_SIGNATURE_BAD", "呼び出し元の情報の署名が正しくありません。", ""},
    {"ROLE_NOT_ALLOWED", "お持ちの資格では許されていない操作です。", ""},
    {"SCOPE_MISSING", "この情報の閲覧には同意が得られていません。", ""},

    // Every service.
    {"AUDIT_RECORD_MISSING", "内部の誤りです（アクセス記録が作られませんでした）。", ""},
    {"AUDIT_UNAVAILABLE", "アクセスを記録できないため、情報を開示しません。", ""},
    {"COMMAND_ID_MALFORMED", "--command-id の形式が正しくありません。", ""},
    {"COMMAND_ID_REUSED", "この --command-id は別の操作に使われています。",
     "This --command-id was used for another command."},
    {"CONTENDED", "同時にほかの変更があり、行われませんでした。", ""},
    {"FINDINGS", "送った内容に誤りがあるため、受け付けられませんでした。", ""},
    {"LOG_UNAVAILABLE", "記録に接続できないため、行われませんでした。", ""},
    {"OVERLOADED", "処理が混み合っているため、行われませんでした。", ""},
    {"TEXT_MALFORMED", "入力に長すぎる文字列または制御文字があります。", ""},
    {"UNFORESEEN", "想定外の誤りが起きました。", ""},
    {"VIEW_REBUILDING", "データを再構築しています。しばらくしてやり直してください。", ""},
    {"VIEW_UNREACHABLE", "データの保管先に接続できません。しばらくしてやり直してください。", ""},

    // Eligibility, medication, emergency, long-term care, audit.
    {"CHECK_IN_OF_ANOTHER_DAY", "資格確認（check-in）は当日の日付で行います。", ""},
    {"CHECK_MALFORMED", "資格確認の内容を読み取れません。", ""},
    {"DESTINATION_MALFORMED", "宛先の事業所番号（--to）が正しくありません。", ""},
    {"DESTINATION_UNKNOWN",
     "宛先の事業所は登録されていないか、データを受け取れません。宛先の事業所番号を確かめてください"
     "。",
     ""},
    {"FILE_NAME", "ファイル名が決まりに合っていません。", ""},
    {"FEED_BEHIND",
     "まだ見つかりませんが、資格情報の取込みが遅れています。「該当なし」ではありません。", ""},
    {"FILE_TOO_LARGE", "ファイルが大きすぎます。レセプトの区切りで分けてください。", ""},
    {"IDENTITY_INCOMPLETE", "一人を特定できる資格情報がそろっていません。", ""},
    {"INSURER_NOT_OWN", "自分の保険者番号の人についてだけ開示できます。", ""},
    {"LOAD_TOO_LARGE", "ファイルが大きすぎます。行の区切りで分けてください。", ""},
    {"LONG_TERM_CARE_CARD_MALFORMED", "介護保険被保険者証の番号が正しくありません。", ""},
    {"MAILBOX_FULL", "宛先に未受領のデータが多すぎます。", ""},
    {"MONTHS_OUT_OF_RANGE", "期間は 1 か月から 60 か月までです。", ""},
    {"MONTHS_TO_COME", "期間がまだ来ていません。", ""},
    {"NOT_CHECKED_IN", "資格が有効でないため、受付（check-in）できません。", ""},
    {"NOT_FETCHED", "受領を通知する前に、データを取得してください。", ""},
    {"NOT_THE_DESTINATION", "受け取った事業所だけが受領を通知できます。", ""},
    {"NOT_THE_SENDER", "自分の事業所の名前でだけ送信できます。", ""},
    {"PACKAGE_NOT_FOUND", "この事業所にそのデータはありません。", ""},
    {"PACKAGE_TOO_LARGE", "ファイルの合計が大きすぎます。人数を分けて送ってください。", ""},
    {"PAGE_SIZE_OUT_OF_RANGE", "1 ページの件数は 1 件から 1,000 件までです。", ""},
    {"PAGE_TOKEN_UNKNOWN", "この人について渡されたページの印ではありません。", ""},
    {"PERSON_NOT_FOUND",
     "この資格情報と生年月日の人は見つかりません。番号の読み違いがないか確かめてください。", ""},
    {"REQUEST_INCOMPLETE", "同意なしに情報を示すために必要な項目が足りません。", ""},
    {"SCOPE_NOT_FOR_FACILITY", "この種類の機関では得られない同意の範囲です。誰も受付していません。",
     ""},
    {"SCOPE_UNKNOWN", "同意の範囲（--scope）に知られていないものがあります。", ""},
    {"SOURCE_NOT_ALLOWED", "同意はカードリーダーまたは口頭で得ます。", ""},
    {"TIMESTAMP_TAKEN",
     "同じ名前のファイルが別の内容で送信済みです。新しい日時で出力してください。", ""},
    {"WHOM_MISSING", "誰についての問い合わせかが分かりません。", ""},

    // E-prescriptions.
    {"ACCEPTANCE_ENDED",
     "この受付は取り消されています。新しい --command-id でもう一度受け付けてください。",
     "The acceptance was given back; accept again with a new --command-id."},
    {"ALREADY_ACCEPTED", "処方箋は薬局で受け付けられています（または受け付けられました）。", ""},
    {"ALREADY_DISPENSED", "処方箋はほかの薬局で調剤済みです。", ""},
    {"BAD_FIELD", "項目の値が正しくありません。", ""},
    {"CANCELLED", "処方箋は取り消されています。", ""},
    {"CHECK_CHANGED", "前のページの後で結果が変わりました。最初のページからやり直してください。",
     ""},
    {"CARD_READER_NEEDED",
     "カードリーダーで本人確認をした人の一覧だけを見られます。引換番号で受け付けてください。", ""},
    {"COLLECTED", "この処方箋は調剤されずに回収されています。", ""},
    {"COPY_NOT_MADE", "控えを作成できませんでした。", ""},
    {"DOCUMENT_ERASED",
     "保存期間が過ぎたため、文書は消去されています（prescription erasure で照会できます）。", ""},
    {"DOCUMENT_REFUSED", "文書に誤りがあります。", ""},
    {"EVER_DISPENSED", "調剤結果が登録されています。", ""},
    {"EXPIRED", "処方箋の使用期限が過ぎています。", ""},
    {"GIVEN_CANCELLED", "この投薬記録は取り消されています。", ""},
    {"GIVEN_DIFFERS", "別の人または別の日の投薬記録です。取り消してから、新しく登録してください。",
     ""},
    {"GIVEN_EXISTS", "同じ投薬記録がすでに登録されています。", ""},
    {"GIVEN_NOT_FOUND", "投薬記録が見つかりません。", ""},
    {"NEXT_DATE_REQUIRED", "リフィルを続けるときは次回調剤予定日が必要です。", ""},
    {"NOT_HOLDER", "この薬局が受け付けた処方箋ではありません。", ""},
    {"NOT_TOGETHER", "これらの処方箋をまとめて調剤結果を登録することはできません。", ""},
    {"NOT_UNDOABLE", "その後に別の操作があったため、取り消せません。", ""},
    {"OVER_LIMIT", "この処方箋の調剤はこれ以上できません（回数の上限）。", ""},
    {"PATIENT_MISMATCH", "この人の処方箋ではありません。", ""},
    {"PRESCRIPTION_EXISTS", "この処方箋は登録済みです。", ""},
    {"PRESCRIPTION_NOT_FOUND", "処方箋が見つかりません。", ""},
    {"RESULT_NOT_FOUND", "調剤結果が見つかりません。", ""},
    {"RESULT_SHARED",
     "複数の処方箋をまとめた調剤結果は変更できません。取り消して（すべての処方箋で取り消されます）"
     "登録し直してください。",
     ""},
    {"RESULT_EXISTS", "調剤結果は登録済みです。", ""},
    {"RESULT_SETTLED", "次の回が始まっているか、結果が取り消されているため、変更できません。", ""},
    {"TIME_STAMP_UNAVAILABLE", "タイムスタンプ局に今は接続できません。文書は登録されていません。",
     "", /*repeat=*/true},
    {"REVOCATION_UNKNOWN", "署名者の証明書の失効を今は確認できません。", ""},
    {"TAKEN", "処方箋はほかの薬局で受け付けられています。", ""},
    {"TOGETHER_INCOMPLETE",
     "一部の処方箋だけで終わりました。同じ --command-id で再送すると残りを行います。", "", true},
    {"TOO_EARLY", "リフィルの次回の受付はまだできません。", ""},
    {"TOO_LATE", "リフィルの次回の受付期間が過ぎています。", ""},
    {"ASKED_TOO_OFTEN", "同じ処方箋を続けて照会しすぎています。示された時間をおいてください。", ""},
    {"TOO_MANY_WATCHES", "この機関で変化の通知を受けている接続が多すぎます。", ""},
    {"TOO_MANY_WRONG_CODES",
     "誤った引換番号が続いたため、しばらく受け付けられません。今回の番号は確認していません。"
     "示された時間をおくか、処方箋IDで受け付けてください。",
     ""},
    {"TOO_MANY_CHECKS",
     "同意のない重複投薬等チェックが多すぎます。同意を得て行うか、示された時間をおいてください。",
     ""},
    {"TOO_MANY_OPEN", "この人の使用期間内の処方箋が多すぎます。", ""},
    {"WRONG_USE", "調剤結果の回数が、次に行う回と異なります。", ""},
};

const ReasonText* Find(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  const auto* found = std::ranges::find_if(
      kReasons, [&reason](const ReasonText& text) { return reason == text.reason; });
  return found == std::end(kReasons) ? nullptr : found;
}

const char* TextOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return "指定された内容が正しくありません。";
    case absl::StatusCode::kUnavailable:
      return "ゲートウェイに接続できません（停止中か、この証明書の認証局が信頼されていません）。";
    case absl::StatusCode::kDeadlineExceeded:
      return "期限までに答えがありませんでした。";
    case absl::StatusCode::kNotFound:
      return "見つかりません。";
    case absl::StatusCode::kAlreadyExists:
      return "すでにあります。";
    case absl::StatusCode::kUnauthenticated:
      return "誰からの呼び出しかを確認できません。";
    case absl::StatusCode::kPermissionDenied:
      return "許されていない操作です。";
    case absl::StatusCode::kResourceExhausted:
      return "上限を超えています。";
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
      return "今の状態では行えません。";
    case absl::StatusCode::kUnimplemented:
      return "対応していない操作です。";
    default:
      return "予期しない誤りです。";
  }
}

bool IsToBeRepeated(const absl::Status& status, const ReasonText* found) {
  return found != nullptr ? found->repeat : absl::IsDeadlineExceeded(status);
}

}  // namespace

std::string JapaneseText(const absl::Status& status, const std::string& command_id) {
  const ReasonText* found = Find(status);
  const std::string text = found != nullptr ? found->ja : TextOf(status.code());
  if (!IsToBeRepeated(status, found)) return text;
  return absl::StrCat(text, command_id.empty() ? "同じ呼び出しをもう一度行ってください。"
                                               : "同じ --command-id で再送してください。");
}

std::string EnglishText(const absl::Status& status, const std::string& command_id) {
  const ReasonText* found = Find(status);
  const std::string text =
      found != nullptr && *found->en != '\0' ? found->en : std::string(status.message());
  if (!IsToBeRepeated(status, found)) return text;
  return absl::StrCat(
      text, text.ends_with('.') ? "" : ".",
      command_id.empty() ? " Repeat the same call." : " Repeat with the same --command-id.");
}

}  // namespace tsunagu::cli
