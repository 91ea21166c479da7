// 調剤: 記録条件仕様（調剤用）令和8年6月版. Where the source states no length, the one of the same
// item of 医科 stands, or none.
#include "services/medication/uke/layout_shared.h"
#include "services/medication/uke/layout_table.h"

namespace tsunagu::medication::uke {
namespace {

using enum Presence;
using enum RecordType;
using shared::kCommentBytes;
using shared::kFirst;
using shared::kHead;

constexpr auto kYk = std::to_array<Field>(
    {Id(), Code("審査支払機関", 1, kAlways), Code("都道府県", 2, kKey), Code("点数表", 1, kKey),
     Code("薬局コード", 7, kKey), FullWidth("薬局連絡先名称", 40, kAlways), Month("請求年月", kKey),
     Code("マルチボリューム識別情報", 2, kAlways), Alphanumeric("電話番号", 15)});

constexpr auto kRe =
    Join(std::to_array<Field>(
             {Id(), Digits("レセプト番号", 6, kKey), Code("レセプト種別", 4, kKey),
              Month("調剤年月", kKey), Text("氏名", 40, kAlways), Code("男女区分", 1, kAlways),
              Day("生年月日", kKey), Digits("給付割合", 3), Alphanumeric("レセプト特記事項", 10),
              Code("医療機関 都道府県", 2, kAlways), Code("医療機関 点数表", 1, kAlways),
              Code("医療機関コード", 7, kAlways), Text("医療機関 名称", 80),
              Text("医療機関 所在地", 80)}),
         Times<20>(std::to_array<Field>({Text("保険医氏名", 40)})),
         std::to_array<Field>({Text("麻薬免許番号", 0), Alphanumeric("調剤録番号等", 20),
                               Reserved(), Digits("検索番号", 30), Reserved(), Text("請求情報", 40),
                               Digits("一部負担金区分", 1), FullWidth("カタカナ氏名", 80)}));

constexpr auto kHo = std::to_array<Field>(
    {Id(), Alphanumeric("保険者番号", 8, Width::kFixed, kKey), Text("被保険者証等の記号", 38),
     Text("被保険者証等の番号", 38, kKey), Digits("処方箋受付回数", 2, kAlways),
     Digits("合計点数", 8, kKey), Reserved(), Digits("職務上の事由", 1), Digits("証明書番号", 3),
     Digits("一部負担金", 9), Reserved(), Digits("減免区分", 1), Digits("減額割合", 3),
     Digits("減額金額", 6)});

constexpr auto kKo = std::to_array<Field>(
    {Id(), Alphanumeric("負担者番号", 8, Width::kFixed, kKey), Digits("受給者番号", 7),
     Digits("任意給付区分", 1), Digits("処方箋受付回数", 2, kAlways), Digits("合計点数", 8, kKey),
     Reserved(), Digits("一部負担金額", 8), Reserved(), Digits("公費給付対象一部負担金", 6)});

constexpr auto kSh =
    Join(std::to_array<Field>({Id(), Digits("処方Ｎｏ", 2, kAlways), Code("剤形", 1, kKey),
                               Digits("用法コード", 3), Text("特別指示", kCommentBytes),
                               Digits("単位薬剤料", 7, kAlways)}),
         Times<4>(std::to_array<Field>({Digits("公費単位薬剤料", 7)})));

constexpr auto kFee = std::to_array<Field>(
    {Alphanumeric("加算料 負担区分", 1), Code("加算料 コード", 9), Digits("加算料 点数", 7)});
constexpr auto kCz =
    Join(std::to_array<Field>(
             {Id(), Digits("医師Ｎｏ", 2), Day("処方箋交付年月日", kKey), Day("調剤年月日", kKey),
              Digits("処方箋受付回", 2, kAlways), Digits("調剤数量", 3, kKey),
              Alphanumeric("薬剤調製料 負担区分", 1, Width::kVariable, kAlways),
              Digits("薬剤調製料 算定区分", 1, kAlways),
              Digits("薬剤調製料 算定先Ｎｏ", 2, kAlways), Code("薬剤調製料 コード", 9, kAlways),
              Digits("薬剤調製料 点数", 7, kAlways), Digits("分割区分", 1),
              Digits("前回までの数量", 3), Digits("薬剤料 点数", 7, kAlways), Reserved()}),
         Times<10>(kFee),
         std::to_array<Field>({Digits("一包化日数", 3),
                               Digits("分割調剤種類", 1),
                               Digits("前回までの一包化日数", 3),
                               Digits("医師指示分割 コード", 9),
                               Digits("医師指示分割 区分", 2),
                               Digits("医師指示分割 対象数量", 3),
                               Digits("医師指示分割 対象一包化日数", 3),
                               Digits("包括管理料等", 2),
                               Digits("他医療機関受診に係る受付", 2),
                               Alphanumeric("外来服薬支援料２ 負担区分", 1),
                               Code("外来服薬支援料２ コード", 9),
                               Digits("外来服薬支援料２ 点数", 7),
                               Alphanumeric("調剤管理料 負担区分", 1),
                               Digits("調剤管理料 算定区分", 1),
                               Digits("調剤管理料 算定先Ｎｏ", 2),
                               Code("調剤管理料 コード", 9),
                               Digits("調剤管理料 点数", 7),
                               Alphanumeric("調剤管理料 時間外等加算 負担区分", 1),
                               Code("調剤管理料 時間外等加算 コード", 9),
                               Digits("調剤管理料 時間外等加算 点数", 7),
                               Digits("薬剤料減算 区分", 2),
                               Digits("薬剤料減算 合計", 7)}),
         Times<4>(std::to_array<Field>({Digits("薬剤料減算 公費", 7)})));

constexpr auto kIy = std::to_array<Field>(
    {Id(), Alphanumeric("負担区分", 1, Width::kFixed, kAlways), Code("医薬品コード", 9, kKey),
     Decimal("使用量", 11), Reserved(), Reserved(), Digits("混合区分", 1), Digits("混合区分枝", 2),
     Digits("配合不適区分", 1), Decimal("１回用量", 11)});
constexpr auto kTo = std::to_array<Field>(
    {Id(), Alphanumeric("負担区分", 1, Width::kFixed, kAlways), Code("特定器材コード", 9, kKey),
     Decimal("使用量", 11), Digits("単位コード", 3), Decimal("単価", 11), Reserved()});
constexpr auto kCo = std::to_array<Field>(
    {Id(), Code("コメントコード", 9, kKey), Text("文字データ", kCommentBytes)});

constexpr auto kService = std::to_array<Field>(
    {Alphanumeric("負担区分", 1), Code("コード", 9), Digits("回数", 3), Digits("点数", 7)});
constexpr auto kKi = Join(
    std::to_array<Field>({Id(), Day("算定日", kAlways), Digits("処方箋受付回", 2, kAlways),
                          Alphanumeric("調剤基本料 負担区分", 1), Code("調剤基本料 コード", 9),
                          Digits("調剤基本料 点数", 7), Reserved()}),
    Times<15>(kService),  // twelve 薬学管理料 and three of the summary
    std::to_array<Field>({Day("前回調剤年月日"), Digits("前回調剤数量", 3)}), Times<10>(kService),
    std::to_array<Field>({Digits("包括管理料等", 2), Digits("他医療機関受診に係る受付", 2),
                          Digits("医師指示分割 コード１", 9), Digits("医師指示分割 コード２", 9),
                          Digits("医師指示分割 コード３", 9)}));
constexpr auto kSt = Join(
    std::to_array<Field>({Id(), Digits("医師番号", 2), Day("処方箋交付年月日"), Day("調剤年月日"),
                          Digits("処方箋受付回", 2), Digits("分割指示回数", 2)}),
    Times<5>(std::to_array<Field>({Digits("対象点数", 7), Digits("分割後点数", 7)})));
constexpr ItemColumns kIyItem = {
    .prefixes = "6", .code = pos::kPharmacyCode, .amount = pos::kPharmacyAmount};
constexpr ItemColumns kToItem = {
    .prefixes = "7", .code = pos::kPharmacyCode, .amount = pos::kPharmacyAmount};
constexpr ItemColumns kCoItem = {.prefixes = "8", .code = pos::kPharmacyCoCode};

constexpr uint64_t kItems = After({kIY, kTO, kCO});

constexpr auto kLayouts = std::to_array<RecordLayout>({
    {kYK, kYk, 0},
    {kRE, kRe, kFirst},
    {kHO, kHo, After({kRE})},
    {kKO, kKo, After({kRE, kHO, kKO})},
    {kSN, shared::kSn, After({kHO, kKO, kSN})},
    {kJD, shared::kJd, After({kHO, kKO, kSN, kJD})},
    {kMF, shared::kMf, After({kHO, kKO, kSN, kJD, kMF})},
    {kSH, kSh, kHead | kItems},
    {kCZ, kCz, kItems | After({kSH, kCZ})},
    {kIY, kIy, kItems | After({kCZ}), kIyItem},
    {kTO, kTo, kItems | After({kCZ}), kToItem},
    {kCO, kCo, kItems | After({kCZ}), kCoItem},
    {kTK, kCo, kHead | kItems | After({kTK}), kCoItem},
    {kKI, kKi, kHead | kItems | After({kTK, kKI})},
    {kST, kSt, kItems | After({kTK, kKI, kST})},
    {kGO, shared::kGo, 0},
});

}  // namespace

std::span<const RecordLayout> PharmacyLayouts() { return kLayouts; }

}  // namespace tsunagu::medication::uke
