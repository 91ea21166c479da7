// A drug in words: what stands in the cells of the medication tables.
#ifndef TOOLS_CLI_DRUG_TEXT_H_
#define TOOLS_CLI_DRUG_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {

// Its name, or its code where nobody knows the name.
std::string DrugName(const common::v1::Drug& drug);

// "1日 3錠" of what is taken daily, "1回 1錠" of what is taken as needed, otherwise in total.
std::string Amount(int form, absl::string_view amount, absl::string_view unit);
std::string Amount(const common::v1::Drug& drug);

// How much of a drug of that dosage form: "28 日分" of what is taken daily, "5 回分" of what is
// taken as needed, else "x3"; empty for 0.
std::string Quantity(int form, int amount);
std::string Quantity(const common::v1::Drug& drug);

// The usage in words; of a code that is in no table we have, the code, named as one.
std::string Usage(const common::v1::Drug& drug);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_DRUG_TEXT_H_
