// The rules that an insurer's file is held to (docs/requirements/eligibility.md) as findings.
#ifndef SERVICES_ELIGIBILITY_INSURER_FILE_RULES_H_
#define SERVICES_ELIGIBILITY_INSURER_FILE_RULES_H_

#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::insurer_file {

using national::Rule;

namespace rules {

inline constexpr auto kError = national::Severity::kError;
inline constexpr auto kWarning = national::Severity::kWarning;

inline constexpr Rule kLimit = {"EL-120", kError, "大きさの上限を超えています",
                                "a size limit is exceeded"};
inline constexpr Rule kEncoding = {"EL-121", kError, "文字コードがMS932でもUTF-8でもありません",
                                   "the file is neither MS932 nor UTF-8"};
inline constexpr Rule kQuotes = {"EL-122", kError, "引用符の対応が崩れています",
                                 "quotes do not match"};
inline constexpr Rule kColumnMissing = {"EL-123", kError, "必要な列がありません",
                                        "a required column is missing"};
inline constexpr Rule kColumnUnknown = {"EL-124", kWarning, "未知の列を無視しました",
                                        "an unknown column was ignored"};
inline constexpr Rule kColumnTwice = {"EL-125", kError, "同じ列が重複しています",
                                      "a column occurs twice"};
inline constexpr Rule kCellCount = {"EL-126", kError, "項目数が見出しと異なります",
                                    "the number of cells differs from the header"};
inline constexpr Rule kRequired = {"EL-127", kError, "必須項目が空です",
                                   "a required cell is empty"};
inline constexpr Rule kForm = {"EL-128", kError, "項目の書式が不正です",
                               "the cell does not have its form"};
inline constexpr Rule kDay = {"EL-129", kError, "存在しない日付です", "not a calendar day"};
inline constexpr Rule kCode = {"EL-130", kError, "コード表にない値です",
                               "not a value of the code set"};
inline constexpr Rule kCheckDigit = {"EL-131", kWarning, "保険者番号の検証番号が合いません",
                                     "the check digit of the insurer number does not hold"};
inline constexpr Rule kBranch = {"EL-132", kError, "枝番がありません",
                                 "the branch number is missing"};
inline constexpr Rule kPeriod = {"EL-133", kError, "有効終了日が有効開始日より前です",
                                 "the validity ends before it starts"};
inline constexpr Rule kDuplicate = {"EL-134", kError, "同じ資格と有効開始日の行が重複しています",
                                    "two rows have the same qualification and start"};
inline constexpr Rule kNoPerson = {"EL-135", kError, "加入者の行がありません", "no person"};
inline constexpr Rule kLossWithoutEnd = {"EL-136", kError, "喪失理由に有効終了日がありません",
                                         "a reason of loss needs the last day"};

inline constexpr Rule kForeignInsurer = {"EL-137", kError,
                                         "この送信者が登録できる保険者番号ではありません",
                                         "the sender is not enrolled for this insurer number"};
inline constexpr Rule kNoName = {"EL-139", kError, "氏名もカナ氏名もありません",
                                 "neither the name nor its reading is filled in"};
inline constexpr Rule kBirthDate = {"EL-140", kError, "生年月日が1873年より前か、未来です",
                                    "the birth date is before 1873 or to come"};
inline constexpr Rule kTwoPersons = {"EL-141", kError,
                                     "同じ資格の行で生年月日または性別が異なります",
                                     "rows of one qualification differ in birth date or sex"};
inline constexpr Rule kControl = {"EL-142", kError, "制御文字があります",
                                  "a text holds control characters"};
inline constexpr Rule kLongTermCare = {
    "EL-138", kError, "介護保険の行は保険者番号6桁・被保険者番号10桁で、記号と枝番はありません",
    "a row of long-term care has an insurer of 6 digits, a number of 10 characters, and neither "
    "symbol nor branch"};

}  // namespace rules
}  // namespace tsunagu::eligibility::insurer_file

#endif  // SERVICES_ELIGIBILITY_INSURER_FILE_RULES_H_
