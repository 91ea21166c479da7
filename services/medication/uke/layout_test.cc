#include "services/medication/uke/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::medication::uke {
namespace {

size_t FieldCount(Kind kind, RecordType type) {
  const RecordLayout* layout = FindLayout(kind, type);
  return layout == nullptr ? 0 : layout->fields.size();
}

TEST(TypeOfTest, TheFirstFieldTells) {
  EXPECT_EQ(TypeOf("IY,21,1"), RecordType::kIY);
  EXPECT_EQ(TypeOf("GO"), RecordType::kGO);
  for (const char* line : {"", "R", "RE1,2", "re,1", "\x82\xA0,1", "ZZ,1", " RE,1", "1,2,3"}) {
    EXPECT_EQ(TypeOf(line), RecordType::kUnknown) << line;
  }
}

TEST(TypeOfTest, MH004RecordsOfAgenciesAreKnownAsForeign) {
  for (const char* id :
       {"HI", "HR", "HC", "HG", "RC", "JY", "EX", "MD", "RT", "JR", "MK", "MN", "ON"}) {
    EXPECT_EQ(TypeOf(id), RecordType::kForeign) << id;
  }
}

TEST(TypeNameTest, NamesLeadBackToTheirType) {
  for (int i = static_cast<int>(RecordType::kIR); i <= static_cast<int>(RecordType::kGO); ++i) {
    const auto type = static_cast<RecordType>(i);
    EXPECT_EQ(TypeOf(TypeName(type)), type) << TypeName(type);
  }
  EXPECT_EQ(TypeName(RecordType::kUnknown), "??");
}

TEST(FindLayoutTest, MedicalRecordsHaveTheFieldsOfTheSpecification) {
  const std::pair<RecordType, size_t> kCounts[] = {
      {RecordType::kIR, 10}, {RecordType::kRE, 38}, {RecordType::kHO, 15}, {RecordType::kKO, 12},
      {RecordType::kSN, 9},  {RecordType::kJD, 33}, {RecordType::kMF, 33}, {RecordType::kGR, 3},
      {RecordType::kSY, 8},  {RecordType::kSI, 44}, {RecordType::kIY, 44}, {RecordType::kTO, 48},
      {RecordType::kCO, 5},  {RecordType::kSJ, 3},  {RecordType::kGO, 4}};
  for (const auto& [type, count] : kCounts) {
    EXPECT_EQ(FieldCount(Kind::kMedical, type), count) << TypeName(type);
  }
}

TEST(FindLayoutTest, DpcRecordsHaveTheFieldsOfTheSpecification) {
  const std::pair<RecordType, size_t> kCounts[] = {
      {RecordType::kIR, 10}, {RecordType::kRE, 40}, {RecordType::kHO, 16}, {RecordType::kKO, 13},
      {RecordType::kSN, 9},  {RecordType::kBU, 6},  {RecordType::kSB, 8},  {RecordType::kKK, 14},
      {RecordType::kSK, 7},  {RecordType::kGA, 7},  {RecordType::kHH, 9},  {RecordType::kGT, 12},
      {RecordType::kCD, 11}, {RecordType::kGR, 3},  {RecordType::kSY, 8},  {RecordType::kSI, 44},
      {RecordType::kIY, 44}, {RecordType::kTO, 48}, {RecordType::kCO, 5},  {RecordType::kSJ, 3},
      {RecordType::kGO, 4}};
  for (const auto& [type, count] : kCounts) {
    EXPECT_EQ(FieldCount(Kind::kDpc, type), count) << TypeName(type);
  }
}

TEST(FindLayoutTest, DentalRecordsHaveTheFieldsOfTheSpecification) {
  const std::pair<RecordType, size_t> kCounts[] = {
      {RecordType::kUK, 10}, {RecordType::kIR, 9},   {RecordType::kRE, 27}, {RecordType::kHO, 14},
      {RecordType::kKO, 10}, {RecordType::kSN, 9},   {RecordType::kJD, 33}, {RecordType::kMF, 33},
      {RecordType::kHS, 13}, {RecordType::kSS, 109}, {RecordType::kSI, 38}, {RecordType::kIY, 39},
      {RecordType::kTO, 45}, {RecordType::kCO, 11},  {RecordType::kSJ, 3},  {RecordType::kGO, 4}};
  for (const auto& [type, count] : kCounts) {
    EXPECT_EQ(FieldCount(Kind::kDental, type), count) << TypeName(type);
  }
}

TEST(FindLayoutTest, PharmacyRecordsHaveTheFieldsOfTheSpecification) {
  const std::pair<RecordType, size_t> kCounts[] = {
      {RecordType::kYK, 9},   {RecordType::kRE, 42}, {RecordType::kHO, 14}, {RecordType::kKO, 10},
      {RecordType::kSN, 9},   {RecordType::kJD, 33}, {RecordType::kMF, 33}, {RecordType::kSH, 10},
      {RecordType::kCZ, 71},  {RecordType::kIY, 10}, {RecordType::kTO, 7},  {RecordType::kCO, 3},
      {RecordType::kKI, 114}, {RecordType::kST, 16}, {RecordType::kTK, 3},  {RecordType::kGO, 4}};
  for (const auto& [type, count] : kCounts) {
    EXPECT_EQ(FieldCount(Kind::kPharmacy, type), count) << TypeName(type);
  }
}

TEST(FindLayoutTest, NoLayoutIsLongerThanTheLimit) {
  for (const Kind kind : kKinds) {
    for (int i = 0; i <= static_cast<int>(RecordType::kGO); ++i) {
      EXPECT_LE(FieldCount(kind, static_cast<RecordType>(i)), static_cast<size_t>(kMaxFields));
    }
  }
}

TEST(FindLayoutTest, KindsDoNotShareTheirOwnRecords) {
  EXPECT_EQ(FindLayout(Kind::kMedical, RecordType::kCZ), nullptr);
  EXPECT_EQ(FindLayout(Kind::kPharmacy, RecordType::kSI), nullptr);
  EXPECT_EQ(FindLayout(Kind::kMedical, RecordType::kCD), nullptr);
  EXPECT_EQ(FindLayout(Kind::kDental, RecordType::kSY), nullptr);
  EXPECT_EQ(FindLayout(Kind::kDpc, RecordType::kSS), nullptr);
  EXPECT_EQ(FindLayout(Kind::kUnknown, RecordType::kRE), nullptr);
}

TEST(FindLayoutTest, NamedPositionsPointAtTheirFields) {
  const auto name = [](Kind kind, RecordType type, int position) {
    return std::string(FindLayout(kind, type)->fields[position - 1].name_ja);
  };
  EXPECT_EQ(name(Kind::kMedical, RecordType::kIR, pos::kIrMonth), "請求年月");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kYK, pos::kYkMonth), "請求年月");
  EXPECT_EQ(name(Kind::kMedical, RecordType::kRE, pos::kReMedicalSearch), "検索番号");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kRE, pos::kRePharmacySearch), "検索番号");
  EXPECT_EQ(name(Kind::kMedical, RecordType::kIY, pos::kItemDays), "算定日の回数");
  EXPECT_EQ(name(Kind::kMedical, RecordType::kTO, pos::kToDays), "算定日の回数");
  EXPECT_EQ(name(Kind::kMedical, RecordType::kSN, pos::kSnBranch), "枝番");
  EXPECT_EQ(name(Kind::kDpc, RecordType::kRE, pos::kReSummary), "レセプト総括区分");
  EXPECT_EQ(name(Kind::kDpc, RecordType::kRE, pos::kReDetails), "明細情報数");
  EXPECT_EQ(name(Kind::kDpc, RecordType::kRE, pos::kReDpcSearch), "検索番号");
  EXPECT_EQ(name(Kind::kDpc, RecordType::kCD, pos::kCdDay), "実施年月日");
  EXPECT_EQ(name(Kind::kDpc, RecordType::kCD, pos::kCdClass), "診療識別");
  EXPECT_EQ(name(Kind::kDpc, RecordType::kCD, pos::kCdSequence), "順序番号");
  EXPECT_EQ(name(Kind::kDental, RecordType::kUK, pos::kUkMonth), "請求年月");
  EXPECT_EQ(name(Kind::kDental, RecordType::kIR, pos::kDentalIrMonth), "請求年月");
  EXPECT_EQ(name(Kind::kDental, RecordType::kRE, pos::kReDentalSearch), "検索番号");
  EXPECT_EQ(name(Kind::kDental, RecordType::kRE, pos::kReNotVisited), "未来院請求");
  EXPECT_EQ(name(Kind::kDental, RecordType::kIY, pos::kDentalIyForm), "医薬品区分");
  EXPECT_EQ(name(Kind::kDental, RecordType::kTO, 13), "点数");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kCZ, pos::kCzDispensed), "調剤年月日");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kCZ, pos::kCzQuantity), "調剤数量");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kCZ, 46), "一包化日数");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kCZ, 66), "薬剤料減算 区分");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kKI, 68), "前回調剤年月日");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kIY, pos::kPharmacyDoseOnce), "１回用量");
}

