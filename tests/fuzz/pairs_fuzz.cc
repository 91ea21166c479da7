// The table of contraindicated pairs, which an operator brings.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/prescription/duplication/pairs.h"
#include "tests/fuzz/require.h"

using tsunagu::fuzz::Require;

namespace duplication = tsunagu::prescription::duplication;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::vector<absl::string_view> lines = absl::StrSplit(bytes, '\n');
  duplication::PairTable table;
  for (const auto& finding : table.Read(bytes)) {
    Require(finding.record >= 1 && finding.record <= static_cast<int>(lines.size()),
            "a finding names a line");
  }
  Require(table.size() <= lines.size(), "a pair is a line");
  const absl::CivilDay day(2026, 6, 1);
  for (const absl::string_view line : lines) {
    const std::vector<absl::string_view> fields = absl::StrSplit(line, absl::MaxSplits(',', 2));
    if (fields.size() < 2) continue;
    const duplication::Pair* pair = table.Find(fields[0], fields[1], day);
    Require(pair == table.Find(fields[1], fields[0], day), "RX-402");
    Require(pair == nullptr || (pair->from <= day && day <= pair->until), "it counts on that day");
    Require(table.Find(fields[0], fields[0], day) == nullptr, "none with itself");
  }
  // Every line again stands twice, so nothing is added.
  const size_t pairs = table.size();
  (void)table.Read(bytes);
  Require(table.size() == pairs, "RX-403");
  return 0;
}
