#include "services/eligibility/oqs/summary.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility::oqs {
namespace {

const char* NameOf(Validity validity) {
  switch (validity) {
    case Validity::kUnset:
      return "未確認 (not checked)";
    case Validity::kValid:
      return "有効 (valid)";
    case Validity::kInvalid:
      return "無効 (invalid)";
    case Validity::kInvalidNewerExists:
      return "無効・新しい資格あり (invalid, a newer qualification exists)";
    case Validity::kNotFound:
      return "該当資格なし (no such qualification)";
    case Validity::kSeveral:
      return "複数該当 (several match)";
  }
  return "";
}

const char* NameOf(Encoding encoding) {
  return encoding == Encoding::kUtf8 ? "UTF-8" : "Shift_JIS";
}

}  // namespace

std::string Summarise(const Request& request) {
  return absl::StrCat("資格確認要求 (eligibility request)\n医療機関等コード (institution): ",
                      request.institution_code,
                      "\n確認日 (day asked for): ", national::FormatDay(request.confirmation_date),
                      "\n枝番 (branch number): ",
                      request.identity.branch.empty() ? "なし (none)" : "あり (given)", "\n");
}

std::string Summarise(const Answer& answer) {
  return absl::StrCat("資格確認結果 (eligibility answer)\n医療機関等コード (institution): ",
                      answer.institution_code, "\n資格 (qualification): ", NameOf(answer.validity),
                      "\n資格情報の件数 (results): ", answer.results.size(),
                      "\n文字コード (encoding): ", NameOf(answer.encoding), "\n");
}

}  // namespace tsunagu::eligibility::oqs
