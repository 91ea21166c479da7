#include "services/platform/view/gates.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"

namespace tsunagu::view {
namespace {

// A gate is a hash: n tries in the window that ends at e, r times closed. ARGV: now, tries, window,
// longest, all times in milliseconds. Answers the wait, or how many tries are left as a number
// below one.
constexpr char kTakeScript[] = R"lua(
local h = redis.call('HMGET', KEYS[1], 'n', 'e', 'r')
local n, e, r = tonumber(h[1] or 0), tonumber(h[2] or 0), tonumber(h[3] or 0)
local now, tries = tonumber(ARGV[1]), tonumber(ARGV[2])
local window, longest = tonumber(ARGV[3]), tonumber(ARGV[4])
if now >= e then
  n = 0
  if now >= e + longest then r = 0 end
end
if n >= tries then return e - now end
n = n + 1
if n == 1 then e = now + window end
if n == tries then
  e = math.max(e, now + math.min(longest, window * 2 ^ math.min(r, 30)))
  r = r + 1
end
redis.call('HSET', KEYS[1], 'n', n, 'e', string.format('%.0f', e), 'r', r)
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', e - now + longest))
return n - tries
)lua";

constexpr char kGiveBackScript[] = R"lua(
local h = redis.call('HMGET', KEYS[1], 'n', 'r')
local n, r = tonumber(h[1] or 0), tonumber(h[2] or 0)
if n == 0 then return 0 end
if n == tonumber(ARGV[1]) and r > 0 then redis.call('HINCRBY', KEYS[1], 'r', -1) end
return redis.call('HINCRBY', KEYS[1], 'n', -1)
)lua";

std::string Milliseconds(absl::Duration duration) {
  return absl::StrCat(absl::ToInt64Milliseconds(duration));
}

absl::Status Unreachable() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "VIEW_UNREACHABLE",
                      "the store of the views does not answer")
      .Rule("JR-015")
      .RetryAfter(absl::Seconds(1));
}

}  // namespace

std::string Gates::Key(const std::string& gate) const {
  return absl::StrCat("tsunagu:", service_, ":gate:", gate);
}

asio::awaitable<absl::StatusOr<Passage>> Gates::Take(std::string gate, GateLimit limit,
                                                     absl::Time now) {
  std::vector<std::string> command =
      Words("EVAL", kTakeScript, "1", Key(gate), absl::StrCat(absl::ToUnixMillis(now)),
            absl::StrCat(limit.tries), Milliseconds(limit.window), Milliseconds(limit.longest));
  const auto reply = co_await redis_.Command(std::move(command));
  if (!reply.ok()) co_return Unreachable();
  Passage passage;
  passage.wait = absl::Milliseconds(std::max<int64_t>(0, reply->integer));
  passage.left = static_cast<int>(std::max<int64_t>(0, -reply->integer));
  co_return passage;
}

asio::awaitable<void> Gates::GiveBack(std::string gate, GateLimit limit) {
  std::vector<std::string> command =
      Words("EVAL", kGiveBackScript, "1", Key(gate), absl::StrCat(limit.tries));
  const auto lost_costs_one_try = co_await redis_.Command(std::move(command));
  (void)lost_costs_one_try;
}

}  // namespace tsunagu::view
