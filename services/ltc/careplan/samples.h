// The sample packages for tests: one month between a care-manager office and a home-help office.
#ifndef SERVICES_LTC_CAREPLAN_SAMPLES_H_
#define SERVICES_LTC_CAREPLAN_SAMPLES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/ltc/careplan/package.h"

namespace tsunagu::ltc::careplan {

// When the newest of the samples had been made.
absl::Time SampleTime();

// The sample file of that name; fails the test when it is missing.
InputFile Sample(const std::string& name);

std::vector<InputFile> CarePlanSample();
std::vector<InputFile> MonthPlanSample();
std::vector<InputFile> ActualsSample();
std::vector<InputFile> DeleteCarePlanSample();
std::vector<InputFile> DeleteMonthPlanSample();
std::vector<InputFile> DeleteActualsSample();
std::vector<std::vector<InputFile>> AllSamples();

// The sample with one column (id of the layout) of one row (from 0) changed.
InputFile With(const InputFile& file, size_t row, absl::string_view column, absl::string_view text);

// "RULE:line:field" of each finding.
std::vector<std::string> Texts(const national::Findings& findings);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_SAMPLES_H_
