// 歯科: 記録条件仕様（歯科用）令和8年6月版, p. 5-27, as public programs quote it. The same in
// public files and programs from 2016 on, but for the last two fields of RE.
#include "services/medication/uke/layout_shared.h"
#include "services/medication/uke/layout_table.h"

namespace tsunagu::medication::uke {
namespace {

using enum Presence;
using enum RecordType;
using shared::kHead;

constexpr int kToothBytes = 6;  // 歯種 4, 状態 1, 部分 1
constexpr int kTeethBytes = 64 * kToothBytes;
constexpr int kAdditions = 35;

constexpr auto kInstitution =
    std::to_array<Field>({Id(), Code("審査支払機関", 1, kAlways), Code("都道府県", 2, kKey),
                          Code("点数表", 1, kKey), Code("医療機関コード", 7, kKey), Reserved()});
constexpr auto kUk = Join(
    kInstitution,
    std::to_array<Field>({FullWidth("医療機関名称", 40, kAlways), Month("請求年月", kKey),
                          Alphanumeric("届出", 40), Code("マルチボリューム識別情報", 2, kAlways)}));
constexpr auto kIr =
    Join(kInstitution, std::to_array<Field>({Month("請求年月", kKey), Alphanumeric("電話番号", 15),
                                             Alphanumeric("届出", 40)}));

constexpr auto kRe =
    std::to_array<Field>({Id(),
                          Digits("レセプト番号", 6, kKey),
                          Code("レセプト種別", 4, kKey),
                          Month("診療年月", kKey),
                          Text("氏名", 40, kAlways),
                          Code("男女区分", 1, kAlways),
                          Day("生年月日", kKey),
                          Digits("給付割合", 3),
                          Day("入院年月日"),
                          Day("診療開始日"),
                          Digits("転帰区分", 1),
                          Alphanumeric("病棟区分", 8),
                          Digits("一部負担金・食事療養費・生活療養費標準負担額区分", 1),
                          Alphanumeric("レセプト特記事項", 10),
                          Reserved(),
                          Alphanumeric("カルテ番号等", 20),
                          Digits("請求情報１", 2),
                          Reserved(),
                          Digits("未来院請求", 2),
                          Digits("検索番号", 30),
                          Reserved(),
                          Text("請求情報２", 40),
                          Reserved(),
                          Reserved(),
                          Reserved(),
                          FullWidth("カタカナ氏名", 80),
                          Digits("患者の状態", 60)});

constexpr auto kHo = std::to_array<Field>(
    {Id(), Alphanumeric("保険者番号", 8, Width::kFixed, kKey), Text("被保険者証等の記号", 38),
     Text("被保険者証等の番号", 38, kKey), Digits("診療実日数", 2, kAlways),
     Digits("合計点数", 8, kKey), Digits("食事療養・生活療養 回数", 2),
     Digits("食事療養・生活療養 合計金額", 8), Digits("職務上の事由", 1), Digits("証明書番号", 3),
     Digits("負担金額 医療保険", 9), Digits("減免区分", 1), Digits("減額割合", 3),
     Digits("減額金額", 6)});
constexpr auto kKo = std::to_array<Field>(
    {Id(), Alphanumeric("負担者番号", 8, Width::kFixed, kKey), Digits("受給者番号", 7),
     Digits("任意給付区分", 1), Digits("診療実日数", 2, kAlways), Digits("合計点数", 8, kKey),
     Digits("負担金額 公費", 8), Digits("公費給付対象一部負担金", 6),
     Digits("食事療養・生活療養 回数", 2), Digits("食事療養・生活療養 合計金額", 8)});

constexpr auto kHs = std::to_array<Field>(
    {Id(), Day("診療開始日"), Digits("転帰区分", 1),
     Codes("歯式コード（傷病名）", kTeethBytes, kToothBytes), Code("傷病名コード", 7, kAlways),
     Codes("修飾語コード", 80, 4), FullWidth("傷病名称", 40), Digits("併存傷病名数", 1),
     Digits("病態移行", 1), Digits("主傷病", 2), Code("コメントコード", 9),
     FullWidth("補足コメント", 100),
     Codes("歯式コード（補足コメント）", kTeethBytes, kToothBytes)});

constexpr auto kSs =
    Join(shared::kItemHead,
         std::to_array<Field>({Code("診療行為コード", 9, kKey), Digits("診療行為数量データ１", 8),
                               Digits("診療行為数量データ２", 8)}),
         Times<kAdditions>(
             std::to_array<Field>({Alphanumeric("加算コード", 5), Digits("加算数量データ", 8)})),
         std::to_array<Field>({Digits("点数", 7), Digits("回数", 3, kAlways)}), shared::kDays);
constexpr ItemColumns kSsItem = {.prefixes = "3",
                                 .code = pos::kCode,
                                 .amount = pos::kAmount,
                                 .count = pos::kSsCount,
                                 .days = pos::kSsDays};
// The three below have other positions than in 医科, and no comments of their own.
constexpr auto kSi =
    Join(shared::kItemHead,
         std::to_array<Field>({Code("診療行為コード", 9, kKey), Digits("数量データ", 8),
                               Digits("点数", 7), Digits("回数", 3)}),
         shared::kDays);
constexpr ItemColumns kSiItem = {.prefixes = "1",
                                 .code = pos::kCode,
                                 .amount = pos::kAmount,
                                 .count = pos::kCount,
                                 .days = pos::kDentalSiDays};
constexpr auto kIy =
    Join(shared::kItemHead,
         std::to_array<Field>({Code("医薬品コード", 9, kKey), Decimal("使用量", 11),
                               Digits("点数", 7), Digits("回数", 3),
                               Alphanumeric("医薬品区分", 1, Width::kFixed, kAlways)}),
         shared::kDays);
constexpr ItemColumns kIyItem = {.prefixes = "6",
                                 .code = pos::kCode,
                                 .amount = pos::kAmount,
                                 .count = pos::kCount,
                                 .days = pos::kDentalIyDays};
constexpr auto kTo =
    Join(shared::kItemHead,
         std::to_array<Field>({Code("特定器材コード", 9, kKey), Decimal("使用量", 9),
                               Digits("単位コード", 3), Decimal("単価", 11)}),
         Times<2>(std::to_array<Field>(
             {Code("特定器材加算等コード", 9), Decimal("特定器材加算等数量データ", 9)})),
         std::to_array<Field>(
             {FullWidth("商品名及び規格又はサイズ", 300), Digits("点数", 7), Digits("回数", 3)}),
         shared::kDays);
constexpr ItemColumns kToItem = {.prefixes = "7",
                                 .code = pos::kCode,
                                 .amount = pos::kAmount,
                                 .count = pos::kDentalToCount,
                                 .days = pos::kDentalToDays};
constexpr auto kCo = Join(
    shared::kCo, std::to_array<Field>({Codes("歯式コード（コメント）", kTeethBytes, kToothBytes)}),
    Times<5>(std::to_array<Field>({Reserved()})));

constexpr uint64_t kItems = After({kSS, kSI, kIY, kTO, kCO});
constexpr uint64_t kItemPlaces = kHead | kItems | After({kHS});

constexpr auto kLayouts = std::to_array<RecordLayout>({
    {kUK, kUk, 0},
    {kIR, kIr, shared::kFirst},
    {kRE, kRe, After({kIR})},
    {kHO, kHo, After({kRE})},
    {kKO, kKo, After({kRE, kHO, kKO})},
    {kSN, shared::kSn, After({kHO, kKO, kSN})},
    {kJD, shared::kJd, After({kHO, kKO, kSN, kJD})},
    {kMF, shared::kMf, After({kHO, kKO, kSN, kJD, kMF})},
    {kHS, kHs, kHead | After({kHS})},
    {kSS, kSs, kItemPlaces, kSsItem},
    {kSI, kSi, kItemPlaces, kSiItem},
    {kIY, kIy, kItemPlaces, kIyItem},
    {kTO, kTo, kItemPlaces, kToItem},
    {kCO, kCo, kItemPlaces, shared::kCoItem},
    {kSJ, shared::kSj, kItems | After({kSJ})},
    {kGO, shared::kGo, 0},
});

}  // namespace

std::span<const RecordLayout> DentalLayouts() { return kLayouts; }

}  // namespace tsunagu::medication::uke