TEST(FindLayoutTest, ItemColumnsPointAtTheirFields) {
  for (const Kind kind : kKinds) {
    for (int i = 0; i <= static_cast<int>(RecordType::kGO); ++i) {
      const RecordLayout* layout = FindLayout(kind, static_cast<RecordType>(i));
      if (layout == nullptr || layout->item.code == 0) continue;
      const ItemColumns& item = layout->item;
      const auto name = [&](int position) {
        return std::string(layout->fields[position - 1].name_ja);
      };
      const absl::string_view type = TypeName(layout->type);
      EXPECT_THAT(name(item.code), testing::HasSubstr("コード")) << type;
      EXPECT_NE(std::string(item.prefixes), "") << type;
      if (item.amount != 0) {
        EXPECT_THAT(name(item.amount), testing::AnyOf("使用量", testing::HasSubstr("数量データ")))
            << type;
      }
      if (item.count != 0) EXPECT_EQ(name(item.count), "回数") << type;
      if (item.comments != 0) EXPECT_EQ(name(item.comments), "コメントコード") << type;
      if (item.days == 0) continue;
      EXPECT_EQ(name(item.days), "算定日の回数") << type;
      EXPECT_NE(name(item.days - 1), "算定日の回数") << type;
      // The days are the last fields.
      EXPECT_EQ(item.days + kDaysOfMonth - 1, static_cast<int>(layout->fields.size())) << type;
    }
  }
}

