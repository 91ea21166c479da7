// What the tests of this folder share: sample files and finding lists.
#ifndef SERVICES_PRESCRIPTION_RECORD_TESTING_H_
#define SERVICES_PRESCRIPTION_RECORD_TESTING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::prescription::record::testing {

// The bytes of testdata/<name>; the test stops when there is no such file.
std::string ReadSample(absl::string_view name);

// A valid SJ1 text (UTF-8, LF) of two RPs: RP 1 has two drugs, RP 2 has one.
std::string ValidSj1();

// A valid CJ1 text (UTF-8, LF).
std::string ValidCj1();

// Replaces one occurrence of `from`; the test stops when there is not exactly one.
std::string Change(absl::string_view text, absl::string_view from, absl::string_view to);

// "RX-112@17 201" for each error: rule, line, field. Warnings are left out.
std::vector<std::string> Errors(const national::Findings& findings);

// The same for all findings.
std::vector<std::string> All(const national::Findings& findings);

}  // namespace tsunagu::prescription::record::testing

#endif  // SERVICES_PRESCRIPTION_RECORD_TESTING_H_
