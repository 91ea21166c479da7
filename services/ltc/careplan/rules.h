// The rules that care-plan files are held to (docs/requirements/ltc.md) as findings.
#ifndef SERVICES_LTC_CAREPLAN_RULES_H_
#define SERVICES_LTC_CAREPLAN_RULES_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::ltc::careplan {

using national::Rule;

// Findings beyond this number are dropped: a file of garbage must not cost more than its size.
inline constexpr size_t kMaxFindings = 1000;

// `line` and `field` as in Finding; a field is written "UP2KYO.need_no".
void Add(national::Findings& findings, const Rule& rule, int line, absl::string_view field);

namespace rules {

inline constexpr auto kError = national::Severity::kError;
inline constexpr auto kWarning = national::Severity::kWarning;

// The file.
inline constexpr Rule kFileName = {"LTC-100", kError, "ファイル名が規約に合いません",
                                   "the file name breaks the naming rule"};
inline constexpr Rule kLimit = {"LTC-101", kError, "大きさの上限を超えています",
                                "a size limit is exceeded"};
inline constexpr Rule kEncoding = {"LTC-102", kError, "文字コードがMS932ではありません",
                                   "the file is not MS932 text"};
inline constexpr Rule kQuotes = {"LTC-103", kError, "引用符の対応が崩れています",
                                 "quotes do not match"};
inline constexpr Rule kLineEnd = {"LTC-104", kWarning, "行の終わりがCR LFではありません",
                                  "a record does not end with CR LF"};
inline constexpr Rule kPrivateCharacter = {"LTC-105", kWarning, "外字が含まれています",
                                           "the text holds private-use characters"};
inline constexpr Rule kPrevention = {
    "LTC-107", kError, "介護予防サービス計画（UPKIHON、UPYOBOとその削除）には対応していません",
    "prevention plans (UPKIHON, UPYOBO, their parts and deletes) are not supported"};
inline constexpr Rule kEmptyFile = {"LTC-106", kError, "レコードがありません", "no record"};

// The record.
inline constexpr Rule kColumnCount = {"LTC-110", kError, "項目数が仕様と異なります",
                                      "the number of columns differs from the layout"};
inline constexpr Rule kRequired = {"LTC-111", kError, "必須項目が空です",
                                   "a required column is empty"};
inline constexpr Rule kLength = {"LTC-112", kError, "項目が最大バイト数を超えています",
                                 "longer than the maximum in bytes"};
inline constexpr Rule kForm = {"LTC-113", kError, "項目の書式が仕様と異なります",
                               "the column does not have the form that the layout asks for"};
inline constexpr Rule kDay = {"LTC-114", kError, "存在しない日付です", "not a calendar day"};
inline constexpr Rule kMonth = {"LTC-115", kError, "存在しない年月です", "not a month"};
inline constexpr Rule kTime = {"LTC-116", kError, "時刻の書式が不正です", "not a time HHMM"};
inline constexpr Rule kCodeSet = {"LTC-117", kError, "コード表にない値です",
                                  "not a value of the code set"};
inline constexpr Rule kUnquotedText = {"LTC-118", kWarning, "自由記述が引用符で囲まれていません",
                                       "free text is not quoted"};
inline constexpr Rule kVersionUnknown = {
    "LTC-119", kWarning, "CSVバージョンが第4版ではありません（第4版として読みました）",
    "the CSV version is not version 4; read as version 4"};
inline constexpr Rule kVersionMixed = {"LTC-120", kError, "ファイル内でCSVバージョンが異なります",
                                       "the CSV versions of one file differ"};

// The record against the file name and other records.
inline constexpr Rule kMonthOfName = {"LTC-121", kError, "対象年月がファイル名と異なります",
                                      "the month differs from the file name"};
inline constexpr Rule kOfficeOfName = {"LTC-122", kError, "事業所番号がファイル名と異なります",
                                       "the office differs from the file name"};
inline constexpr Rule kKindOfName = {"LTC-123", kError, "サービス種類がファイル名と異なります",
                                     "the service kind differs from the file name"};
inline constexpr Rule kDayOfMonth = {"LTC-124", kError, "利用日が対象年月の外です",
                                     "the day lies outside the month"};
inline constexpr Rule kPeriod = {"LTC-125", kError, "期間の終了が開始より前です",
                                 "the period ends before it starts"};
inline constexpr Rule kGrandTotal = {"LTC-126", kError, "利用者の合計行（999999）がありません",
                                     "a person has no grand total (999999)"};
inline constexpr Rule kSupplementDate = {
    "LTC-127", kError, "補足情報の作成日と対象年月の組合せが不正です",
    "the supplement needs either a plan date or a month, the other in zeros"};
inline constexpr Rule kDuplicateKey = {"LTC-128", kError, "同じキーのレコードが重複しています",
                                       "two records have the same key"};

// What is dated ahead of the file, or the file ahead of today.
inline constexpr Rule kActualsAhead = {"LTC-130", kError, "実績の対象年月が送信日時より後です",
                                       "the actuals are of a month after the timestamp"};
inline constexpr Rule kServiceAhead = {"LTC-131", kWarning, "実績の利用日が送信日時より後です",
                                       "the actual service is of a day after the timestamp"};
inline constexpr Rule kMonthAhead = {"LTC-132", kWarning,
                                     "対象年月が送信日時の翌月より後です（予定は毎月作ります）",
                                     "the plan is for a month after the next one"};
inline constexpr Rule kMonthFarAhead = {"LTC-133", kError, "対象年月が送信日時から12か月より先です",
                                        "the plan is for a month more than 12 months ahead"};
inline constexpr Rule kDayAhead = {"LTC-134", kWarning, "作成日・認定日が送信日時より後です",
                                   "the day of making or certification is after the timestamp"};
inline constexpr Rule kDayFarAhead = {
    "LTC-135", kError, "作成日・認定日が送信日時から12か月より先です",
    "the day of making or certification is more than 12 months after the timestamp"};
inline constexpr Rule kTimeAhead = {"LTC-136", kError, "ファイル名の日時が未来です",
                                    "the timestamp of the file name lies in the future"};

// The package.
inline constexpr Rule kSameTransfer = {"LTC-140", kError,
                                       "送信元・送信先・日時が他のファイルと異なります",
                                       "sender, receiver or timestamp differ from the other files"};
inline constexpr Rule kFileSet = {"LTC-141", kError, "同時に送れないファイルの組合せです",
                                  "these file kinds are not sent together"};
inline constexpr Rule kFileTwice = {"LTC-142", kError, "同じ種類のファイルが重複しています",
                                    "a file kind occurs twice"};
inline constexpr Rule kOneMonth = {"LTC-143", kError, "対象年月が他のファイルと異なります",
                                   "the month differs from the other files"};
inline constexpr Rule kHeadMissing = {"LTC-144", kError, "第1表または第6表がありません",
                                      "the set lacks its table 1 or table 6"};
inline constexpr Rule kFileMissing = {"LTC-145", kWarning, "組のファイルがそろっていません",
                                      "a file of the set is missing"};
inline constexpr Rule kPersonNotInHead = {"LTC-146", kError,
                                          "第1表または第6表にない利用者のレコードです",
                                          "the record's person is not in table 1 or table 6"};

}  // namespace rules
}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_RULES_H_
