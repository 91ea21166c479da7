#include "services/medication/uke/writer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/medication/uke/check.h"
#include "services/medication/uke/layout.h"
#include "services/medication/uke/reader.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication::uke {
namespace {

std::string Repeated(absl::string_view text, size_t count) {
  std::string result;
  for (size_t i = 0; i < count; ++i) absl::StrAppend(&result, text);
  return result;
}

// Any value that the field may have.
std::string ValueOf(const Field& field) {
  const size_t limit = field.max_bytes == 0 ? 10 : std::min<size_t>(field.max_bytes, 60);
  const size_t codes = limit / field.unit;
  const size_t length =
      field.width == Width::kFixed ? limit : *rc::gen::inRange<size_t>(1, codes + 1) * field.unit;
  switch (field.mode) {
    case Mode::kDigits:
      return *rc::gen::container<std::string>(length, rc::gen::inRange('0', ':'));
    case Mode::kDecimal:
      return *rc::gen::elementOf(std::vector<std::string>{"0", "1", "0.5", "300", "12.25"});
    case Mode::kAlphanumeric:
      return *rc::gen::container<std::string>(length, rc::gen::inRange('0', '['));
    case Mode::kFullWidth:
      return Repeated("漢", std::max<size_t>(length / 2, 1));
    case Mode::kText:
      return *rc::gen::arbitrary<bool>() ? Repeated("字", std::max<size_t>(length / 2, 1))
                                         : std::string(length, 'x');
    case Mode::kDay:
      return *rc::gen::elementOf(std::vector<std::string>{"20260531", "4280617", "5010501"});
    case Mode::kMonth:
      return *rc::gen::elementOf(std::vector<std::string>{"202605", "42806", "50105"});
  }
  return "";
}

// Any values of a record that are all that is required, and more.
std::string RecordOf(Kind kind, RecordType type, std::map<int, std::string> values) {
  const std::span<const Field> fields = FindLayout(kind, type)->fields;
  for (size_t i = 1; i < fields.size(); ++i) {
    const Presence presence = fields[i].presence;
    const bool required = presence == Presence::kKey || presence == Presence::kAlways;
    const int position = static_cast<int>(i) + 1;
    if (values.contains(position) || presence == Presence::kReserved) continue;
    if (required || *rc::gen::inRange(0, 4) == 0) values[position] = ValueOf(fields[i]);
  }
  return WriteRecord(kind, type, values).value();
}

// What tells the kind of a file.
std::map<int, std::string> MarksOf(Kind kind, RecordType type) {
  if (type == RecordType::kIR || type == RecordType::kUK || type == RecordType::kYK) {
    const bool dental = kind == Kind::kDental;
    return {{pos::kHeaderPrefecture, "13"},
            {pos::kHeaderTable, dental                    ? "3"
                                : kind == Kind::kPharmacy ? "4"
                                                          : "1"},
            {pos::kHeaderFacility, "1234567"}};
  }
  if (type == RecordType::kRE && kind == Kind::kMedical) return {{pos::kReMedicalSearch, ""}};
  if (type == RecordType::kRE && kind == Kind::kDpc) return {{pos::kReSummary, "0"}};
  return {};
}

RecordType HeaderOf(Kind kind) {
  if (kind == Kind::kDental) return RecordType::kUK;
  return kind == Kind::kPharmacy ? RecordType::kYK : RecordType::kIR;
}

// Records in an order that the table allows.
std::vector<std::string> ReceiptOf(Kind kind) {
  std::vector<std::string> records;
  RecordType previous = RecordType::kUnknown;
  for (int length = *rc::gen::inRange(2, 25); length > 0; --length) {
    std::vector<RecordType> next;
    for (int i = static_cast<int>(RecordType::kIR); i <= static_cast<int>(RecordType::kGO); ++i) {
      const RecordLayout* layout = FindLayout(kind, static_cast<RecordType>(i));
      if (layout != nullptr && MayFollow(*layout, previous)) next.push_back(layout->type);
    }
    if (next.empty()) break;
    previous = *rc::gen::elementOf(next);
    records.push_back(RecordOf(kind, previous, MarksOf(kind, previous)));
  }
  return records;
}

// What the table alone decides; the other rules are between values.
bool IsOfTheTable(const national::Finding& finding) {
  static const std::set<std::string>* const rules =
      new std::set<std::string>{"MH-001", "MH-005", "MH-006", "MH-008", "MH-009", "MH-010",
                                "MH-011", "MH-012", "MH-013", "MH-014", "MH-207"};
  return rules->contains(finding.rule);
}

// MH-211
TEST(WriterTest, MH211WhatIsWrittenIsReadForAnyFileOfAnyKind) {
  EXPECT_TRUE(rc::check([] {
    const Kind kind = *rc::gen::elementOf(std::vector<Kind>(std::begin(kKinds), std::end(kKinds)));
    std::vector<std::string> records = {
        RecordOf(kind, HeaderOf(kind), MarksOf(kind, HeaderOf(kind)))};
    for (int receipts = *rc::gen::inRange(1, 4); receipts > 0; --receipts) {
      const std::vector<std::string> receipt = ReceiptOf(kind);
      records.insert(records.end(), receipt.begin(), receipt.end());
    }
    records.push_back(RecordOf(kind, RecordType::kGO, {}));
    const std::string file = WriteFile(records).value();

    Reader reader(file);
    FileCheck check;
    Receipt receipt;
    std::vector<std::string> read;
    while (reader.Next(&receipt)) {
      RC_ASSERT(receipt.header.kind == kind);
      check.Add(receipt);
      for (const Record& line : receipt.lines) {
        read.push_back(DecodeField(receipt.header.encoding, line.text).value_or("?"));
      }
    }
    check.Finish(reader);
    RC_ASSERT(read == std::vector<std::string>(records.begin() + 1, records.end() - 1));
    for (const auto& findings : {reader.findings(), check.findings()}) {
      for (const national::Finding& finding : findings) {
        if (IsOfTheTable(finding)) RC_FAIL(absl::StrCat(finding.rule, " ", finding.field));
      }
    }
  }));
}

TEST(WriterTest, MH211ValuesAreWrittenAsTheTableHasThem) {
  EXPECT_EQ(WriteRecord(Kind::kDental, RecordType::kKO,
                        {{2, "138057"}, {4, "1"}, {5, "2"}, {6, "0"}, {10, "7"}})
                .value(),
            "KO,  138057,,1,2,0,,,,7");
  EXPECT_EQ(WriteRecord(Kind::kDpc, RecordType::kCD,
                        {{2, "20260511"}, {3, "1"}, {6, "620007818"}, {7, "01.50"}})
                .value(),
            "CD,20260511,01,,,620007818,1.5,,,,");
  EXPECT_EQ(WriteFile({"GO,1,2,99"}).value(), "GO,1,2,99\r\n\x1A");
}

TEST(WriterTest, MH211WhatNoFileCanExpressIsRefused) {
  const auto code = [](Kind kind, RecordType type, const std::map<int, std::string>& values) {
    return WriteRecord(kind, type, values).status().code();
  };
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_EQ(code(Kind::kMedical, RecordType::kCD, {}), kInvalid);
  EXPECT_EQ(code(Kind::kMedical, RecordType::kGO, {{5, "1"}}), kInvalid);
  EXPECT_EQ(code(Kind::kMedical, RecordType::kGO, {{1, "GO"}}), kInvalid);
  for (const char* value : {"1,2", "1\r", "1\n2", "\x1A"}) {
    EXPECT_EQ(code(Kind::kMedical, RecordType::kSJ, {{3, value}}), kInvalid);
  }
  EXPECT_EQ(WriteFile({"SJ,01,\xF0\x9F\x98\x80"}).status().code(), kInvalid);
}

}  // namespace
}  // namespace tsunagu::medication::uke
