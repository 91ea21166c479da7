// The table of contraindicated pairs (併用禁忌) that an installation brings: text in UTF-8, one
// pair a line, of five fields with commas between:
//
//   1124007,6290004,20200401,,where it is stated
//
// two ingredients (ingredient.h), the first day and the last day on which the pair counts
// (YYYYMMDD, empty: open) and the source, which is shown with the alert. Empty lines and lines that
// begin with # are left out. Two lines speak of the table itself (RX-560), each at most once:
//
//   as-of,20261101     the day whose package inserts it follows
//   example            it is no medical source
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_PAIRS_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_PAIRS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/national/finding.h"

namespace tsunagu::prescription::duplication {

struct Pair {
  absl::CivilDay from = absl::CivilDay::min();
  absl::CivilDay until = absl::CivilDay::max();
  std::string source;
};

// Immutable once read, thread safe.
class PairTable {
 public:
  // Adds the pairs of a file. Everything that is wrong is found at once (RX-403); lines that are
  // wrong are not added.
  national::Findings Read(absl::string_view text);

  // The pair that counts on that day, in whatever order it stands in the table (RX-402); null:
  // none.
  const Pair* Find(absl::string_view a, absl::string_view b, absl::CivilDay day) const;

  // Pairs added.
  size_t size() const { return size_; }
  std::optional<absl::CivilDay> as_of() const { return as_of_; }
  bool is_example() const { return is_example_; }

 private:
  void ReadLine(absl::string_view line, int number, national::Findings& findings);
  void ReadAsOf(absl::string_view digits, int number, national::Findings& findings);

  absl::flat_hash_map<std::string, std::vector<Pair>> pairs_;  // by both, the smaller first
  size_t size_ = 0;
  std::optional<absl::CivilDay> as_of_;
  bool is_example_ = false;
};

// The table in that file; null for an empty path. INVALID_ARGUMENT that names the first line that
// is wrong, NOT_FOUND when it cannot be read.
absl::StatusOr<std::unique_ptr<const PairTable>> OpenPairs(const std::string& path);

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_PAIRS_H_
