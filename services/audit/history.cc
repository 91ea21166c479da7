#include "services/audit/history.h"

#include <openssl/sha.h>

#include <algorithm>
#include <tuple>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::audit {
namespace {

using tsunagu::audit::v1::Head;
using tsunagu::audit::v1::History;
using tsunagu::audit::v1::PageToken;
using tsunagu::audit::v1::Record;

constexpr size_t kDigestBytes = 8;
// Of the text of a token; one of 100 subjects is shorter.
constexpr size_t kMaxTokenBytes = 2048;

std::string DigestOf(std::span<const std::string> subjects) {
  std::string text;
  for (const std::string& subject : subjects) absl::StrAppend(&text, subject, "\n");
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), kDigestBytes);
}

bool Newer(const Record& a, const Record& b) {
  return std::make_tuple(a.time().seconds(), a.time().nanos(), absl::string_view(a.id())) >
         std::make_tuple(b.time().seconds(), b.time().nanos(), absl::string_view(b.id()));
}

}  // namespace

std::string HeadName(absl::string_view subject) { return absl::StrCat("head/", subject); }

std::string PageName(absl::string_view subject, int64_t page) {
  return absl::StrCat("page/", subject, "/", page);
}

bool Append(Record record, Head& head, std::optional<History>& full) {
  for (const Record& known : head.records()) {
    if (known.id() == record.id()) return false;
  }
  *head.add_records() = std::move(record);
  if (head.records_size() < kHeadRecords) return true;
  full.emplace();
  for (int i = 0; i < kPageRecords; ++i) full->add_records()->Swap(head.mutable_records(i));
  head.mutable_records()->DeleteSubrange(0, kPageRecords);
  head.set_pages(head.pages() + 1);
  return true;
}

int64_t Count(const Head& head) { return head.pages() * kPageRecords + head.records_size(); }

std::pair<int64_t, int64_t> PagesOf(const Head& head, int64_t from, int64_t to) {
  const int64_t end = std::min((to + kPageRecords - 1) / kPageRecords, head.pages());
  return {std::min(from / kPageRecords, end), end};
}

std::vector<Record> TakeNewest(std::span<Unshown> histories, int limit) {
  std::vector<Record> taken;
  while (static_cast<int>(taken.size()) < limit) {
    Unshown* newest = nullptr;
    for (Unshown& history : histories) {
      if (history.empty()) continue;
      if (newest == nullptr || Newer(history.back(), newest->back())) newest = &history;
    }
    if (newest == nullptr) break;
    taken.push_back(std::move(newest->back()));
    newest->pop_back();
  }
  return taken;
}

std::string MakePageToken(std::span<const std::string> subjects, std::span<const int64_t> left) {
  if (std::all_of(left.begin(), left.end(), [](int64_t n) { return n == 0; })) return "";
  PageToken token;
  token.set_subjects(DigestOf(subjects));
  token.mutable_left()->Add(left.begin(), left.end());
  return absl::WebSafeBase64Escape(token.SerializeAsString());
}

std::optional<std::vector<int64_t>> ReadPageToken(std::span<const std::string> subjects,
                                                  absl::string_view token) {
  std::string bytes;
  PageToken parsed;
  if (token.size() > kMaxTokenBytes || !absl::WebSafeBase64Unescape(token, &bytes) ||
      !parsed.ParseFromString(bytes) || parsed.subjects() != DigestOf(subjects) ||
      static_cast<size_t>(parsed.left_size()) != subjects.size()) {
    return std::nullopt;
  }
  std::vector<int64_t> left(parsed.left().begin(), parsed.left().end());
  if (std::any_of(left.begin(), left.end(), [](int64_t n) { return n < 0; })) return std::nullopt;
  return left;
}

}  // namespace tsunagu::audit
