// Records that several kinds of files have in common. Included by the tables only.
#ifndef SERVICES_MEDICATION_UKE_LAYOUT_SHARED_H_
#define SERVICES_MEDICATION_UKE_LAYOUT_SHARED_H_

#include "services/medication/uke/layout_table.h"

namespace tsunagu::medication::uke::shared {

using enum Presence;

// 76 bytes in 2022; the 2026 specifications allow 400.
inline constexpr int kCommentBytes = 400;

// Of all kinds.
inline constexpr auto kSn = std::to_array<Field>(
    {Id(), Code("負担者種別", 1, kAlways), Code("確認区分", 2, kAlways),
     Alphanumeric("保険者番号等", 8), Text("被保険者証等の記号", 38),
     Text("被保険者証等の番号", 38), Alphanumeric("枝番", 2), Digits("受給者番号", 7), Reserved()});
inline constexpr auto kJd =
    Join(std::to_array<Field>({Id(), Code("負担者種別", 1, kAlways)}),
         Times<kDaysOfMonth>(std::to_array<Field>({Digits("受診等区分", 1)})));
inline constexpr auto kMf = Join(std::to_array<Field>({Id(), Code("窓口負担額区分", 2, kAlways)}),
                                 Times<kDaysOfMonth>(std::to_array<Field>({Reserved()})));
inline constexpr auto kGo =
    std::to_array<Field>({Id(), Digits("総件数", 6, kKey), Digits("総合計点数", 10, kKey),
                          Code("マルチボリューム識別情報", 2, kAlways)});

// Of 医科, DPC and 歯科.
inline constexpr auto kDays =
    Times<kDaysOfMonth>(std::to_array<Field>({Digits("算定日の回数", 3)}));
inline constexpr auto kSj =
    std::to_array<Field>({Id(), Digits("症状詳記区分", 2), FullWidth("症状詳記データ", 2400)});
inline constexpr auto kItemHead = std::to_array<Field>(
    {Id(), Digits("診療識別", 2), Alphanumeric("負担区分", 1, Width::kFixed, kAlways)});
inline constexpr auto kCo = Join(
    kItemHead,
    std::to_array<Field>({Code("コメントコード", 9, kKey), Text("文字データ", kCommentBytes)}));
inline constexpr ItemColumns kCoItem = {.prefixes = "8", .code = pos::kCode};

// Of 医科 and DPC.
inline constexpr auto kIr = std::to_array<Field>(
    {Id(), Code("審査支払機関", 1, kAlways), Code("都道府県", 2, kKey), Code("点数表", 1, kKey),
     Code("医療機関コード", 7, kKey), Reserved(), FullWidth("医療機関名称", 40, kAlways),
     Month("請求年月", kKey), Code("マルチボリューム識別情報", 2, kAlways),
     Alphanumeric("電話番号", 15)});
// RE up to position 18.
inline constexpr auto kReHead = std::to_array<Field>(
    {Id(), Digits("レセプト番号", 6, kKey), Code("レセプト種別", 4, kKey), Month("診療年月", kKey),
     Text("氏名", 40, kAlways), Code("男女区分", 1, kAlways), Day("生年月日", kKey),
     Digits("給付割合", 3), Day("入院年月日"), Alphanumeric("病棟区分", 8),
     Digits("一部負担金・食事療養費・生活療養費標準負担額区分", 1),
     Alphanumeric("レセプト特記事項", 10), Digits("病床数", 4), Alphanumeric("カルテ番号等", 20),
     Digits("割引点数単価", 2), Reserved(), Reserved(), Reserved()});
inline constexpr auto kDepartment =
    std::to_array<Field>({Digits("診療科名", 2), Digits("人体の部位等", 3), Digits("性別等", 3),
                          Digits("医学的処置", 3), Digits("特定疾病", 3)});
inline constexpr auto kHo = std::to_array<Field>(
    {Id(), Alphanumeric("保険者番号", 8, Width::kFixed, kKey), Text("被保険者証等の記号", 38),
     Text("被保険者証等の番号", 38, kKey), Digits("診療実日数", 2, kAlways),
     Digits("合計点数", 8, kKey), Reserved(), Digits("食事療養・生活療養 回数", 2),
     Digits("食事療養・生活療養 合計金額", 8), Digits("職務上の事由", 1), Digits("証明書番号", 3),
     Digits("負担金額 医療保険", 9), Digits("減免区分", 1), Digits("減額割合", 3),
     Digits("減額金額", 6)});
inline constexpr auto kGr = std::to_array<Field>(
    {Id(), Digits("医科点数表算定理由", 2, kAlways), Alphanumeric("ＤＰＣコード", 14)});
inline constexpr auto kSy = std::to_array<Field>(
    {Id(), Code("傷病名コード", 7, kAlways), Day("診療開始日", kAlways),
     Digits("転帰区分", 1, kAlways), Codes("修飾語コード", 80, 4), FullWidth("傷病名称", 40),
     Digits("主傷病", 2), FullWidth("補足コメント", 40)});

inline constexpr auto kComments = Times<kItemCommentPairs>(
    std::to_array<Field>({Code("コメントコード", 9), Text("文字データ", 100)}));
inline constexpr auto kSi =
    Join(kItemHead,
         std::to_array<Field>({Code("診療行為コード", 9, kKey), Digits("数量データ", 8),
                               Digits("点数", 7), Digits("回数", 3)}),
         kComments, kDays);
inline constexpr ItemColumns kSiItem = {.prefixes = "1",
                                        .code = pos::kCode,
                                        .amount = pos::kAmount,
                                        .count = pos::kCount,
                                        .comments = pos::kItemComments,
                                        .days = pos::kItemDays};
inline constexpr auto kIy =
    Join(kItemHead,
         std::to_array<Field>({Code("医薬品コード", 9, kKey), Decimal("使用量", 11),
                               Digits("点数", 7), Digits("回数", 3)}),
         kComments, kDays);
inline constexpr ItemColumns kIyItem = {.prefixes = "6",
                                        .code = pos::kCode,
                                        .amount = pos::kAmount,
                                        .count = pos::kCount,
                                        .comments = pos::kItemComments,
                                        .days = pos::kItemDays};
inline constexpr auto kTo =
    Join(kItemHead,
         std::to_array<Field>({Code("特定器材コード", 9, kKey), Decimal("使用量", 9),
                               Digits("点数", 7), Digits("回数", 3), Digits("単位コード", 3),
                               Decimal("単価", 11), Reserved(), FullWidth("商品名", 300)}),
         kComments, kDays);
inline constexpr ItemColumns kToItem = {.prefixes = "7",
                                        .code = pos::kCode,
                                        .amount = pos::kAmount,
                                        .count = pos::kCount,
                                        .comments = pos::kToComments,
                                        .days = pos::kToDays};
// Organ donors: the block opens with TI, its receipts with TR, their illnesses with TS.
inline constexpr auto kTi = std::to_array<Field>({Id(), Text("臓器提供者区分", 0)});

// Orders of records.
inline constexpr uint64_t kFirst = After({RecordType::kUnknown});
inline constexpr uint64_t kHead = After({RecordType::kRE, RecordType::kHO, RecordType::kKO,
                                         RecordType::kSN, RecordType::kJD, RecordType::kMF});

}  // namespace tsunagu::medication::uke::shared

#endif  // SERVICES_MEDICATION_UKE_LAYOUT_SHARED_H_
