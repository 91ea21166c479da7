// What a check of a national format found wrong. Every parser reports all of its findings at once.
#ifndef SERVICES_PLATFORM_NATIONAL_FINDING_H_
#define SERVICES_PLATFORM_NATIONAL_FINDING_H_

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tsunagu::national {

enum class Severity {
  kError,    // the file cannot be accepted
  kWarning,  // accepted; the sender should look at it
};

// One finding. It never holds a value from the file, only where the value stands: findings travel
// in errors and logs.
struct Finding {
  std::string rule;  // id in docs/requirements, e.g. "RX-017"; the stable code of the finding
  Severity severity = Severity::kError;
  int record = 0;       // 1-based line of the record; 0 means the whole file
  std::string field;    // e.g. "201.dose", "HO[4]"; empty means the whole record
  std::string text_ja;  // for the user
  std::string text_en;
};

using Findings = std::vector<Finding>;

// A rule of docs/requirements that a file can break, with what to tell its sender.
struct Rule {
  const char* id;
  Severity severity;
  const char* text_ja;
  const char* text_en;
};

// Adds the finding that a rule was broken, unless there are `limit` findings already: a file of
// garbage must not cost more than its size. `record` and `field` as in Finding.
inline void Add(const Rule& rule, int record, absl::string_view field, Findings& findings,
                size_t limit = std::numeric_limits<size_t>::max()) {
  if (findings.size() >= limit) return;
  findings.push_back(
      {rule.id, rule.severity, record, std::string(field), rule.text_ja, rule.text_en});
}

inline bool HasErrors(const Findings& findings) {
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError) return true;
  }
  return false;
}

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_FINDING_H_
