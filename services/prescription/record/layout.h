// The record layouts of the electronic prescription's text files: one table that reading, checking
// and writing all follow.
//
// Three formats share one numbering family:
//   JAHIS  院外処方箋2次元シンボル記録条件規約 Ver.1.10, head JAHISnn
//   SJ1    記録条件仕様 処方編: what an issuer registers
//   CJ1    記録条件仕様 調剤編: what a pharmacy registers
// Where a format differs, the table holds a row of its own for it. The layouts of the CJ1 records
// that only dispensing has are inferred (docs/requirements/prescription.md, RX-108).
#ifndef SERVICES_PRESCRIPTION_RECORD_LAYOUT_H_
#define SERVICES_PRESCRIPTION_RECORD_LAYOUT_H_

#include <cstddef>
#include <optional>
#include <span>

#include "absl/strings/string_view.h"

namespace tsunagu::prescription::record {

enum class Format : unsigned { kJahis = 1, kSj1 = 2, kCj1 = 4 };

// "JAHIS", "SJ1" or "CJ1".
absl::string_view FormatName(Format format);

enum class FieldType {
  kDigits,    // 9: digits
  kCode,      // X: half-width letters, digits, '.', '-'
  kHalf,      // X with half-width kana and inner spaces, for names in kana
  kText,      // N: any character; the size counts full-width characters
  kDecimal,   // X12: at most 6 digits before and 5 after the dot, no useless zeros
  kFraction,  // kDecimal, or two whole numbers as in "2/3"
  kDay,       // YYYYMMDD, or GYYMMDD with an era digit
  kBirthDay,  // kDay, or only its year (YYYY, GYY) or year and month (YYYYMM, GYYMM)
};

enum class Need {
  kOptional,
  kRequired,
  kOneOf,  // at least one of the record's kOneOf fields is filled
};

struct FieldLayout {
  absl::string_view name;  // stable: findings and the typed model use it
  FieldType type;
  int size;  // longest value, in characters (kText: full-width characters, two bytes each)
  Need need = Need::kOptional;
  absl::string_view values = "";  // comma-separated values allowed; empty means any
};

// How often a record stands in its scope: the file (kHeader, kTail), its RP or its drug.
enum class Presence { kRequired, kOptional, kRepeated };

// The part of the file that a record belongs to, in file order.
enum class Scope {
  kHeader,
  kRp,     // first field "rp"
  kDrug,   // first fields "rp", "seq"
  kRpEnd,  // first field "rp"; after the RP's drugs
  kTail,
};

struct RecordLayout {
  int number;
  absl::string_view name_ja;
  unsigned formats;  // the union of Format values that have this row
  Scope scope;
  Presence presence;
  std::span<const FieldLayout> fields;  // without the record number
};

// All rows, in record order.
std::span<const RecordLayout> Layouts();

// The row of that record in that format, or nullptr. Lives as long as the program.
const RecordLayout* FindLayout(Format format, int number);

// Whether any format has that record.
bool IsKnownRecord(int number);

// Position of a named field in fields, or nothing.
std::optional<size_t> FieldIndex(const RecordLayout& layout, absl::string_view name);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_LAYOUT_H_
