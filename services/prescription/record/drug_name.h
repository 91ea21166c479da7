// How names and units of drugs are compared.
#ifndef SERVICES_PRESCRIPTION_RECORD_DRUG_NAME_H_
#define SERVICES_PRESCRIPTION_RECORD_DRUG_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::prescription::record {

// The mark that begins the generic names of the master; prescriptions have it or not.
inline constexpr absl::string_view kGenericMark = "【般】";

// Equal for texts that differ in width, spaces and the generic mark only.
std::string ComparableName(absl::string_view text);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_DRUG_NAME_H_
