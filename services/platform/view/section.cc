#include "services/platform/view/section.h"

#include <openssl/sha.h>

#include <array>
#include <unordered_set>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/status/macros.h"

namespace tsunagu::view {
namespace {

constexpr char kPositionField[] = "@";
constexpr char kChannelPrefix[] = "tsunagu.applied";

// KEYS: hash, channel. ARGV: position expected ("" for none), position, applied offset, then name
// and value by turns.
constexpr char kStoreScript[] = R"lua(
local at = redis.call('HGET', KEYS[1], '@') or ''
if at ~= ARGV[1] then return at == '' and 'LOST' or at end
for i = 4, #ARGV, 2 do
  if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[i])
  else redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
redis.call('HSET', KEYS[1], '@', ARGV[2])
redis.call('PUBLISH', KEYS[2], ARGV[3])
return 'OK'
)lua";

const std::string& StoreScriptHash() {
  static const std::string hash = [] {
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(kStoreScript), sizeof kStoreScript - 1, digest);
    return absl::BytesToHexString({reinterpret_cast<const char*>(digest), sizeof digest});
  }();
  return hash;
}

// Adds one state's digest, both as big-endian numbers.
void Add(std::array<unsigned char, SHA256_DIGEST_LENGTH>& sum, const std::string& name,
         const std::string& value) {
  const std::string text = absl::StrCat(name.size(), ":", name, value);
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  unsigned carry = 0;
  for (int i = SHA256_DIGEST_LENGTH - 1; i >= 0; --i) {
    carry += sum[i] + digest[i];
    sum[i] = static_cast<unsigned char>(carry);
    carry >>= 8;
  }
}

}  // namespace

std::string SectionId::Key() const {
  return absl::StrCat("tsunagu:", service, ":{p", partition, "}:", topic);
}

std::string SectionId::Channel() const {
  return absl::StrCat(kChannelPrefix, ":", service, ":", topic, ":", partition);
}

std::string ChannelPattern(absl::string_view service) {
  return absl::StrCat(kChannelPrefix, ":", service, ":*");
}

std::string Position::Text() const { return absl::StrCat(applied, " ", target); }

std::optional<Position> Position::Parse(absl::string_view text) {
  const std::vector<std::string> parts = absl::StrSplit(text, ' ');
  Position position;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &position.applied) ||
      !absl::SimpleAtoi(parts[1], &position.target)) {
    return std::nullopt;
  }
  return position;
}

asio::awaitable<absl::StatusOr<Snapshot>> Sections::Read(SectionId section,
                                                         std::vector<std::string> names) {
  std::vector<std::string> command = {"HMGET", section.Key(), kPositionField};
  for (std::string& name : names) command.push_back(std::move(name));
  const size_t fields = command.size() - 2;
  CO_ASSIGN_OR_RETURN(Reply reply, co_await redis_.Command(std::move(command)));
  if (reply.elements.size() != fields) co_return absl::InternalError("Redis answered HMGET oddly");
  Snapshot snapshot;
  snapshot.position = Position::Parse(reply.elements[0].text);
  snapshot.values.reserve(fields - 1);
  for (size_t i = 1; i < fields; ++i) {
    snapshot.values.push_back(std::move(reply.elements[i].text));
  }
  co_return snapshot;
}

asio::awaitable<absl::StatusOr<Reply>> Sections::RunStoreScript(
    std::vector<std::string> arguments) {
  std::vector<std::string> command = {"EVALSHA", StoreScriptHash()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  auto reply = co_await redis_.Command(command);
  // A Redis that has just started does not know the script; EVAL teaches it.
  if (!reply.ok() && absl::StartsWith(reply.status().message(), "NOSCRIPT")) {
    command[0] = "EVAL";
    command[1] = kStoreScript;
    reply = co_await redis_.Command(std::move(command));
  }
  co_return reply;
}

asio::awaitable<absl::Status> Sections::Store(SectionId section, std::optional<Position> from,
                                              Position to, std::vector<Change> changes) {
  std::vector<std::string> arguments = {
      "2",       section.Key(),           section.Channel(), from.has_value() ? from->Text() : "",
      to.Text(), absl::StrCat(to.applied)};
  for (Change& change : changes) {
    arguments.push_back(std::move(change.first));
    arguments.push_back(std::move(change.second));
  }
  CO_ASSIGN_OR_RETURN(const Reply reply, co_await RunStoreScript(std::move(arguments)));
  if (reply.text == "OK") co_return absl::OkStatus();
  co_return absl::AbortedError(absl::StrCat("the section stands at ", reply.text));
}

asio::awaitable<absl::Status> Sections::Drop(SectionId section) {
  const auto reply = co_await redis_.Command(Words("UNLINK", section.Key()));
  co_return reply.status();
}

asio::awaitable<absl::StatusOr<std::string>> Sections::Digest(SectionId section) {
  constexpr char kPageSize[] = "1000";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> sum = {};
  std::unordered_set<std::string> seen;  // a scan may answer a field twice while Redis rehashes
  std::string cursor = "0";
  do {
    CO_ASSIGN_OR_RETURN(
        const Reply reply,
        co_await redis_.Command(Words("HSCAN", section.Key(), cursor, "COUNT", kPageSize)));
    if (reply.elements.size() != 2) co_return absl::InternalError("Redis answered HSCAN oddly");
    cursor = reply.elements[0].text;
    const std::vector<Reply>& fields = reply.elements[1].elements;
    for (size_t i = 0; i + 1 < fields.size(); i += 2) {
      if (fields[i].text == kPositionField || !seen.insert(fields[i].text).second) continue;
      Add(sum, fields[i].text, fields[i + 1].text);
    }
  } while (cursor != "0");
  co_return absl::BytesToHexString({reinterpret_cast<const char*>(sum.data()), sum.size()});
}

}  // namespace tsunagu::view
