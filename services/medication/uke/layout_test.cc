#include "services/medication/uke/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

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
  for (const Kind kind : {Kind::kMedical, Kind::kPharmacy}) {
    for (int i = 0; i <= static_cast<int>(RecordType::kGO); ++i) {
      EXPECT_LE(FieldCount(kind, static_cast<RecordType>(i)), static_cast<size_t>(kMaxFields));
    }
  }
}

TEST(FindLayoutTest, KindsDoNotShareTheirOwnRecords) {
  EXPECT_EQ(FindLayout(Kind::kMedical, RecordType::kCZ), nullptr);
  EXPECT_EQ(FindLayout(Kind::kPharmacy, RecordType::kSI), nullptr);
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
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kCZ, pos::kCzDispensed), "調剤年月日");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kCZ, pos::kCzQuantity), "調剤数量");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kCZ, 46), "一包化日数");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kCZ, 66), "薬剤料減算 区分");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kKI, 68), "前回調剤年月日");
  EXPECT_EQ(name(Kind::kPharmacy, RecordType::kIY, pos::kPharmacyDoseOnce), "１回用量");
}

TEST(MayFollowTest, OrderIsThatOfTheSpecification) {
  const RecordLayout& ho = *FindLayout(Kind::kMedical, RecordType::kHO);
  EXPECT_TRUE(MayFollow(ho, RecordType::kRE));
  EXPECT_FALSE(MayFollow(ho, RecordType::kHO));
  const RecordLayout& iy = *FindLayout(Kind::kPharmacy, RecordType::kIY);
  EXPECT_TRUE(MayFollow(iy, RecordType::kCZ));
  EXPECT_FALSE(MayFollow(iy, RecordType::kSH));
}

TEST(KindNameTest, EveryKindHasAName) {
  EXPECT_EQ(KindName(Kind::kMedical), "medical");
  EXPECT_EQ(KindName(Kind::kPharmacy), "pharmacy");
  EXPECT_EQ(KindName(Kind::kUnknown), "unknown");
}

}  // namespace
}  // namespace tsunagu::medication::uke
