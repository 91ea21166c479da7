// Who is insured: the four numbers of an insurance identity, their normal form, and the pseudonym
// made of them.
#ifndef SERVICES_PLATFORM_NATIONAL_INSURED_H_
#define SERVICES_PLATFORM_NATIONAL_INSURED_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::national {

// One insured identity as cards and files print it. Medical insurance uses all four; long-term-care
// insurance only insurer (6 digits) and number (10 characters).
struct InsuredIdentity {
  std::string insurer;  // 保険者番号: 6 or 8 digits, files pad it on the left with spaces or zeros
  std::string symbol;  // 記号: may be empty
  std::string number;  // 番号 / 被保険者番号
  std::string
      branch;  // 枝番: 2 digits; empty for the late elderly (insurer 39...) and for long-term care
  bool operator==(const InsuredIdentity&) const = default;
};

// Half-width, no spaces, no padding of the insurer; a branch of one digit becomes two, and one
// that nobody needs is dropped. Two spellings of one identity have one normal form.
InsuredIdentity Normalise(const InsuredIdentity& identity);

// Whether it has the form of an insurer number (保険者番号): 6 or 8 digits, half-width.
bool IsInsurerNumber(absl::string_view number);

// Whether an insurer or payer number of 6 or 8 digits satisfies its check digit (weights 2,1,2,1...
// from the right, digits of the products added up). Treat a failure as a warning: numbers in use
// fail it (facts 3.6).
bool CheckDigitHolds(absl::string_view number);

// Whether a branch number is needed to tell the person: medical insurance other than 後期高齢者医療
// (39).
bool NeedsBranch(const InsuredIdentity& normalised);

// Whether it has the form of a long-term-care identity: insurer of 6 digits, number of 10 digits or
// H and 9 digits, no symbol, no branch. A medical one may look the same; only the one who asks
// knows.
bool IsLongTermCare(const InsuredIdentity& normalised);

// The pseudonym of one insured identity: 32 lower-case hex digits. The first four are the routing
// hash, which depends on insurer, symbol and number only, so that all branches of a household share
// one partition and a look-up without a branch needs no index.
using Subject = std::string;

// Makes pseudonyms with a secret key (HMAC-SHA-256). Thread safe.
class SubjectKey {
 public:
  // INVALID_ARGUMENT when the key is shorter than 32 bytes.
  static absl::StatusOr<SubjectKey> Create(std::string key);

  Subject MakeSubject(const InsuredIdentity& identity) const;

  // The pseudonym of all branches of insurer, symbol and number. Its routing hash is that of each
  // of its members.
  std::string Household(const InsuredIdentity& identity) const;

  // The pseudonym of any other thing that keys a topic, e.g. an office's mailbox. `kind` keeps
  // spaces of names apart.
  std::string Pseudonym(absl::string_view kind, absl::string_view name) const;

 private:
  explicit SubjectKey(std::string key) : key_(std::move(key)) {}
  std::string key_;
};

// The routing hash of any of our pseudonyms: its first four hex digits. 0 when they are not hex.
uint16_t RoutingHash(absl::string_view pseudonym);

// An identifier that we issue for something of that subject: UUID version 8 whose first four digits
// are the routing hash, the rest comes from `seed` (any bytes). Equal arguments give equal ids.
std::string MakeId(uint16_t routing_hash, absl::string_view seed);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_INSURED_H_
