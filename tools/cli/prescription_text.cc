#include "tools/cli/prescription_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
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
    case prescription::v1::STATUS_COLLECTED:
      return "この処方箋は回収されていて、使えません (it was collected and cannot be used)";
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

std::string UseText(const prescription::v1::Course& course, int use) {
  const bool refill = course.kind() == prescription::v1::Course::KIND_REFILL;
  if (course.total() == 0) return "";
  return absl::StrCat(refill ? "リフィル " : "分割 ", use, " / ", course.total(),
                      refill ? " (refill)" : " (divided)");
}

std::string SignerNotice(const prescription::v1::Signer& signer,
                         const google::protobuf::RepeatedPtrField<common::v1::Finding>& told) {
  const auto tells = [](const auto& finding) { return finding.rule() == "RX-051"; };
  if (!signer.names_differ() || std::any_of(told.begin(), told.end(), tells)) return "";
  return "【注意】記載された氏名と、署名者の証明書の氏名が異なります (the name that is stated is "
         "not "
         "that of the signer's certificate)\n";
}

}  // namespace tsunagu::cli
