// Building blocks of the layout tables. Included by the tables only.
#ifndef SERVICES_MEDICATION_UKE_LAYOUT_TABLE_H_
#define SERVICES_MEDICATION_UKE_LAYOUT_TABLE_H_

#include <array>
#include <initializer_list>
#include <span>

#include "services/medication/uke/layout.h"

namespace tsunagu::medication::uke {

constexpr Field Id() {
  return {"レコード識別情報", Mode::kAlphanumeric, 2, Width::kFixed, Presence::kKey};
}

constexpr Field Digits(const char* name, int bytes, Presence presence = Presence::kConditional) {
  return {name, Mode::kDigits, static_cast<uint16_t>(bytes), Width::kVariable, presence};
}

// A code or flag that always has all of its digits.
constexpr Field Code(const char* name, int bytes, Presence presence = Presence::kConditional) {
  return {name, Mode::kDigits, static_cast<uint16_t>(bytes), Width::kFixed, presence};
}

constexpr Field Decimal(const char* name, int bytes, Presence presence = Presence::kConditional) {
  return {name, Mode::kDecimal, static_cast<uint16_t>(bytes), Width::kVariable, presence};
}

constexpr Field Alphanumeric(const char* name, int bytes, Width width = Width::kVariable,
                             Presence presence = Presence::kConditional) {
  return {name, Mode::kAlphanumeric, static_cast<uint16_t>(bytes), width, presence};
}

constexpr Field FullWidth(const char* name, int bytes, Presence presence = Presence::kConditional) {
  return {name, Mode::kFullWidth, static_cast<uint16_t>(bytes), Width::kVariable, presence};
}

constexpr Field Text(const char* name, int bytes, Presence presence = Presence::kConditional) {
  return {name, Mode::kText, static_cast<uint16_t>(bytes), Width::kVariable, presence};
}

// Codes of `unit` bytes one behind another.
constexpr Field Codes(const char* name, int bytes, int unit) {
  Field field = Alphanumeric(name, bytes);
  field.unit = static_cast<uint8_t>(unit);
  return field;
}

constexpr Field Day(const char* name, Presence presence = Presence::kConditional) {
  return {name, Mode::kDay, 8, Width::kVariable, presence};
}

constexpr Field Month(const char* name, Presence presence = Presence::kConditional) {
  return {name, Mode::kMonth, 6, Width::kVariable, presence};
}

constexpr Field Reserved() {
  return {"予備", Mode::kText, 0, Width::kVariable, Presence::kReserved};
}

// All parts one after another.
template <size_t... kSizes>
constexpr auto Join(const std::array<Field, kSizes>&... parts) {
  std::array<Field, (kSizes + ...)> all{};
  size_t at = 0;
  const auto append = [&](const auto& part) {
    for (const Field& field : part) all[at++] = field;
  };
  (append(parts), ...);
  return all;
}

// The group `kTimes` times over.
template <size_t kTimes, size_t kSize>
constexpr auto Times(const std::array<Field, kSize>& group) {
  std::array<Field, kTimes * kSize> all{};
  for (size_t i = 0; i < all.size(); ++i) all[i] = group[i % kSize];
  return all;
}

// The set of record types that may stand before a record.
constexpr uint64_t After(std::initializer_list<RecordType> types) {
  uint64_t bits = 0;
  for (const RecordType type : types) bits |= uint64_t{1} << static_cast<int>(type);
  return bits;
}

// The tables of one kind each.
std::span<const RecordLayout> MedicalLayouts();
std::span<const RecordLayout> DpcLayouts();
std::span<const RecordLayout> DentalLayouts();
std::span<const RecordLayout> PharmacyLayouts();

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_LAYOUT_TABLE_H_
