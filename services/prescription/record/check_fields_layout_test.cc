// Every field of every record of all three formats, checked against its row in the layout.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/prescription/record/check_fields.h"
#include "services/prescription/record/layout.h"
#include "services/prescription/record/records.h"
#include "services/prescription/record/rules.h"

namespace tsunagu::prescription::record {
namespace {

constexpr int kLine = 7;

// A short value that the field takes.
std::string Good(const FieldLayout& field) {
  if (!field.values.empty()) {
    const std::vector<std::string> values = absl::StrSplit(field.values, ',');
    return values.front();
  }
  switch (field.type) {
    case FieldType::kDigits:
    case FieldType::kDecimal:
      return "1";
    case FieldType::kCode:
      return "A";
    case FieldType::kHalf:
      return "ｱ";
    case FieldType::kText:
      return "字";
    case FieldType::kFraction:
      return "2/3";
    case FieldType::kDay:
    case FieldType::kBirthDay:
      return "20240229";
  }
  return "";
}

Record GoodRecord(const RecordLayout& layout) {
  Record record = {kLine, &layout, {}};
  for (const FieldLayout& field : layout.fields) record.fields.push_back(Good(field));
  return record;
}

using Strings = std::vector<std::string>;

// "RX-122 101.amount" for each finding.
Strings Found(const Record& record) {
  Report report;
  CheckFields(record, report);
  Strings found;
  for (const auto& finding : report.findings()) {
    EXPECT_EQ(finding.record, kLine);
    found.push_back(absl::StrCat(finding.rule, " ", finding.field));
  }
  return found;
}

// What is found when that value stands in that field of a record that is good otherwise.
Strings FoundWith(const RecordLayout& layout, size_t field, absl::string_view value) {
  Record record = GoodRecord(layout);
  record.fields[field] = std::string(value);
  return Found(record);
}

// That finding alone, at that field.
Strings Only(const char* rule, const RecordLayout& layout, size_t field) {
  return {absl::StrCat(rule, " ", layout.number, ".", layout.fields[field].name)};
}

// Calls `test(layout, index, field)` for every field of every row.
template <typename Test>
void ForEveryField(Test test) {
  for (const RecordLayout& layout : Layouts()) {
    for (size_t i = 0; i < layout.fields.size(); ++i) {
      SCOPED_TRACE(absl::StrCat(layout.number, ".", layout.fields[i].name));
      test(layout, i, layout.fields[i]);
    }
  }
}

std::string Repeated(absl::string_view text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) absl::StrAppend(&result, text);
  return result;
}

TEST(CheckFieldsLayoutTest, GoodRecordsHaveNoFindings) {
  for (const RecordLayout& layout : Layouts()) {
    EXPECT_EQ(Found(GoodRecord(layout)), Strings{}) << layout.number;
  }
}

// RX-120
TEST(CheckFieldsLayoutTest, RequiredFieldsAndNoOthersAreAskedFor) {
  ForEveryField([](const RecordLayout& layout, size_t i, const FieldLayout& field) {
    const Strings want = field.need == Need::kRequired ? Only("RX-120", layout, i) : Strings{};
    EXPECT_EQ(FoundWith(layout, i, ""), want);
  });
}

// RX-120
TEST(CheckFieldsLayoutTest, FieldsLeftOutAtTheEndAreAsIfEmpty) {
  for (const RecordLayout& layout : Layouts()) {
    Record empty = GoodRecord(layout), cut = GoodRecord(layout);
    for (size_t size = layout.fields.size(); size > 0; --size) {
      cut.fields.resize(size - 1);
      empty.fields[size - 1].clear();
      EXPECT_EQ(Found(cut), Found(empty)) << layout.number << " " << size;
    }
  }
}

// RX-121
TEST(CheckFieldsLayoutTest, OneOfTheFieldsOfAChoiceIsEnoughAndNoneIsNot) {
  int choices = 0;
  for (const RecordLayout& layout : Layouts()) {
    Record none = GoodRecord(layout);
    for (size_t i = 0; i < layout.fields.size(); ++i) {
      if (layout.fields[i].need == Need::kOneOf) none.fields[i].clear();
    }
    if (none.fields == GoodRecord(layout).fields) continue;
    ++choices;
    EXPECT_EQ(Found(none), Strings{absl::StrCat("RX-121 ", layout.number)});
    for (size_t i = 0; i < layout.fields.size(); ++i) {
      if (layout.fields[i].need != Need::kOneOf) continue;
      Record one = none;
      one.fields[i] = Good(layout.fields[i]);
      EXPECT_EQ(Found(one), Strings{}) << layout.number;
    }
  }
  EXPECT_GT(choices, 0);
}

// RX-125
TEST(CheckFieldsLayoutTest, EveryFieldHoldsItsSizeAndNotOneMore) {
  ForEveryField([](const RecordLayout& layout, size_t i, const FieldLayout& field) {
    const bool sized = field.type == FieldType::kDigits || field.type == FieldType::kCode ||
                       field.type == FieldType::kHalf || field.type == FieldType::kText;
    if (!sized || !field.values.empty()) return;
    const std::string unit = Good(field);
    EXPECT_EQ(FoundWith(layout, i, Repeated(unit, field.size)), Strings{});
    EXPECT_EQ(FoundWith(layout, i, Repeated(unit, field.size + 1)), Only("RX-125", layout, i));
  });
}

// RX-122 RX-123 RX-124 RX-129 RX-130 RX-131 RX-132
TEST(CheckFieldsLayoutTest, EveryFieldRefusesWhatItsTypeExcludes) {
  const struct {
    FieldType type;
    const char* rule;
    std::vector<const char*> values;
  } kCases[] = {
      {FieldType::kDigits, "RX-122", {"x", "-1", "1.0", "１", "1 1", "ｱ"}},
      {FieldType::kCode, "RX-123", {"(1)", "a_b", "ｱ", "字", "1/2", "1 1"}},
      {FieldType::kHalf, "RX-124", {"ア", "Ａ", "ｱ　ｱ", "字"}},
      {FieldType::kDecimal, "RX-129", {"01", "1.", ".5", "1.50", "1.000001", "1234567", "-1"}},
      {FieldType::kFraction, "RX-132", {"1/0", "0/2", "1/", "/2", "1/2/3", "01/2", "1.5/2"}},
      {FieldType::kDay, "RX-130", {"20230229", "2024", "202402", "5080532", "x", "2024022"}},
      {FieldType::kBirthDay, "RX-131", {"20230229", "19", "202413", "70", "x", "60101"}},
  };
  for (const auto& [type, rule, values] : kCases) {
    int fields = 0;
    ForEveryField([&, type = type, rule = rule, &values = values](
                      const RecordLayout& layout, size_t i, const FieldLayout& field) {
      if (field.type != type) return;
      ++fields;
      for (const char* value : values) {
        EXPECT_EQ(FoundWith(layout, i, value), Only(rule, layout, i)) << value;
      }
    });
    EXPECT_GT(fields, 0) << rule;
  }
}

// RX-126
TEST(CheckFieldsLayoutTest, NoFieldTakesControlOrPrivateCharacters) {
  ForEveryField([](const RecordLayout& layout, size_t i, const FieldLayout& field) {
    for (const char* bad : {"\t", "\x01", "\x7F", "\uE000", "\uF8FF"}) {
      EXPECT_EQ(FoundWith(layout, i, absl::StrCat(Good(field), bad)), Only("RX-126", layout, i));
    }
  });
}

// RX-127
TEST(CheckFieldsLayoutTest, NoFieldTakesSpacesAroundItsValue) {
  ForEveryField([](const RecordLayout& layout, size_t i, const FieldLayout& field) {
    for (const char* space : {" ", "　"}) {
      const std::string good = Good(field);
      EXPECT_EQ(FoundWith(layout, i, absl::StrCat(good, space)), Only("RX-127", layout, i));
      EXPECT_EQ(FoundWith(layout, i, absl::StrCat(space, good)), Only("RX-127", layout, i));
      EXPECT_EQ(FoundWith(layout, i, space), Only("RX-127", layout, i));
    }
  });
}

// RX-128
TEST(CheckFieldsLayoutTest, CodesAreThoseOfTheirList) {
  int lists = 0;
  ForEveryField([&](const RecordLayout& layout, size_t i, const FieldLayout& field) {
    if (field.values.empty()) return;
    ++lists;
    const std::vector<std::string> values = absl::StrSplit(field.values, ',');
    for (const std::string& value : values) {
      EXPECT_EQ(FoundWith(layout, i, value), Strings{});
      if (static_cast<int>(value.size()) < field.size) {
        EXPECT_EQ(FoundWith(layout, i, absl::StrCat("0", value)), Strings{}) << "padded";
      }
    }
    for (int code = 0; code <= 9; ++code) {
      const std::string value = absl::StrCat(code);
      const bool listed = std::find(values.begin(), values.end(), value) != values.end();
      EXPECT_EQ(FoundWith(layout, i, value), listed ? Strings{} : Only("RX-128", layout, i));
    }
  });
  EXPECT_GT(lists, 10);
}

TEST(CheckFieldsLayoutTest, ASpoiledRecordIsNotJudged) {
  for (const RecordLayout& layout : Layouts()) {
    Record record = {kLine, &layout, {}};
    record.spoiled = true;
    EXPECT_EQ(Found(record), Strings{}) << layout.number;
  }
}

}  // namespace
}  // namespace tsunagu::prescription::record
