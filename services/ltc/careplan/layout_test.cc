#include "services/ltc/careplan/layout.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tsunagu::ltc::careplan {
namespace {

TEST(LayoutTest, EveryKindHasItsOwnLayoutAndName) {
  for (const FileKind kind : kFileKinds) {
    EXPECT_EQ(LayoutOf(kind).kind, kind);
    EXPECT_EQ(KindOfName(LayoutOf(kind).name), kind);
  }
}

TEST(LayoutTest, UnknownNamesHaveNoKind) {
  EXPECT_EQ(KindOfName("UPKIHON"), std::nullopt);
  EXPECT_EQ(KindOfName(""), std::nullopt);
}

// LTC-110
TEST(LayoutTest, ColumnCountsAreThoseOfTheStandard) {
  const std::pair<FileKind, size_t> kCounts[] = {
      {FileKind::kSupplement, 63},   {FileKind::kTable1, 28},      {FileKind::kTable2, 22},
      {FileKind::kTable3, 13},       {FileKind::kPlan, 25},        {FileKind::kActuals, 25},
      {FileKind::kMoney, 37},        {FileKind::kDeleteTable1, 4}, {FileKind::kDeletePlan, 4},
      {FileKind::kDeleteActuals, 6},
  };
  for (const auto& [kind, count] : kCounts) {
    EXPECT_EQ(LayoutOf(kind).columns.size(), count) << LayoutOf(kind).name;
  }
}

TEST(LayoutTest, ColumnIdsAreUniqueInTheirLayout) {
  for (const FileKind kind : kFileKinds) {
    std::set<std::string> ids;
    for (const Column& column : LayoutOf(kind).columns) {
      EXPECT_TRUE(ids.insert(column.id).second) << LayoutOf(kind).name << "." << column.id;
    }
  }
}

TEST(LayoutTest, EveryRecordStartsWithVersionInsurerAndPerson) {
  for (const FileKind kind : kFileKinds) {
    const Layout& layout = LayoutOf(kind);
    EXPECT_EQ(layout.Find("csv_version"), 0);
    EXPECT_EQ(layout.Find("insurer_no"), 1);
    EXPECT_EQ(layout.Find("insured_no"), 2);
    EXPECT_EQ(layout.Find("no such column"), -1);
  }
}

TEST(LayoutTest, PlanAndActualsShareTheirColumns) {
  EXPECT_EQ(LayoutOf(FileKind::kPlan).columns.data(), LayoutOf(FileKind::kActuals).columns.data());
}

}  // namespace
}  // namespace tsunagu::ltc::careplan
