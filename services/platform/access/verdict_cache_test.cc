#include "services/platform/access/verdict_cache.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace tsunagu::access {
namespace {

TEST(VerdictCacheTest, FindsWhatWasInserted) {
  VerdictCache<int> cache(100);
  EXPECT_EQ(cache.Find("a"), nullptr);
  cache.Insert("a", std::make_shared<int>(1));
  ASSERT_NE(cache.Find("a"), nullptr);
  EXPECT_EQ(*cache.Find("a"), 1);
  EXPECT_EQ(cache.Find("b"), nullptr);
}

TEST(VerdictCacheTest, ALaterValueReplacesAnEarlierOne) {
  VerdictCache<int> cache(100);
  cache.Insert("a", std::make_shared<int>(1));
  cache.Insert("a", std::make_shared<int>(2));
  EXPECT_EQ(*cache.Find("a"), 2);
  EXPECT_EQ(cache.size(), 1u);
}

TEST(VerdictCacheTest, StaysBounded) {
  constexpr size_t kCapacity = 320;
  VerdictCache<int> cache(kCapacity);
  for (int i = 0; i < 100'000; ++i) cache.Insert(std::to_string(i), std::make_shared<int>(i));
  EXPECT_LE(cache.size(), kCapacity + 32);  // each generation of a shard rounds up
  EXPECT_GE(cache.size(), kCapacity / 2);
}

TEST(VerdictCacheTest, WhatIsInUseStays) {
  VerdictCache<int> cache(320);
  cache.Insert("used", std::make_shared<int>(7));
  for (int i = 0; i < 10'000; ++i) {
    cache.Insert(std::to_string(i), std::make_shared<int>(i));
    ASSERT_NE(cache.Find("used"), nullptr) << i;
  }
}

TEST(VerdictCacheTest, AReadersValueOutlivesItsEviction) {
  VerdictCache<int> cache(1);
  cache.Insert("a", std::make_shared<int>(1));
  const auto held = cache.Find("a");
  for (int i = 0; i < 1000; ++i) cache.Insert(std::to_string(i), std::make_shared<int>(i));
  EXPECT_EQ(*held, 1);
}

TEST(VerdictCacheTest, ServesManyThreads) {
  VerdictCache<int> cache(1000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&cache] {
      for (int i = 0; i < 20'000; ++i) {
        const std::string key = std::to_string(i % 700);
        const auto found = cache.Find(key);
        if (found == nullptr) {
          cache.Insert(key, std::make_shared<int>(i % 700));
        } else {
          EXPECT_EQ(*found, i % 700);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace tsunagu::access