TEST(MayFollowTest, OrderIsThatOfTheSpecification) {
  const RecordLayout& ho = *FindLayout(Kind::kMedical, RecordType::kHO);
  EXPECT_TRUE(MayFollow(ho, RecordType::kRE));
  EXPECT_FALSE(MayFollow(ho, RecordType::kHO));
  const RecordLayout& iy = *FindLayout(Kind::kPharmacy, RecordType::kIY);
  EXPECT_TRUE(MayFollow(iy, RecordType::kCZ));
  EXPECT_FALSE(MayFollow(iy, RecordType::kSH));
  EXPECT_TRUE(MayFollow(*FindLayout(Kind::kMedical, RecordType::kRE), RecordType::kUnknown));
  EXPECT_FALSE(MayFollow(*FindLayout(Kind::kDental, RecordType::kRE), RecordType::kUnknown));
  EXPECT_TRUE(MayFollow(*FindLayout(Kind::kDental, RecordType::kRE), RecordType::kIR));
  for (const RecordType end :
       {RecordType::kHO, RecordType::kGR, RecordType::kCO, RecordType::kCD}) {
    EXPECT_TRUE(MayFollow(*FindLayout(Kind::kDpc, RecordType::kRE), end)) << TypeName(end);
  }
}

TEST(KindNameTest, EveryKindHasAName) {
  EXPECT_EQ(KindName(Kind::kMedical), "medical");
  EXPECT_EQ(KindName(Kind::kDpc), "dpc");
  EXPECT_EQ(KindName(Kind::kDental), "dental");
  EXPECT_EQ(KindName(Kind::kPharmacy), "pharmacy");
  EXPECT_EQ(KindName(Kind::kUnknown), "unknown");
}

}  // namespace
}  // namespace tsunagu::medication::uke
