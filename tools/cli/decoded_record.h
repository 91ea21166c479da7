// What stands in a record file, for programs.
#ifndef TOOLS_CLI_DECODED_RECORD_H_
#define TOOLS_CLI_DECODED_RECORD_H_

#include <nlohmann/json.hpp>

#include "absl/strings/string_view.h"

namespace tsunagu::cli {

// [{line, record, name_ja, fields: {name: text}}], by the table of layouts (record/layout.h), of
// JAHIS, SJ1 or CJ1. Empty fields, and records that are of no layout, are left out; any other bytes
// give an empty list (CL-043).
nlohmann::ordered_json DecodeRecords(absl::string_view bytes);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_DECODED_RECORD_H_
