#include "services/prescription/record/text.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::prescription::record {
namespace {

constexpr char kEndMark = '\x1A';
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kBlackSquare = "\x81\xA1";

bool IsAscii(absl::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Bytes of the UTF-8 character that starts with this byte; 1 for a stray byte.
size_t CharacterLength(char lead) {
  const unsigned char byte = static_cast<unsigned char>(lead);
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

std::string ToCp932(absl::string_view utf8) {
  if (IsAscii(utf8)) return std::string(utf8);
  absl::StatusOr<std::string> whole = national::Utf8ToCp932(utf8);
  if (whole.ok()) return *std::move(whole);
  std::string bytes;
  while (!utf8.empty()) {
    const absl::string_view character = utf8.substr(0, CharacterLength(utf8[0]));
    const absl::StatusOr<std::string> one = national::Utf8ToCp932(character);
    absl::StrAppend(&bytes, one.ok() ? absl::string_view(*one) : kBlackSquare);
    utf8.remove_prefix(character.size());
  }
  return bytes;
}

void DecodeLine(absl::string_view bytes, Charset charset, Line& line) {
  if (charset == Charset::kUtf8 || IsAscii(bytes)) {
    line.text = std::string(bytes);
    return;
  }
  absl::StatusOr<std::string> text = national::Cp932ToUtf8(bytes);
  line.broken = !text.ok();
  if (text.ok()) line.text = *std::move(text);
  if (line.broken || ToCp932(line.text) != bytes) line.raw = std::string(bytes);
}

absl::string_view EndBytes(LineEnd end) {
  return end == LineEnd::kCrLf ? "\r\n" : end == LineEnd::kLf ? "\n" : "";
}

// Takes the first line with its end off `bytes`.
absl::string_view TakeLine(absl::string_view& bytes, LineEnd& end) {
  const size_t lf = bytes.find('\n');
  absl::string_view line = bytes.substr(0, lf);
  bytes.remove_prefix(lf == absl::string_view::npos ? bytes.size() : lf + 1);
  end = lf == absl::string_view::npos ? LineEnd::kNone : LineEnd::kLf;
  if (end == LineEnd::kLf && absl::EndsWith(line, "\r")) {
    line.remove_suffix(1);
    end = LineEnd::kCrLf;
  }
  return line;
}

}  // namespace

absl::StatusOr<RecordText> DecodeRecordText(absl::string_view bytes) {
  if (bytes.size() > kMaxFileBytes) {
    return absl::OutOfRangeError(absl::StrCat("longer than ", kMaxFileBytes, " bytes"));
  }
  if (static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\n')) > kMaxLines) {
    return absl::OutOfRangeError(absl::StrCat("more than ", kMaxLines, " lines"));
  }
  RecordText text;
  text.byte_order_mark = absl::StartsWith(bytes, kByteOrderMark);
  if (text.byte_order_mark) bytes.remove_prefix(kByteOrderMark.size());
  text.end_mark = !bytes.empty() && bytes.back() == kEndMark;
  if (text.end_mark) bytes.remove_suffix(1);
  const bool utf8 = text.byte_order_mark || !IsAscii(bytes);
  text.charset = utf8 && national::IsUtf8(bytes) ? Charset::kUtf8 : Charset::kCp932;
  while (!bytes.empty()) {
    Line line;
    const absl::string_view content = TakeLine(bytes, line.end);
    DecodeLine(content, text.charset, line);
    text.lines.push_back(std::move(line));
  }
  return text;
}

std::string EncodeRecordText(const RecordText& text) {
  std::string bytes;
  if (text.byte_order_mark) absl::StrAppend(&bytes, kByteOrderMark);
  for (const Line& line : text.lines) {
    if (!line.raw.empty()) {
      absl::StrAppend(&bytes, line.raw);
    } else {
      absl::StrAppend(&bytes, text.charset == Charset::kUtf8 ? line.text : ToCp932(line.text));
    }
    absl::StrAppend(&bytes, EndBytes(line.end));
  }
  if (text.end_mark) bytes.push_back(kEndMark);
  return bytes;
}

}  // namespace tsunagu::prescription::record
