#include "services/prescription/record/layout.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

namespace tsunagu::prescription::record {
namespace {

constexpr Format kFormats[] = {Format::kJahis, Format::kSj1, Format::kCj1};

TEST(LayoutTest, EachFormatHasOneRowForARecord) {
  std::set<std::pair<int, unsigned>> seen;
  for (const RecordLayout& layout : Layouts()) {
    for (const Format format : kFormats) {
      if ((layout.formats & static_cast<unsigned>(format)) == 0) continue;
      EXPECT_TRUE(seen.insert({layout.number, static_cast<unsigned>(format)}).second)
          << layout.number;
      EXPECT_EQ(FindLayout(format, layout.number), &layout) << layout.number;
    }
  }
}

TEST(LayoutTest, RowsStandInTheOrderOfTheirNumbers) {
  int last = 0;
  for (const RecordLayout& layout : Layouts()) {
    EXPECT_GE(layout.number, last);
    last = layout.number;
  }
}

TEST(LayoutTest, FieldNamesOfARecordDiffer) {
  for (const RecordLayout& layout : Layouts()) {
    std::set<std::string> names;
    for (const FieldLayout& field : layout.fields) {
      EXPECT_TRUE(names.insert(std::string(field.name)).second) << layout.number;
      EXPECT_GT(field.size, 0) << layout.number;
    }
  }
}

TEST(LayoutTest, RecordsOfAnRpBeginWithItsNumberAndThoseOfADrugWithBoth) {
  for (const RecordLayout& layout : Layouts()) {
    if (layout.scope == Scope::kHeader || layout.scope == Scope::kTail) continue;
    EXPECT_EQ(layout.fields[0].name, "rp") << layout.number;
    if (layout.scope == Scope::kDrug) {
      EXPECT_EQ(layout.fields[1].name, "seq") << layout.number;
    }
  }
}

TEST(LayoutTest, TheFormatsDifferWhereTheRulesDiffer) {
  EXPECT_NE(FindLayout(Format::kJahis, 201), FindLayout(Format::kSj1, 201));
  EXPECT_EQ(FindLayout(Format::kJahis, 301), nullptr);
  EXPECT_NE(FindLayout(Format::kSj1, 301), nullptr);
  EXPECT_EQ(FindLayout(Format::kSj1, 521), nullptr);
  EXPECT_NE(FindLayout(Format::kCj1, 521), nullptr);
  EXPECT_EQ(FindLayout(Format::kJahis, 60), nullptr);
  EXPECT_NE(FindLayout(Format::kSj1, 60), nullptr);
}

TEST(LayoutTest, TellsKnownNumbersAndFields) {
  EXPECT_TRUE(IsKnownRecord(521));
  EXPECT_FALSE(IsKnownRecord(6));
  const RecordLayout& drug = *FindLayout(Format::kSj1, 201);
  EXPECT_EQ(FieldIndex(drug, "dose"), 6u);
  EXPECT_FALSE(FieldIndex(drug, "no such field").has_value());
}

TEST(LayoutTest, NamesItsFormats) {
  EXPECT_EQ(FormatName(Format::kJahis), "JAHIS");
  EXPECT_EQ(FormatName(Format::kSj1), "SJ1");
  EXPECT_EQ(FormatName(Format::kCj1), "CJ1");
}

}  // namespace
}  // namespace tsunagu::prescription::record
