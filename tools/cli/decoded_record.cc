#include "tools/cli/decoded_record.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "services/prescription/record/layout.h"
#include "services/prescription/record/records.h"
#include "services/prescription/record/rules.h"
#include "services/prescription/record/text.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::ordered_json;
using prescription::record::Record;

Json RecordJson(const Record& record) {
  Json fields = Json::object();
  const size_t count = std::min(record.fields.size(), record.layout->fields.size());
  for (size_t i = 0; i < count; ++i) {
    if (record.fields[i].empty()) continue;
    fields[std::string(record.layout->fields[i].name)] = record.fields[i];
  }
  return {{"line", record.line},
          {"record", record.number()},
          {"name_ja", std::string(record.layout->name_ja)},
          {"fields", std::move(fields)}};
}

}  // namespace

Json DecodeRecords(absl::string_view bytes) {
  Json records = Json::array();
  const auto text = prescription::record::DecodeRecordText(bytes);
  if (!text.ok()) return records;
  prescription::record::Report ignored;  // the check tells
  const auto file = prescription::record::ReadRecords(*text, ignored);
  if (!file.has_value()) return records;
  for (const Record& record : file->records) records.push_back(RecordJson(record));
  return records;
}

}  // namespace tsunagu::cli
