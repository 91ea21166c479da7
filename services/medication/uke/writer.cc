#include "services/medication/uke/writer.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/medication/uke/decimal.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::medication::uke {
namespace {

constexpr char kInexpressible[] = ",\r\n\x1A";

std::string Padded(const Field& field, const std::string& value) {
  if (value.empty()) return value;
  if (field.mode == Mode::kDecimal) {
    const std::string plain = PlainDecimal(value);
    return plain.empty() ? value : plain;  // what is no number is for the check to tell
  }
  if (field.width != Width::kFixed || value.size() >= field.max_bytes) return value;
  const char padding = field.mode == Mode::kDigits ? '0' : ' ';
  return absl::StrCat(std::string(field.max_bytes - value.size(), padding), value);
}

}  // namespace

absl::StatusOr<std::string> WriteRecord(Kind kind, RecordType type,
                                        const std::map<int, std::string>& values) {
  const RecordLayout* layout = FindLayout(kind, type);
  if (layout == nullptr)
    return absl::InvalidArgumentError("files of this kind have no such record");
  std::vector<std::string> fields(layout->fields.size());
  fields[0] = std::string(TypeName(type));
  for (const auto& [position, value] : values) {
    if (position < 2 || static_cast<size_t>(position) > fields.size()) {
      return absl::InvalidArgumentError(absl::StrCat("no position ", position, " in ", fields[0]));
    }
    if (value.find_first_of(kInexpressible) != std::string::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("a comma or line end in ", fields[0], "[", position, "]"));
    }
    fields[position - 1] = Padded(layout->fields[position - 1], value);
  }
  return absl::StrJoin(fields, ",");
}

absl::StatusOr<std::string> WriteFile(const std::vector<std::string>& records) {
  std::string text;
  for (const std::string& record : records) absl::StrAppend(&text, record, "\r\n");
  return national::Utf8ToCp932(absl::StrCat(text, "\x1A"));
}

}  // namespace tsunagu::medication::uke
