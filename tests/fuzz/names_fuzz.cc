// Names of files that others put into the terminal's folder, and the file that gives other names.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tests/fuzz/require.h"
#include "tools/terminal/names.h"

using tsunagu::fuzz::Require;

namespace terminal = tsunagu::terminal;

namespace {

void CheckName(const terminal::Names& names, absl::string_view name) {
  Require(terminal::IsFileName(terminal::SafeName(name)), "a safe name is a name");
  const auto match = names.Find(name);
  if (!match.has_value()) return;
  Require(terminal::IsFileName(name), "TM-011");
  Require(match->answer.find('/') == std::string::npos, "it stays in its folder");
  Require(match->answer != name, "an answer never takes the place of its request");
  Require(!names.Find(match->answer).has_value(), "an answer is no request");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const terminal::Names ours;
  const auto others = terminal::Names::Read(bytes);
  for (const absl::string_view line : absl::StrSplit(bytes, '\n')) {
    CheckName(ours, line);
    if (others.ok()) CheckName(*others, line);
  }
  if (!others.ok()) return 0;
  for (const auto& prefixes : others->all()) {
    const std::string name = absl::StrCat(prefixes.request, "_1.xml");
    Require(others->Find(name).has_value(), "TM-012");
    CheckName(*others, name);
  }
  return 0;
}
