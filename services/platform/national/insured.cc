#include "services/platform/national/insured.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::national {
namespace {

constexpr size_t kRoutingDigits = 4;
constexpr size_t kPseudonymDigits = 32;
// Separates the parts of what is hashed. No genuine number holds it, so a text that does can meet
// nobody's pseudonym.
constexpr char kSeparator = '\x1F';

std::string Narrow(absl::string_view text) {
  return absl::StrReplaceAll(ToHalfWidth(text), {{" ", ""}});
}

std::string HmacHex(absl::string_view key, absl::string_view message, size_t digits) {
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac, &length);
  return absl::BytesToHexString({reinterpret_cast<const char*>(mac), length}).substr(0, digits);
}

std::string HouseholdText(const InsuredIdentity& n) {
  return absl::StrCat("household", std::string(1, kSeparator), n.insurer,
                      std::string(1, kSeparator), n.symbol, std::string(1, kSeparator), n.number);
}

}  // namespace

InsuredIdentity Normalise(const InsuredIdentity& identity) {
  InsuredIdentity n = {Narrow(identity.insurer), Narrow(identity.symbol), Narrow(identity.number),
                       Narrow(identity.branch)};
  // An 8-digit field holds a 6-digit number padded with "00" in some files and with spaces in
  // others.
  if (n.insurer.size() == 8 && n.insurer.starts_with("00")) n.insurer.erase(0, 2);
  if (n.branch.size() == 1) n.branch.insert(0, "0");
  if (!NeedsBranch(n)) n.branch.clear();  // what a sender put there tells nobody apart
  return n;
}

bool IsInsurerNumber(absl::string_view number) {
  return (number.size() == 6 || number.size() == 8) &&
         std::all_of(number.begin(), number.end(), absl::ascii_isdigit);
}

bool CheckDigitHolds(absl::string_view number) {
  if (!IsInsurerNumber(number)) return false;
  int sum = 0;
  for (size_t i = 0; i + 1 < number.size(); ++i) {
    const size_t from_right = number.size() - 2 - i;
    const int product = (number[i] - '0') * (from_right % 2 == 0 ? 2 : 1);
    sum += product / 10 + product % 10;
  }
  return (10 - sum % 10) % 10 == number.back() - '0';
}

bool NeedsBranch(const InsuredIdentity& normalised) {
  // Only with eight digits are the first two the 法別; in a 国保 number of six they are the
  // prefecture (39 is Kochi).
  return !(normalised.insurer.size() == 8 && normalised.insurer.starts_with("39"));
}

absl::StatusOr<SubjectKey> SubjectKey::Create(std::string key) {
  if (key.size() < 32) return absl::InvalidArgumentError("the subject key needs at least 32 bytes");
  return SubjectKey(std::move(key));
}

bool IsLongTermCare(const InsuredIdentity& normalised) {
  constexpr size_t kInsurerDigits = 6;
  constexpr size_t kNumberLength = 10;
  const auto digits = [](absl::string_view text) {
    return std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
  };
  absl::string_view number = normalised.number;
  if (number.size() != kNumberLength) return false;
  absl::ConsumePrefix(&number, "H");  // livelihood protection only
  return digits(number) && normalised.insurer.size() == kInsurerDigits &&
         digits(normalised.insurer) && normalised.symbol.empty() && normalised.branch.empty();
}

Subject SubjectKey::MakeSubject(const InsuredIdentity& identity) const {
  const InsuredIdentity n = Normalise(identity);
  const std::string routing = HmacHex(key_, HouseholdText(n), kRoutingDigits);
  const std::string person =
      absl::StrCat("person", HouseholdText(n), std::string(1, kSeparator), n.branch);
  return routing + HmacHex(key_, person, kPseudonymDigits - kRoutingDigits);
}

std::string SubjectKey::Household(const InsuredIdentity& identity) const {
  return HmacHex(key_, HouseholdText(Normalise(identity)), kPseudonymDigits);
}

std::string SubjectKey::Pseudonym(absl::string_view kind, absl::string_view name) const {
  return HmacHex(key_, absl::StrCat(kind, std::string(1, kSeparator), name), kPseudonymDigits);
}

uint16_t RoutingHash(absl::string_view pseudonym) {
  const absl::string_view digits = pseudonym.substr(0, kRoutingDigits);
  // SimpleHexAtoi alone would take spaces, signs and 0x.
  if (digits.size() < kRoutingDigits ||
      !std::all_of(digits.begin(), digits.end(), absl::ascii_isxdigit)) {
    return 0;
  }
  uint32_t value = 0;
  if (!absl::SimpleHexAtoi(digits, &value)) return 0;
  return static_cast<uint16_t>(value);
}

std::string MakeId(uint16_t routing_hash, absl::string_view seed) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(seed.data()), seed.size(), digest);
  digest[0] = static_cast<unsigned char>(routing_hash >> 8);
  digest[1] = static_cast<unsigned char>(routing_hash & 0xFF);
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0F) | 0x80);  // version 8
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3F) | 0x80);  // RFC 9562 variant
  const std::string hex = absl::BytesToHexString({reinterpret_cast<const char*>(digest), 16});
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

}  // namespace tsunagu::national
