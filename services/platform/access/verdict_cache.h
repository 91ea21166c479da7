// A bounded cache of immutable verdicts by key, for many threads.
#ifndef SERVICES_PLATFORM_ACCESS_VERDICT_CACHE_H_
#define SERVICES_PLATFORM_ACCESS_VERDICT_CACHE_H_

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace tsunagu::access {

// Remembers about `capacity` values. Each shard keeps two generations: when the young one is full
// it becomes the old one, and the old one goes; what is asked for moves back to the young one. So
// nothing is swept, and a value in use stays. The cache knows no time: who reads a verdict checks
// whether it still holds. Thread safe.
template <typename Value>
class VerdictCache {
 public:
  explicit VerdictCache(size_t capacity) : shard_capacity_(capacity / (2 * kShards) + 1) {}

  // Null when not remembered.
  std::shared_ptr<const Value> Find(absl::string_view key) {
    Shard& shard = ShardOf(key);
    Map retired;  // freed after the lock
    absl::MutexLock lock(&shard.mutex);
    if (const auto young = shard.young.find(key); young != shard.young.end()) return young->second;
    const auto old = shard.old.find(key);
    if (old == shard.old.end()) return nullptr;
    auto value = std::move(old->second);
    shard.old.erase(old);
    retired = Put(shard, key, value);
    return value;
  }

  // Remembers a value, in place of an earlier one of that key.
  void Insert(absl::string_view key, std::shared_ptr<const Value> value) {
    Shard& shard = ShardOf(key);
    Map retired;
    absl::MutexLock lock(&shard.mutex);
    shard.old.erase(key);
    retired = Put(shard, key, std::move(value));
  }

  size_t size() const {
    size_t size = 0;
    for (const Shard& shard : shards_) {
      absl::MutexLock lock(&shard.mutex);
      size += shard.young.size() + shard.old.size();
    }
    return size;
  }

 private:
  static constexpr size_t kShards = 16;
  using Map = absl::flat_hash_map<std::string, std::shared_ptr<const Value>>;

  struct alignas(64) Shard {
    mutable absl::Mutex mutex;
    Map young ABSL_GUARDED_BY(mutex);
    Map old ABSL_GUARDED_BY(mutex);
  };

  Shard& ShardOf(absl::string_view key) {
    return shards_[absl::Hash<absl::string_view>()(key) % kShards];
  }

  // Returns the generation that goes.
  Map Put(Shard& shard, absl::string_view key, std::shared_ptr<const Value> value)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex) {
    Map retired;
    if (shard.young.size() >= shard_capacity_) {
      retired = std::exchange(shard.old, std::exchange(shard.young, {}));
    }
    shard.young[key] = std::move(value);
    return retired;
  }

  const size_t shard_capacity_;
  std::array<Shard, kShards> shards_;
};

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_VERDICT_CACHE_H_
