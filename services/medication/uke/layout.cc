#include "services/medication/uke/layout.h"

#include <array>

#include "services/medication/uke/layout_table.h"

namespace tsunagu::medication::uke {
namespace {

constexpr int kTypeCount = static_cast<int>(RecordType::kGO) + 1;

constexpr std::array<const char*, kTypeCount> kTypeNames = {
    "??", "??", "IR", "UK", "YK", "RE", "HO", "KO", "SN", "JD", "MF", "GR", "SY",
    "HS", "BU", "SB", "KK", "SK", "GA", "HH", "GT", "SS", "SI", "IY", "TO", "CO",
    "SJ", "CD", "TI", "TR", "TS", "SH", "CZ", "TK", "KI", "ST", "GO"};

// Records that insurers and agencies add to their copies of a file.
constexpr const char* kForeignNames[] = {"HI", "HR", "HC", "HG", "RC", "JY", "EX",
                                         "MD", "RT", "JR", "MK", "MN", "ON"};

using LayoutIndex = std::array<const RecordLayout*, kTypeCount>;

LayoutIndex IndexOf(std::span<const RecordLayout> layouts) {
  LayoutIndex index{};
  for (const RecordLayout& layout : layouts) index[static_cast<int>(layout.type)] = &layout;
  return index;
}

constexpr int PairIndex(char first, char second) { return (first - 'A') * 26 + (second - 'A'); }

// Record types by their two letters.
constexpr auto kTypeByPair = [] {
  std::array<RecordType, 26 * 26> types{};
  for (int i = static_cast<int>(RecordType::kIR); i < kTypeCount; ++i) {
    types[PairIndex(kTypeNames[i][0], kTypeNames[i][1])] = static_cast<RecordType>(i);
  }
  for (const char* name : kForeignNames) types[PairIndex(name[0], name[1])] = RecordType::kForeign;
  return types;
}();

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

absl::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kMedical:
      return "medical";
    case Kind::kDpc:
      return "dpc";
    case Kind::kDental:
      return "dental";
    case Kind::kPharmacy:
      return "pharmacy";
    case Kind::kUnknown:
      break;
  }
  return "unknown";
}

RecordType TypeOf(absl::string_view line) {
  if (line.size() < 2 || (line.size() > 2 && line[2] != ',')) return RecordType::kUnknown;
  if (!IsCapital(line[0]) || !IsCapital(line[1])) return RecordType::kUnknown;
  return kTypeByPair[PairIndex(line[0], line[1])];
}

absl::string_view TypeName(RecordType type) { return kTypeNames[static_cast<int>(type)]; }

const RecordLayout* FindLayout(Kind kind, RecordType type) {
  static const LayoutIndex kMedicalIndex = IndexOf(MedicalLayouts());
  static const LayoutIndex kDpcIndex = IndexOf(DpcLayouts());
  static const LayoutIndex kDentalIndex = IndexOf(DentalLayouts());
  static const LayoutIndex kPharmacyIndex = IndexOf(PharmacyLayouts());
  switch (kind) {
    case Kind::kMedical:
      return kMedicalIndex[static_cast<int>(type)];
    case Kind::kDpc:
      return kDpcIndex[static_cast<int>(type)];
    case Kind::kDental:
      return kDentalIndex[static_cast<int>(type)];
    case Kind::kPharmacy:
      return kPharmacyIndex[static_cast<int>(type)];
    case Kind::kUnknown:
      break;
  }
  return nullptr;
}

bool MayFollow(const RecordLayout& layout, RecordType previous) {
  return (layout.after >> static_cast<int>(previous)) & 1;
}

}  // namespace tsunagu::medication::uke
