#include "services/prescription/record/drug_name.h"

#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::prescription::record {

std::string ComparableName(absl::string_view text) {
  absl::ConsumePrefix(&text, kGenericMark);
  return absl::StrReplaceAll(national::ToHalfWidth(text), {{" ", ""}});
}

}  // namespace tsunagu::prescription::record
