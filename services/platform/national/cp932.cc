#include "services/platform/national/cp932.h"

#include <iconv.h>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::national {
namespace {

// Bytes of the UTF-8 sequence that starts at text[at], or 0 when it is malformed.
size_t SequenceLength(absl::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return 1;
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || at + length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = byte(at + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second >= 0xA0;
  const bool beyond = lead == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

// A conversion descriptor of this thread: opening one costs more than converting a field.
class Converter {
 public:
  Converter(const char* to, const char* from) : to_(to), descriptor_(iconv_open(to, from)) {}
  ~Converter() {
    if (open()) iconv_close(descriptor_);
  }
  Converter(const Converter&) = delete;

  absl::StatusOr<std::string> Convert(absl::string_view input) {
    if (!open()) return absl::InternalError("iconv lacks CP932");
    iconv(descriptor_, nullptr, nullptr, nullptr, nullptr);  // forget what a bad input left
    std::string output(input.size() * 3 + 4, '\0');
    char* in = const_cast<char*>(input.data());
    size_t in_left = input.size();
    char* out = output.data();
    size_t out_left = output.size();
    if (iconv(descriptor_, &in, &in_left, &out, &out_left) == static_cast<size_t>(-1)) {
      return absl::InvalidArgumentError(
          absl::StrCat("no ", to_, " text at byte ", input.size() - in_left));
    }
    output.resize(output.size() - out_left);
    return output;
  }

 private:
  bool open() const { return descriptor_ != reinterpret_cast<iconv_t>(-1); }

  const char* const to_;
  const iconv_t descriptor_;
};

}  // namespace

absl::StatusOr<std::string> Cp932ToUtf8(absl::string_view cp932) {
  thread_local Converter converter("UTF-8", "CP932");
  return converter.Convert(cp932);
}

absl::StatusOr<std::string> Utf8ToCp932(absl::string_view utf8) {
  thread_local Converter converter("CP932", "UTF-8");
  return converter.Convert(utf8);
}

bool IsUtf8(absl::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    const size_t length = SequenceLength(bytes, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

absl::StatusOr<std::string> DecodeText(absl::string_view bytes) {
  constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (absl::StartsWith(bytes, kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (IsUtf8(bytes)) return std::string(bytes);
  return Cp932ToUtf8(bytes);
}

std::string ToHalfWidth(absl::string_view utf8) {
  std::string result;
  result.reserve(utf8.size());
  for (size_t at = 0; at < utf8.size();) {
    const size_t length = std::max<size_t>(SequenceLength(utf8, at), 1);
    const absl::string_view sequence = utf8.substr(at, length);
    at += length;
    if (length == 3 && sequence[0] == '\xEF' && (sequence[1] == '\xBC' || sequence[1] == '\xBD')) {
      // U+FF01..U+FF5E stand 0xFEE0 above '!'..'~'.
      const int point = ((sequence[1] & 0x3F) << 6) | (sequence[2] & 0x3F);  // low 12 bits, 0xF01..
      const int ascii = point - 0xF00 + 0x20;
      if (ascii > 0x20 && ascii < 0x7F) {
        result.push_back(static_cast<char>(ascii));
        continue;
      }
    }
    if (sequence == "\xE3\x80\x80") {  // U+3000
      result.push_back(' ');
      continue;
    }
    absl::StrAppend(&result, sequence);
  }
  return result;
}

size_t Cp932Length(absl::string_view utf8) {
  size_t length = 0;
  for (size_t at = 0; at < utf8.size();) {
    const size_t bytes = std::max<size_t>(SequenceLength(utf8, at), 1);
    const absl::string_view sequence = utf8.substr(at, bytes);
    // U+FF61..U+FF9F are the half-width kana, one byte each.
    const bool kana = bytes == 3 && sequence >= "\xEF\xBD\xA1" && sequence <= "\xEF\xBE\x9F";
    length += bytes == 1 || kana ? 1 : 2;
    at += bytes;
  }
  return length;
}

}  // namespace tsunagu::national
