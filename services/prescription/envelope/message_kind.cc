#include "services/prescription/envelope/message_kind.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace tsunagu::prescription::envelope {
namespace {

using Names = std::set<absl::string_view>;

// More is no message.
constexpr size_t kMaxLooked = size_t{4} << 20;

// What the start tags are called, without prefixes. Comments are not told apart: it is a guess.
Names ElementsOf(absl::string_view xml) {
  Names names;
  xml = xml.substr(0, kMaxLooked);
  for (size_t at = xml.find('<'); at != absl::string_view::npos; at = xml.find('<', at + 1)) {
    absl::string_view name = xml.substr(at + 1);
    name = name.substr(0, name.find_first_of(" \t\r\n/>"));
    names.insert(name.substr(name.rfind(':') + 1));
  }
  return names;
}

bool Has(std::span<const Field> fields, absl::string_view name) {
  return std::ranges::any_of(fields, [&](const Field& field) { return name == field.name; });
}

// How well a table fits: the less the better. First what it does not know of `names`.
using Misfit = std::pair<int, int>;

Misfit MisfitOf(std::span<const Field> fields, const Rows& rows, const Names& names) {
  Misfit misfit = {static_cast<int>(names.size()), 0};
  for (const absl::string_view name : names) {
    if (Has(fields, name) || Has(rows.fields, name)) --misfit.first;
  }
  for (const Field& field : fields) {
    misfit.second += field.required && !names.contains(field.name) ? 1 : 0;
  }
  return misfit;
}

}  // namespace

std::optional<MessageKind> KindByName(absl::string_view file_name) {
  const absl::string_view prefix = file_name.substr(0, file_name.find('_'));
  if (prefix.size() == file_name.size()) return std::nullopt;
  for (const Interface& interface : Interfaces()) {
    absl::string_view rest = prefix;
    if (!absl::ConsumePrefix(&rest, interface.name)) continue;
    if (rest == "req" || rest == "res") return MessageKind{&interface, rest == "res", true};
  }
  return std::nullopt;
}

std::optional<MessageKind> KindByContent(absl::string_view xml) {
  const Names names = ElementsOf(xml);
  const bool is_answer =
      names.contains("SegmentOfResult") || names.contains("ProcessingResultStatus");
  const Interface* best = nullptr;
  Misfit least = {static_cast<int>(names.size()), 0};  // of a table that knows none
  for (const Interface& interface : Interfaces()) {
    const Misfit misfit = is_answer ? MisfitOf(interface.response, interface.rows, names)
                                    : MisfitOf(interface.request, Rows(), names);
    const bool knows_any = misfit.first < static_cast<int>(names.size());
    if (!knows_any || (best != nullptr && misfit >= least)) continue;
    best = &interface;
    least = misfit;
  }
  if (best == nullptr) return std::nullopt;
  return MessageKind{best, is_answer, false};
}

}  // namespace tsunagu::prescription::envelope
