#include "tools/cli/prescription_text.h"

#include "absl/strings/str_cat.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"

namespace tsunagu::cli {
namespace {

// What a state means to who has just been told of a success; empty where there is nothing to fear.
const char* Meaning(prescription::v1::Status status) {
  switch (status) {
    case prescription::v1::STATUS_CANCELLED:
      return "この処方箋は取り消されていて、使えません (it is cancelled and cannot be used)";
    case prescription::v1::STATUS_EXPIRED:
      return "この処方箋は使用期限が過ぎていて、使えません (it has expired and cannot be used)";
    case prescription::v1::STATUS_DISPENSED:
      return "この処方箋は調剤済みです (it is dispensed already)";
    default:
      return "";
  }
}

}  // namespace

std::string RepeatNotice(bool repeated, prescription::v1::Status status) {
  if (!repeated) return "";
  std::string text = absl::StrCat(
      "【再送】この操作は前に行われています。今回は何も変わっていません (done before, nothing "
      "changed now)\n  現在の状態 status now: ",
      Word(status), "\n");
  const std::string meaning = Meaning(status);
  if (!meaning.empty()) absl::StrAppend(&text, "【注意】", meaning, "\n");
  return text;
}

std::string WarningNotice(const google::protobuf::RepeatedPtrField<common::v1::Finding>& warnings) {
  if (warnings.empty()) return "";
  std::string text = absl::StrCat("【警告】", warnings.size(),
                                  " 件あります。必ずお確かめください (warnings: look at each)\n");
  for (const auto& warning : warnings) {
    absl::StrAppend(&text, "  ! ", Printable(warning.text_ja()), "\n    ",
                    Printable(warning.text_en()), " (", Printable(warning.rule()), ", 項目 field ",
                    Printable(warning.field()), ")\n");
  }
  return text;
}

std::string SignerNotice(const prescription::v1::Signer& signer) {
  if (!signer.names_differ()) return "";
  return "【注意】記載された氏名と、署名者の証明書の氏名が異なります (the name that is stated is "
         "not "
         "that of the signer's certificate)\n";
}

}  // namespace tsunagu::cli
