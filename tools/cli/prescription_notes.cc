#include "tools/cli/prescription_notes.h"

#include "absl/strings/str_cat.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"

namespace tsunagu::cli {
namespace {

// 伝達事項の区分 of record 411.
const char* KindWord(int kind) {
  switch (kind) {
    case 30:
      return "入院中の副作用 side effect in hospital";
    case 31:
      return "退院後の薬剤管理に必要 needed after discharge";
    default:
      return "その他 other";
  }
}

}  // namespace

std::string NotesText(const prescription::v1::ResultNotes& notes) {
  std::string text;
  for (const std::string& inquiry : notes.inquiries()) {
    absl::StrAppend(&text, "  疑義照会の回答 inquiry: ", Printable(inquiry), "\n");
  }
  for (const auto& message : notes.messages()) {
    absl::StrAppend(&text, "  伝達事項 message (", KindWord(message.kind()),
                    "): ", Printable(message.text()), "\n");
  }
  for (const std::string& remark : notes.remarks()) {
    absl::StrAppend(&text, "  備考 remark: ", Printable(remark), "\n");
  }
  return text;
}

std::string NotesText(const prescription::v1::GetStatusResponse& response) {
  std::string text;
  if (response.has_message()) {
    text = "【伝達】薬局から処方医への伝達事項があります (there is a message from the pharmacy)\n";
  }
  for (const auto& notes : response.notes()) {
    absl::StrAppend(&text, "薬局 pharmacy ", notes.pharmacy(), "、調剤 dispensed ",
                    Day(notes.dispensed_on()), "、", notes.use(), " 回目\n", NotesText(notes));
  }
  return text;
}

}  // namespace tsunagu::cli
