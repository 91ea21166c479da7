// DPC: 記録条件仕様（DPC用） as of 2015, as public programs quote it. Where later versions have put
// what 医科 got since, 診療科 of more kinds, kana and state, no public text says: behind the fields
// of 2015 RE takes as many as 医科 has, and nothing is asked of them.
#include "services/medication/uke/layout_shared.h"
#include "services/medication/uke/layout_table.h"

namespace tsunagu::medication::uke {
namespace {

using enum Presence;
using enum RecordType;
using shared::kFirst;
using shared::kHead;

constexpr size_t kFieldsAddedToRe = 12;  // 診療科 twice, カタカナ氏名, 患者の状態

constexpr auto kRe =
    Join(shared::kReHead,
         std::to_array<Field>({Code("レセプト総括区分", 1, kAlways), Digits("明細情報数", 2),
                               Digits("検索番号", 30), Reserved(), Text("請求情報", 40)}),
         shared::kDepartment, Times<kFieldsAddedToRe>(std::to_array<Field>({Reserved()})));

constexpr auto kHo =
    Join(shared::kHo, std::to_array<Field>({Digits("食事療養・生活療養 標準負担額", 8)}));

constexpr auto kKo = std::to_array<Field>(
    {Id(), Alphanumeric("負担者番号", 8, Width::kFixed, kKey), Digits("受給者番号", 7),
     Digits("任意給付区分", 1), Digits("診療実日数", 2, kAlways), Digits("合計点数", 8, kKey),
     Digits("負担金額 公費", 8), Reserved(), Digits("公費給付対象 入院一部負担金", 6), Reserved(),
     Digits("食事療養・生活療養 回数", 2), Digits("食事療養・生活療養 合計金額", 8),
     Digits("食事療養・生活療養 標準負担額", 8)});

constexpr auto kBu =
    std::to_array<Field>({Id(), Alphanumeric("診断群分類番号", 14, Width::kFixed, kAlways),
                          Day("今回入院年月日", kAlways), Day("今回退院年月日"),
                          Digits("ＤＰＣ転帰区分", 1), FullWidth("死因", 100)});
constexpr auto kSb = std::to_array<Field>(
    {Id(), Code("傷病名コード", 7, kAlways), Codes("修飾語コード", 80, 4),
     FullWidth("傷病名称", 40), Alphanumeric("ＩＣＤ１０コード", 5, Width::kVariable, kAlways),
     Code("傷病名区分", 2, kAlways), Digits("死因", 1), FullWidth("補足コメント", 40)});
constexpr auto kKk = std::to_array<Field>(
    {Id(), Reserved(), Digits("対象外病棟との移動", 1), Code("予定・緊急入院区分", 1, kAlways),
     Day("前回退院年月日"), Digits("前回同一傷病での入院", 1), Digits("入院時年齢", 3),
     Digits("出生時体重", 4), Digits("ＪＣＳ", 3), Reserved(),
     Alphanumeric("Ｂｕｒｎ Ｉｎｄｅｘ", 5), FullWidth("重症度等", 100), Reserved(),
     Digits("入院時月齢", 2)});
// 区分番号 may hold a half-width kana letter (K9202ｲ).
constexpr auto kSk = std::to_array<Field>(
    {Id(), Code("診療行為コード", 9), Text("区分番号", 10), Day("実施（予定）年月日"), Reserved(),
     Alphanumeric("診療区分コード", 4), FullWidth("診療名称", 200)});
// The days away are a character for each day, no number.
constexpr auto kGa = std::to_array<Field>(
    {Id(), Month("診療年月", kAlways), Code("請求調整区分", 1, kAlways), Digits("外泊等", 31),
     Alphanumeric("診断群分類番号", 14),
     Alphanumeric("医療機関別係数", 6, Width::kVariable, kAlways), Digits("翌月再入院予定", 1)});
constexpr auto kHh = std::to_array<Field>(
    {Id(), Month("診療年月", kAlways), Code("請求調整区分", 1, kAlways), Digits("自他保険区分", 1),
     Alphanumeric("負担区分", 1), Code("入院期間区分", 1, kAlways),
     Digits("入院期間区分別点数", 6, kAlways), Digits("入院期間区分別入院日数", 2, kAlways),
     Digits("包括小計点数", 7, kAlways)});
// The points of adjustment and of the month may be negative.
constexpr auto kGt = std::to_array<Field>(
    {Id(), Month("診療年月", kAlways), Code("請求調整区分", 1, kAlways), Digits("自他保険区分", 1),
     Alphanumeric("負担区分", 1), Digits("包括小計点数合算", 7, kAlways),
     Digits("包括評価点数", 7, kAlways), Alphanumeric("調整点数", 7),
     Alphanumeric("今月包括合計点数", 8), Digits("診療識別", 2), Day("変更年月日"),
     FullWidth("文字データ", 40)});
constexpr auto kCd = std::to_array<Field>(
    {Id(), Day("実施年月日", kKey), Code("診療識別", 2, kKey), Digits("順序番号", 4, kAlways),
     Digits("行為明細番号", 3, kAlways), Code("レセプト電算処理システム用コード", 9, kKey),
     Decimal("使用量", 11), Digits("数量データ", 8), Digits("単位コード", 3),
     Digits("回数", 3, kAlways), FullWidth("特定器材名称", 254)});
constexpr ItemColumns kCdItem = {
    .prefixes = "167", .code = pos::kCdCode, .amount = pos::kCdAmount, .count = pos::kCdCount};

constexpr uint64_t kItems = After({kSI, kIY, kTO, kCO});
constexpr uint64_t kBundle = After({kGA, kHH, kGT});  // once for each month that is settled
constexpr uint64_t kItemPlaces = kHead | kBundle | kItems | After({kGR, kSY, kTS});
// Where the RE of a detail may follow: behind what a 総括 receipt or another detail ends with.
constexpr uint64_t kDetailEnds = kHead | kBundle | kItems | After({kGR, kSJ, kCD, kTR, kTS});

constexpr auto kLayouts = std::to_array<RecordLayout>({
    {kIR, shared::kIr, 0},
    {kRE, kRe, kFirst | kDetailEnds},
    {kHO, kHo, After({kRE})},
    {kKO, kKo, After({kRE, kHO, kKO})},
    {kSN, shared::kSn, After({kHO, kKO, kSN})},
    {kJD, shared::kJd, After({kHO, kKO, kSN, kJD})},
    {kMF, shared::kMf, After({kHO, kKO, kSN, kJD, kMF})},
    {kGR, shared::kGr, kHead | After({kGR})},
    {kSY, shared::kSy, kHead | After({kGR, kSY, kTS})},
    {kBU, kBu, kHead},
    {kSB, kSb, After({kBU, kSB})},
    {kKK, kKk, After({kBU, kSB})},
    {kSK, kSk, After({kKK, kSK})},
    {kGA, kGa, kBundle | After({kKK, kSK})},
    {kHH, kHh, kBundle},
    {kGT, kGt, kBundle},
    {kSI, shared::kSi, kItemPlaces, shared::kSiItem},
    {kIY, shared::kIy, kItemPlaces, shared::kIyItem},
    {kTO, shared::kTo, kItemPlaces, shared::kToItem},
    {kCO, shared::kCo, kItemPlaces, shared::kCoItem},
    {kSJ, shared::kSj, kHead | kBundle | kItems | After({kSJ})},
    {kCD, kCd, kBundle | kItems | After({kSJ, kCD}), kCdItem},
    {kTI, shared::kTi, kItems | After({kSJ})},
    {kTR, shared::kTi, kItems | After({kTI, kSJ})},
    {kTS, shared::kTi, After({kTR})},
    {kGO, shared::kGo, 0},
});

}  // namespace

std::span<const RecordLayout> DpcLayouts() { return kLayouts; }

}  // namespace tsunagu::medication::uke
