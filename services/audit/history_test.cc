#include "services/audit/history.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace tsunagu::audit {
namespace {

using tsunagu::audit::v1::Head;
using tsunagu::audit::v1::History;
using tsunagu::audit::v1::Record;

Record At(int64_t seconds, const std::string& id = "") {
  Record record;
  record.set_id(id.empty() ? absl::StrCat("r", seconds) : id);
  record.mutable_time()->set_seconds(seconds);
  return record;
}

// A history as the fold writes it.
struct Written {
  Head head;
  std::vector<History> pages;

  void Add(Record record) {
    std::optional<History> full;
    Append(std::move(record), head, full);
    if (full.has_value()) pages.push_back(*full);
  }
  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const History& page : pages) {
      for (const Record& record : page.records()) ids.push_back(record.id());
    }
    for (const Record& record : head.records()) ids.push_back(record.id());
    return ids;
  }
};

std::vector<std::string> IdsOf(const std::vector<Record>& records) {
  std::vector<std::string> ids;
  for (const Record& record : records) ids.push_back(record.id());
  return ids;
}

TEST(HistoryTest, ARecordIdThatComesAgainCountsOnce) {  // AU-003
  Head head;
  std::optional<History> full;
  EXPECT_TRUE(Append(At(1), head, full));
  EXPECT_FALSE(Append(At(1), head, full));
  EXPECT_EQ(Count(head), 1);
}

TEST(HistoryTest, TheHeadGivesItsOlderHalfAwayWhenItIsFull) {  // AU-004
  Written written;
  for (int i = 0; i < kHeadRecords - 1; ++i) written.Add(At(i));
  EXPECT_TRUE(written.pages.empty());
  written.Add(At(kHeadRecords - 1));
  ASSERT_EQ(written.pages.size(), 1u);
  EXPECT_EQ(written.head.pages(), 1);
  EXPECT_EQ(written.pages[0].records_size(), kPageRecords);
  EXPECT_EQ(written.pages[0].records(0).id(), "r0");
  EXPECT_EQ(written.head.records(0).id(), absl::StrCat("r", kPageRecords));
  EXPECT_EQ(Count(written.head), kHeadRecords);
}

TEST(HistoryTest, ADuplicateOfThePageBeforeTheNewestIsStillDropped) {  // AU-003
  Written written;
  for (int i = 0; i < kHeadRecords; ++i) written.Add(At(i));
  written.Add(At(kPageRecords));
  EXPECT_EQ(Count(written.head), kHeadRecords);
}

RC_GTEST_PROP(HistoryProperty, NothingIsLostOrReorderedWhateverTheNumber, ()) {  // AU-004
  const int n = *rc::gen::inRange(0, 1000);
  Written written;
  std::vector<std::string> expected;
  for (int i = 0; i < n; ++i) {
    written.Add(At(i));
    expected.push_back(absl::StrCat("r", i));
    RC_ASSERT(written.head.records_size() < kHeadRecords);
  }
  RC_ASSERT(written.Ids() == expected);
  RC_ASSERT(Count(written.head) == n);
  RC_ASSERT(written.head.pages() == static_cast<int64_t>(written.pages.size()));
}

RC_GTEST_PROP(HistoryProperty, RecordsDeliveredTwiceShortlyAfterEachOtherCountOnce, ()) {
  const auto steps_back = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, kPageRecords));
  Written written;
  std::vector<std::string> expected;
  int next = 0;
  for (const int back : steps_back) {
    expected.push_back(absl::StrCat("r", next));
    written.Add(At(next++));
    written.Add(At(std::max(0, next - 1 - back)));
  }
  RC_ASSERT(written.Ids() == expected);
}

TEST(HistoryTest, PagesOfFindsThePagesThatHoldARange) {
  constexpr int64_t kPage = kPageRecords;
  Head head;
  head.set_pages(3);
  struct Case {
    int64_t from, to;
    std::pair<int64_t, int64_t> pages;
  };
  for (const Case& c :
       {Case{0, 0, {0, 0}}, Case{0, 1, {0, 1}}, Case{0, kPage, {0, 1}},
        Case{kPage - 1, kPage + 1, {0, 2}}, Case{kPage, 2 * kPage, {1, 2}},
        Case{2 * kPage + kPage / 2, 3 * kPage + kPage / 2, {2, 3}},
        Case{3 * kPage, 3 * kPage + kPage / 2, {3, 3}}, Case{0, 3 * kPage + kPage / 2, {0, 3}}}) {
    EXPECT_EQ(PagesOf(head, c.from, c.to), c.pages) << c.from << " to " << c.to;
  }
}

