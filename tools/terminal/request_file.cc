#include "tools/terminal/request_file.h"

#include <openssl/sha.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace tsunagu::terminal {
namespace {

constexpr absl::Duration kFirstWait = absl::Seconds(1);
constexpr absl::Duration kLongestWait = absl::Minutes(1);
constexpr size_t kCommandIdDigits = 48;

}  // namespace

bool IsWhole(bool being_written, bool closed, bool ends, absl::Duration same_for,
             const Patience& patience) {
  if (being_written) return false;
  if (!ends) return same_for >= patience.incomplete;
  return closed || same_for >= patience.settle;
}

bool EndsAsMessage(absl::string_view tail) {
  tail = absl::StripTrailingAsciiWhitespace(tail);
  return absl::EndsWith(tail, "XmlMsg>") && tail.rfind("</") != absl::string_view::npos;
}

Next NextStep(const InWork& in_work) {
  if (in_work.request) return in_work.answer ? Next::kMark : Next::kAsk;
  if (in_work.answered) return in_work.answer ? Next::kPublish : Next::kFinish;
  return Next::kNothing;
}

std::string RequestOf(absl::string_view name, InWork& in_work) {
  if (absl::EndsWith(name, kDraftSuffix)) return "";
  if (absl::ConsumeSuffix(&name, kAnsweredSuffix)) {
    in_work.answered = true;
  } else if (absl::ConsumeSuffix(&name, kAnswerSuffix)) {
    in_work.answer = true;
  } else {
    in_work.request = true;
  }
  return std::string(name);
}

absl::Duration BackOff(int attempt, absl::Duration told) {
  const int doublings = std::min(attempt - 1, 10);
  return std::max(told, std::min(kFirstWait * (1 << doublings), kLongestWait));
}

std::string Digest(absl::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest), sizeof digest});
}

std::string CommandId(int interface, absl::string_view institution,
                      absl::string_view file_identifier, absl::string_view digest) {
  return Digest(absl::StrCat(interface, "\n", institution, "\n", file_identifier, "\n", digest))
      .substr(0, kCommandIdDigits);
}

}  // namespace tsunagu::terminal
