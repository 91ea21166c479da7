// What a check of a national format found wrong. Every parser reports all of its findings at once.
#ifndef SERVICES_PLATFORM_NATIONAL_FINDING_H_
#define SERVICES_PLATFORM_NATIONAL_FINDING_H_

#include <string>
#include <vector>

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

inline bool HasErrors(const Findings& findings) {
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError) return true;
  }
  return false;
}

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_FINDING_H_