TEST(HistoryTest, SeveralHistoriesAreOneNewestFirst) {  // AU-005
  std::vector<Unshown> histories = {{At(1), At(4)}, {}, {At(2), At(3), At(5)}};
  EXPECT_EQ(IdsOf(TakeNewest(histories, 4)), (std::vector<std::string>{"r5", "r4", "r3", "r2"}));
  EXPECT_EQ(IdsOf(TakeNewest(histories, 4)), (std::vector<std::string>{"r1"}));
  EXPECT_TRUE(TakeNewest(histories, 4).empty());
}

TEST(HistoryTest, EqualTimesAreToldApartByIdSoThatPagesAreStable) {
  std::vector<Unshown> one = {{At(7, "a")}, {At(7, "b")}};
  std::vector<Unshown> other = {{At(7, "b")}, {At(7, "a")}};
  EXPECT_EQ(IdsOf(TakeNewest(one, 2)), IdsOf(TakeNewest(other, 2)));
}

RC_GTEST_PROP(HistoryProperty, PageByPageEveryRecordComesOnceInOrder, ()) {  // AU-005
  const auto times = *rc::gen::container<std::vector<std::vector<uint8_t>>>(
      3, rc::gen::container<std::vector<uint8_t>>(rc::gen::arbitrary<uint8_t>()));
  const int limit = *rc::gen::inRange(1, 10);
  std::vector<Unshown> histories;
  size_t total = 0;
  for (std::vector<uint8_t> history : times) {
    std::sort(history.begin(), history.end());
    auto& unshown = histories.emplace_back();
    for (const uint8_t time : history) unshown.push_back(At(time, absl::StrCat("i", total++)));
  }
  std::vector<Record> all;
  for (;;) {
    const std::vector<Record> page = TakeNewest(histories, limit);
    if (page.empty()) break;
    RC_ASSERT(static_cast<int>(page.size()) <= limit);
    all.insert(all.end(), page.begin(), page.end());
  }
  RC_ASSERT(all.size() == total);
  for (size_t i = 1; i < all.size(); ++i) {
    RC_ASSERT(all[i - 1].time().seconds() >= all[i].time().seconds());
  }
}

TEST(HistoryTest, ATokenBringsBackWhatIsLeft) {
  const std::vector<std::string> subjects = {"a", "b"};
  const std::vector<int64_t> left = {3, 1'000'000'000'000};
  EXPECT_EQ(ReadPageToken(subjects, MakePageToken(subjects, left)), left);
}

TEST(HistoryTest, ThereIsNoTokenWhenNothingIsLeft) {
  const std::vector<std::string> subjects = {"a", "b"};
  EXPECT_EQ(MakePageToken(subjects, std::vector<int64_t>{0, 0}), "");
}

TEST(HistoryTest, AU011ATokenOfAnotherPersonIsNone) {
  const std::vector<std::string> subjects = {"a", "b"}, others = {"b", "a"}, one = {"a"};
  const std::string token = MakePageToken(subjects, std::vector<int64_t>{1, 2});
  EXPECT_FALSE(ReadPageToken(others, token).has_value());
  EXPECT_FALSE(ReadPageToken(one, token).has_value());
}

TEST(HistoryTest, AU011ATokenStaysShortAndALongOneIsNotRead) {
  const std::vector<std::string> subjects(20, std::string(32, 'f'));
  const std::vector<int64_t> left(20, int64_t{1} << 40);
  EXPECT_LT(MakePageToken(subjects, left).size(), 256u);
  EXPECT_FALSE(ReadPageToken(subjects, std::string(1 << 20, 'A')).has_value());
}

TEST(HistoryTest, AU011NegativeNumbersAreNotBelieved) {
  const std::vector<std::string> subjects = {"a"};
  const std::string token = MakePageToken(subjects, std::vector<int64_t>{-5});
  EXPECT_FALSE(ReadPageToken(subjects, token).has_value());
}

RC_GTEST_PROP(HistoryProperty, AU011AnyTextIsReadOrRefusedAndNeverCrashes,
              (const std::string& text)) {
  const std::vector<std::string> subjects = {"a"};
  RC_ASSERT(!ReadPageToken(subjects, text).has_value());
}

}  // namespace
}  // namespace tsunagu::audit
