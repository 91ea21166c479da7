// The drug master, which an operator brings: full files, and difference files upon them.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/drug_master/master.h"
#include "tests/fuzz/require.h"

using tsunagu::fuzz::Require;

namespace drug_master = tsunagu::drug_master;

namespace {

constexpr size_t kCodeDigits = 9;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const int lines = static_cast<int>(std::ranges::count(bytes, '\n')) + 1;
  drug_master::DrugMaster master;
  for (const auto& finding : master.Load(bytes)) {
    Require(finding.record >= 0 && finding.record <= lines, "a finding names a line");
  }
  const drug_master::RowCounts& rows = master.rows();
  const size_t taken =
      rows.unchanged + rows.deleted + rows.added + rows.changed + rows.discontinued;
  Require(taken <= static_cast<size_t>(lines), "a row is a line");
  Require(master.size() <= taken, "a code comes with a row");
  master.ForEachVersion([&](absl::string_view code, const drug_master::Drug&) {
    Require(code.size() == kCodeDigits, "nine digits");
    // Also withdrawn ones can be named.
    Require(master.Find(code, absl::CivilDay(2026, 6, 1)).has_value(), "what is there is found");
  });
  const size_t codes = master.size();
  (void)master.Load(bytes);
  Require(master.size() == codes, "the same file brings no new code");
  return 0;
}
