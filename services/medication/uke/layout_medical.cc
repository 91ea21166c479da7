// 医科: 記録条件仕様（医科用）令和4年4月版, p. 1-23.
#include "services/medication/uke/layout_shared.h"
#include "services/medication/uke/layout_table.h"

namespace tsunagu::medication::uke {
namespace {

using enum Presence;
using enum RecordType;
using shared::kFirst;
using shared::kHead;

constexpr auto kRe =
    Join(shared::kReHead,
         std::to_array<Field>({Digits("検索番号", 30), Reserved(), Text("請求情報", 40)}),
         Times<3>(shared::kDepartment),
         std::to_array<Field>({FullWidth("カタカナ氏名", 80), Digits("患者の状態", 60)}));

constexpr auto kKo = std::to_array<Field>(
    {Id(), Alphanumeric("負担者番号", 8, Width::kFixed, kKey), Digits("受給者番号", 7),
     Digits("任意給付区分", 1), Digits("診療実日数", 2, kAlways), Digits("合計点数", 8, kKey),
     Digits("負担金額 公費", 8), Digits("公費給付対象 外来一部負担金", 6),
     Digits("公費給付対象 入院一部負担金", 6), Reserved(), Digits("食事療養・生活療養 回数", 2),
     Digits("食事療養・生活療養 合計金額", 8)});

constexpr uint64_t kItems = After({kSI, kIY, kTO, kCO});
constexpr uint64_t kItemPlaces = kHead | kItems | After({kGR, kSY, kTS});

constexpr auto kLayouts = std::to_array<RecordLayout>({
    {kIR, shared::kIr, 0},
    {kRE, kRe, kFirst},
    {kHO, shared::kHo, After({kRE})},
    {kKO, kKo, After({kRE, kHO, kKO})},
    {kSN, shared::kSn, After({kHO, kKO, kSN})},
    {kJD, shared::kJd, After({kHO, kKO, kSN, kJD})},
    {kMF, shared::kMf, After({kHO, kKO, kSN, kJD, kMF})},
    {kGR, shared::kGr, kHead | After({kGR})},
    {kSY, shared::kSy, kHead | After({kGR, kSY, kTS})},
    {kSI, shared::kSi, kItemPlaces, shared::kSiItem},
    {kIY, shared::kIy, kItemPlaces, shared::kIyItem},
    {kTO, shared::kTo, kItemPlaces, shared::kToItem},
    {kCO, shared::kCo, kItemPlaces, shared::kCoItem},
    {kSJ, shared::kSj, kItems | After({kSJ})},
    {kTI, shared::kTi, kItems | After({kSJ})},
    {kTR, shared::kTi, kItems | After({kTI, kSJ})},
    {kTS, shared::kTi, After({kTR})},
    {kGO, shared::kGo, 0},
});

}  // namespace

std::span<const RecordLayout> MedicalLayouts() { return kLayouts; }

}  // namespace tsunagu::medication::uke
