// Names of files: which interface a request is of, and what its answer is called.
#ifndef TOOLS_TERMINAL_NAMES_H_
#define TOOLS_TERMINAL_NAMES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::terminal {

// OQS-IF-001, the eligibility check of one person, beside the ids of
// services/prescription/envelope/interfaces.h.
inline constexpr int kEligibilityCheck = 1;

inline constexpr size_t kMaxNameBytes = 128;

// Whether a file may be called so: half-width letters, digits, '.', '_', '-', '=' and '+', not
// beginning with '.' (TM-011).
bool IsFileName(absl::string_view name);

// The name with every other character as '_' and cut to kMaxNameBytes; never empty.
std::string SafeName(absl::string_view name);

class Names {
 public:
  // <prefix>_<any>.xml; the answer has the same <any>.
  struct Prefixes {
    int interface;
    std::string request;
    std::string answer;
  };

  struct Match {
    int interface;
    std::string answer;  // the name of the answer's file
  };

  // OQSsiquc01req and the table of interfaces.
  Names();

  // The same with some names given otherwise: lines of "id request answer", '#' begins a comment.
  // A line replaces what is known of its id; an id may have several. INVALID_ARGUMENT names the
  // lines that are wrong (TM-012).
  static absl::StatusOr<Names> Read(absl::string_view text);

  // Of the file of a request; unset for any other name.
  std::optional<Match> Find(absl::string_view name) const;

  const std::vector<Prefixes>& all() const { return all_; }

 private:
  std::vector<Prefixes> all_;
};

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_NAMES_H_
