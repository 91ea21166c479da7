// Text as Japan's national files carry it: CP932 (Microsoft's Shift_JIS) to and from UTF-8, and
// character widths.
//
// One table for every input: strict Shift_JIS maps 817C and 8160 to other characters than CP932,
// and the same drug name would then not compare equal (facts: receipts-eligibility 1.1).
#ifndef SERVICES_PLATFORM_NATIONAL_CP932_H_
#define SERVICES_PLATFORM_NATIONAL_CP932_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::national {

// INVALID_ARGUMENT names the byte offset of the first sequence that is not CP932.
absl::StatusOr<std::string> Cp932ToUtf8(absl::string_view cp932);

// INVALID_ARGUMENT names the byte offset of the first character that CP932 lacks, or that is not
// UTF-8.
absl::StatusOr<std::string> Utf8ToCp932(absl::string_view utf8);

// Whether the bytes are well-formed UTF-8 (plain ASCII is).
bool IsUtf8(absl::string_view bytes);

// Reads a file in either encoding: a UTF-8 byte-order mark is dropped, well-formed UTF-8 is kept,
// the rest is CP932.
absl::StatusOr<std::string> DecodeText(absl::string_view bytes);

// Full-width ASCII letters, digits, signs and the full-width space become half-width; the rest is
// kept. UTF-8.
std::string ToHalfWidth(absl::string_view utf8);

// Length in bytes after CP932 encoding: what the national "bytes" limits count. Unencodable
// characters count 2.
size_t Cp932Length(absl::string_view utf8);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_CP932_H_
