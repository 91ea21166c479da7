// Keeps many short strings once each, in one block of memory.
#ifndef SERVICES_PLATFORM_DRUG_MASTER_STRING_POOL_H_
#define SERVICES_PLATFORM_DRUG_MASTER_STRING_POOL_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace tsunagu::drug_master {

// Not thread safe while strings are added; reading is.
class StringPool {
 public:
  // Names a string of the pool. 0 is the empty string.
  using Handle = uint32_t;

  // Longer strings are cut here.
  static constexpr size_t kMaxStringBytes = 0xFFFF;

  // The handle of that string; equal strings have equal handles.
  Handle Add(absl::string_view text);

  // Valid until the next Add.
  absl::string_view Get(Handle handle) const;

  size_t bytes() const { return bytes_.size(); }

 private:
  // Each string is its length in two bytes and its text. The first is the empty one.
  std::string bytes_ = std::string(2, '\0');
  // By hash of the text; two strings that share a hash share no entry: the later one is stored
  // again each time, which costs memory and nothing else.
  absl::flat_hash_map<uint64_t, Handle> by_hash_;
};

}  // namespace tsunagu::drug_master

#endif  // SERVICES_PLATFORM_DRUG_MASTER_STRING_POOL_H_
