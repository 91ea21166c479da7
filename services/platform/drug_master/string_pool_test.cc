#include "services/platform/drug_master/string_pool.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

namespace tsunagu::drug_master {
namespace {

TEST(StringPoolTest, EqualStringsAreKeptOnce) {
  StringPool pool;
  const StringPool::Handle tablet = pool.Add("錠");
  const size_t bytes = pool.bytes();
  EXPECT_EQ(pool.Add("錠"), tablet);
  EXPECT_EQ(pool.bytes(), bytes);
  EXPECT_NE(pool.Add("枚"), tablet);
}

TEST(StringPoolTest, ZeroIsTheEmptyString) {
  StringPool pool;
  EXPECT_EQ(pool.Add(""), 0u);
  EXPECT_EQ(pool.Get(0), "");
}

TEST(StringPoolTest, LongStringsAreCut) {
  StringPool pool;
  const std::string text(StringPool::kMaxStringBytes + 10, 'x');
  EXPECT_EQ(pool.Get(pool.Add(text)).size(), StringPool::kMaxStringBytes);
}

TEST(StringPoolTest, AllStringsComeBack) {
  EXPECT_TRUE(rc::check([](const std::vector<std::string>& texts) {
    StringPool pool;
    std::vector<StringPool::Handle> handles;
    for (const std::string& text : texts) handles.push_back(pool.Add(text));
    for (size_t i = 0; i < texts.size(); ++i) RC_ASSERT(pool.Get(handles[i]) == texts[i]);
  }));
}

}  // namespace
}  // namespace tsunagu::drug_master
