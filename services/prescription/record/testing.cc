#include "services/prescription/record/testing.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace tsunagu::prescription::record::testing {
namespace {

[[noreturn]] void Stop(absl::string_view why, absl::string_view what) {
  std::cerr << why << ": " << what << std::endl;
  std::abort();
}

std::string Describe(const national::Finding& finding) {
  return absl::StrCat(finding.rule, "@", finding.record, finding.field.empty() ? "" : " ",
                      finding.field);
}

}  // namespace

std::string ReadSample(absl::string_view name) {
  const std::string path = absl::StrCat("services/prescription/record/testdata/", name);
  std::ifstream file(path, std::ios::binary);
  if (!file) Stop("no such sample", path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string ValidSj1() {
  static constexpr absl::string_view kLines[] = {
      "SJ1",
      "1,1,1234567,13,つなぐ診療所",
      "2,105-0004,東京都港区一丁目",
      "3,03-0000-0000,,",
      "4,1,,内科",
      "5,,ﾂﾅｸﾞ ｲﾁﾛｳ,繋　一郎",
      "11,,試験 花子,ｼｹﾝ ﾊﾅｺ",
      "12,2",
      "13,19600606",
      "21,1",
      "22,01130012",
      "23,１,２３４,1,00",
      "51,20260510",
      "101,1,1,,14",
      "111,1,3,1013044400000000,１日３回朝昼夕食後,3",
      "201,1,1,1,2,612170709,ノルバスク錠２．５ｍｇ,3,1,錠",
      "201,1,2,1,7,2171014M2ZZZ,【般】ニフェジピンカプセル１０ｍｇ,1,1,カプセル",
      "101,2,1,,7",
      "111,2,3,1011000400000000,１日１回朝食後,1",
      "201,2,1,1,2,610421321,アダラートＣＲ錠２０ｍｇ,1,1,錠",
  };
  return absl::StrJoin(kLines, "\n") + "\n";
}

std::string ValidCj1() {
  static constexpr absl::string_view kLines[] = {
      "CJ1",
      "1,4,7654321,13,つなぐ薬局",
      "7,12ab34cd-0000-8000-8000-000000000001",
      "11,,試験 花子,ｼｹﾝ ﾊﾅｺ",
      "12,2",
      "13,19600606",
      "15,薬剤 次郎,",
      "22,01130012",
      "23,１,２３４,1,00",
      "51,20260511",
      "101,1,1,,14",
      "111,1,3,1013044400000000,１日３回朝昼夕食後,3",
      "201,1,1,1,2,612170709,ノルバスク錠２．５ｍｇ,3,1,錠",
      "291,1,1,眠気に注意",
      "391,1,食後に服用",
      "401,水で服用",
      "411,99,残薬なし",
      "501,備考",
      "511,1,999,用量を確認",
      "521,1,2,20260525",
  };
  return absl::StrJoin(kLines, "\n") + "\n";
}

std::string Change(absl::string_view text, absl::string_view from, absl::string_view to) {
  const size_t at = text.find(from);
  if (at == absl::string_view::npos || text.find(from, at + 1) != absl::string_view::npos) {
    Stop("not exactly once in the text", from);
  }
  return absl::StrCat(text.substr(0, at), to, text.substr(at + from.size()));
}

std::vector<std::string> Errors(const national::Findings& findings) {
  std::vector<std::string> result;
  for (const national::Finding& finding : findings) {
    if (finding.severity == national::Severity::kError) result.push_back(Describe(finding));
  }
  return result;
}

std::vector<std::string> All(const national::Findings& findings) {
  std::vector<std::string> result;
  for (const national::Finding& finding : findings) result.push_back(Describe(finding));
  return result;
}

}  // namespace tsunagu::prescription::record::testing
