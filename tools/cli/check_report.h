// `tsunagu check`: reads files of national formats and says everything that is wrong with them,
// without any server.
#ifndef TOOLS_CLI_CHECK_REPORT_H_
#define TOOLS_CLI_CHECK_REPORT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/platform/hpki/xades/standing.h"
#include "services/platform/national/finding.h"
#include "services/prescription/record/catalogue.h"
#include "tools/cli/recognise.h"

namespace tsunagu::cli {

struct CheckInput {
  std::string name;  // without folders
  std::string bytes;
  std::string unreadable;  // why it cannot be read; empty: it was
};

// What was found in one file, or in the files of one care-plan package.
struct CheckReport {
  struct PartFinding {
    // "file", "record", "signature", "prescription" (inside a dispensing), "envelope"; of a
    // document in a message the element before it: "PrescriptionInfo/record".
    std::string part;
    national::Finding finding;
    int record = 0;  // the number of the record, e.g. 201; 0: it is of none, or that is not known
  };
  std::vector<std::string> names;
  Format format = Format::kUnknown;
  // Depends on the format. Holds no personal data without CheckContext::content.
  nlohmann::ordered_json summary;
  std::vector<PartFinding> findings;
};

// What files are checked against.
struct CheckContext {
  // For the drugs of prescriptions and dispensing results; null: they are not looked up.
  const prescription::record::DrugCatalogue* catalogue = nullptr;
  xades::Anchors anchors;  // whom to believe when they sign or stamp
  absl::Time now = absl::Now();
  bool content = true;              // CL-043: the summary holds what is inside of records, too
  bool signature_optional = false;  // a document without a signature is no fault
};

// One report per file; care-plan files with the same sender, receiver and timestamp share one. In
// the order of the input.
std::vector<CheckReport> CheckFiles(const std::vector<CheckInput>& files,
                                    const CheckContext& context = {});

// Exit statuses of the command.
inline constexpr int kClean = 0;
inline constexpr int kFindings = 1;      // errors or warnings
inline constexpr int kUnrecognised = 2;  // at least one file is unreadable or of no known format

int ExitStatus(const std::vector<CheckReport>& reports);

// {"reports": [{names, format, summary, errors, warnings, findings}], "errors", "warnings"}, where
// a finding is {part, code, rule, severity, line, record, field, text_ja, text_en} (CL-041).
std::string ToJson(const std::vector<CheckReport>& reports);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_CHECK_REPORT_H_
