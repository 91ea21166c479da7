// Every field of every record of the samples, checked against what its layout says of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/medication/uke/check.h"
#include "services/medication/uke/layout.h"
#include "services/medication/uke/reader.h"
#include "services/medication/uke/summary.h"
#include "services/medication/uke/test_files.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication::uke {
namespace {

using national::Finding;
using national::Findings;
using national::Severity;

constexpr char kKanji[] = "\x88\x9F";  // 亜 in CP932: two bytes
constexpr char kHalfACharacter[] = "\x81";

// A field of a record of a sample.
struct Place {
  const std::string* file = nullptr;
  int line = 0;
  RecordType type = RecordType::kUnknown;
  int position = 0;
  Field field;

  std::string Name() const { return absl::StrCat(TypeName(type), "[", position, "]"); }
};

std::string Repeated(absl::string_view text, size_t count) {
  std::string result;
  for (size_t i = 0; i < count; ++i) absl::StrAppend(&result, text);
  return result;
}

// The rules that are told of the place when `value` stands there, with their severities.
std::set<std::pair<std::string, Severity>> ToldOf(const Place& place, absl::string_view value) {
  const std::string file = WithField(*place.file, place.line, place.position, value);
  Reader reader(file);
  FileCheck check;
  Receipt receipt;
  while (reader.Next(&receipt)) check.Add(receipt);
  check.Finish(reader);
  std::set<std::pair<std::string, Severity>> told;
  for (const Finding& finding : check.findings()) {
    if (finding.record == place.line && absl::EndsWith(finding.field, place.Name())) {
      told.emplace(finding.rule, finding.severity);
    }
  }
  return told;
}

bool Tells(const Place& place, absl::string_view value, const char* rule, Severity severity) {
  return ToldOf(place, value).count({rule, severity}) > 0;
}

// All fields that claimants write of the first record of each type in the samples. Without the one
// that tells the fee table: with it the reader would take the file for another kind.
std::vector<Place> Places() {
  static const auto* const samples = new std::vector<std::string>(Samples());
  std::vector<Place> places;
  for (const std::string& file : *samples) {
    const Kind kind = CheckFile("", file).summary.kind;
    const std::vector<std::string> lines = Lines(file);
    std::set<RecordType> seen;
    for (size_t i = 0; i < lines.size(); ++i) {
      const RecordType type = TypeOf(lines[i]);
      if (!seen.insert(type).second) continue;
      const RecordLayout* layout = FindLayout(kind, type);
      const bool header =
          type == RecordType::kIR || type == RecordType::kUK || type == RecordType::kYK;
      for (size_t f = 1; layout != nullptr && f < layout->fields.size(); ++f) {
        const Place place = {&file, static_cast<int>(i) + 1, type, static_cast<int>(f) + 1,
                             layout->fields[f]};
        if (header && place.position == pos::kHeaderTable) continue;
        if (place.field.presence != Presence::kReserved) places.push_back(place);
      }
    }
  }
  return places;
}

bool IsNumber(const Field& field) {
  return field.mode == Mode::kDigits || field.mode == Mode::kDecimal;
}
bool IsDate(const Field& field) { return field.mode == Mode::kDay || field.mode == Mode::kMonth; }

// A fault of a text is a warning, unless the history cannot be built without the text.
Severity FaultOf(const Field& field) {
  const bool text = !IsNumber(field) && !IsDate(field);
  return text && field.presence != Presence::kKey ? Severity::kWarning : Severity::kError;
}

TEST(CheckLayoutTest, TheSamplesHaveFieldsOfEveryMode) {
  std::set<Mode> modes;
  for (const Place& place : Places()) modes.insert(place.field.mode);
  EXPECT_EQ(modes.size(), 7u);
  EXPECT_GT(Places().size(), 800u);
}

// MH-010
TEST(CheckLayoutTest, EveryRequiredFieldIsAskedFor) {
  for (const Place& place : Places()) {
    const Presence presence = place.field.presence;
    const bool required = presence == Presence::kKey || presence == Presence::kAlways;
    const Severity severity = presence == Presence::kKey ? Severity::kError : Severity::kWarning;
    EXPECT_EQ(Tells(place, "", "MH-010", severity), required) << place.line << place.Name();
  }
}

// MH-011
TEST(CheckLayoutTest, EveryFieldHoldsItsLimitAndNotOneMore) {
  for (const Place& place : Places()) {
    const Field& field = place.field;
    if (IsDate(field) || field.mode == Mode::kDecimal || field.max_bytes == 0) continue;
    const bool wide = field.mode == Mode::kFullWidth;
    const std::string unit = wide ? kKanji : field.mode == Mode::kDigits ? "1" : "A";
    const size_t units = wide ? field.max_bytes / 2 : field.max_bytes;
    EXPECT_TRUE(Tells(place, Repeated(unit, units + 1), "MH-011", FaultOf(field)))
        << place.line << place.Name();
    for (const auto& [rule, severity] : ToldOf(place, Repeated(unit, units))) {
      EXPECT_FALSE(rule == "MH-011" || rule == "MH-012" || rule == "MH-013")
          << rule << place.line << place.Name();
    }
  }
}

// MH-011
TEST(CheckLayoutTest, DecimalsHaveFivePlacesAtMost) {
  for (const Place& place : Places()) {
    if (place.field.mode != Mode::kDecimal) continue;
    EXPECT_TRUE(Tells(place, "1.000001", "MH-011", Severity::kError)) << place.Name();
    EXPECT_FALSE(Tells(place, "1.00001", "MH-011", Severity::kError)) << place.Name();
  }
}

// MH-012
TEST(CheckLayoutTest, FieldsOfFixedWidthAreFilled) {
  for (const Place& place : Places()) {
    const Field& field = place.field;
    if (IsDate(field) || field.mode == Mode::kDecimal || field.max_bytes < 3) continue;
    const bool wide = field.mode == Mode::kFullWidth;
    const std::string value = wide                          ? kKanji
                              : field.mode == Mode::kDigits ? std::string("1")
                                                            : std::string("A");
    EXPECT_EQ(Tells(place, value, "MH-012", FaultOf(field)), field.width == Width::kFixed)
        << place.line << place.Name();
  }
}

// MH-013
TEST(CheckLayoutTest, EveryFieldRefusesWhatItsModeExcludes) {
  for (const Place& place : Places()) {
    const Field& field = place.field;
    if (IsDate(field) || field.mode == Mode::kText) continue;
    const std::string value = IsNumber(field)                     ? "x"
                              : field.mode == Mode::kAlphanumeric ? kKanji
                                                                  : "A";
    EXPECT_TRUE(Tells(place, value, "MH-013", FaultOf(field))) << place.line << place.Name();
  }
}

// MH-013
TEST(CheckLayoutTest, NoSpellingButPlainDigitsIsANumber) {
  for (const Place& place : Places()) {
    if (!IsNumber(place.field)) continue;
    for (const char* value : {"-1", "+1", "1e1", "0x1", " 1", "1 ", ".5", "\x82\x50"}) {
      EXPECT_TRUE(Tells(place, value, "MH-013", Severity::kError)) << place.Name() << value;
    }
  }
}

// MH-014
TEST(CheckLayoutTest, EveryDateIsADayOrMonthThatExists) {
  for (const Place& place : Places()) {
    if (!IsDate(place.field)) continue;
    for (const char* value : {"0", "20260230", "202613", "6010101", "2026-5-1", "99999999"}) {
      EXPECT_TRUE(Tells(place, value, "MH-014", Severity::kError)) << place.Name() << value;
    }
  }
}

// MH-001
TEST(CheckLayoutTest, HalfACharacterIsTextOfNoField) {
  for (const Place& place : Places()) {
    if (IsNumber(place.field) || IsDate(place.field)) continue;
    EXPECT_TRUE(Tells(place, kHalfACharacter, "MH-001", Severity::kError))
        << place.line << place.Name();
  }
}

}  // namespace
}  // namespace tsunagu::medication::uke
