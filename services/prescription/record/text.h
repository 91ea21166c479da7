// The bytes of a record file as lines, and back again without the change of a single byte.
#ifndef SERVICES_PRESCRIPTION_RECORD_TEXT_H_
#define SERVICES_PRESCRIPTION_RECORD_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::prescription::record {

// A real prescription is 1 to 2 KB and some dozens of lines.
inline constexpr size_t kMaxFileBytes = size_t{1} << 20;
inline constexpr size_t kMaxLines = 5000;

enum class Charset { kCp932, kUtf8 };
enum class LineEnd { kNone, kLf, kCrLf };  // kNone: the file ends without one

struct Line {
  std::string text;  // UTF-8, without the line end
  LineEnd end = LineEnd::kCrLf;
  // The line's own bytes when encoding `text` would not give them back: a line that does not decode
  // (then `text` is empty), or one of CP932's second spellings of a character.
  std::string raw;
  bool broken = false;  // the bytes are no text in the file's charset

  bool operator==(const Line&) const = default;
};

struct RecordText {
  Charset charset = Charset::kCp932;  // plain ASCII counts as CP932
  bool byte_order_mark = false;       // of UTF-8
  bool end_mark = false;              // the last byte is 1A
  std::vector<Line> lines;

  bool operator==(const RecordText&) const = default;
};

// Splits and decodes. Well-formed UTF-8 is taken as such, all else as CP932.
// OUT_OF_RANGE when the file exceeds kMaxFileBytes or kMaxLines.
absl::StatusOr<RecordText> DecodeRecordText(absl::string_view bytes);

// The bytes of the text. EncodeRecordText(*DecodeRecordText(b)) == b for all b that it reads.
// Characters that CP932 lacks become the black square (81A1), as the national rule says.
std::string EncodeRecordText(const RecordText& text);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_TEXT_H_
