#include "services/platform/drug_master/string_pool.h"

#include "absl/hash/hash.h"

namespace tsunagu::drug_master {

StringPool::Handle StringPool::Add(absl::string_view text) {
  if (text.empty()) return 0;
  text = text.substr(0, kMaxStringBytes);
  const auto next = static_cast<Handle>(bytes_.size());
  const auto [entry, is_new] = by_hash_.try_emplace(absl::Hash<absl::string_view>{}(text), next);
  if (!is_new && Get(entry->second) == text) return entry->second;
  bytes_.push_back(static_cast<char>(text.size() >> 8));
  bytes_.push_back(static_cast<char>(text.size() & 0xFF));
  bytes_.append(text.data(), text.size());
  return next;
}

absl::string_view StringPool::Get(Handle handle) const {
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(bytes_[at]); };
  const size_t length = byte(handle) << 8 | byte(handle + 1);
  return absl::string_view(bytes_).substr(handle + 2, length);
}

}  // namespace tsunagu::drug_master
