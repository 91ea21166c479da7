#include "services/prescription/result_notes.h"

#include "services/platform/hpki/xades/document.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/dispensing.h"

namespace tsunagu::prescription {

v1::ResultNotes ReadNotes(absl::string_view document) {
  v1::ResultNotes notes;
  const auto read = xades::ReadDocument(document);
  if (!read.ok()) return notes;
  const auto checked = record::CheckRecordFile(read->payload, nullptr);
  if (!checked.file.has_value()) return notes;
  const record::Dispensing result = record::MakeDispensing(*checked.file);
  for (const auto& inquiry : result.inquiries) notes.add_inquiries(inquiry.text);
  for (const auto& message : result.messages) {
    notes.add_messages()->set_kind(message.kind);
    notes.mutable_messages()->rbegin()->set_text(message.text);
  }
  for (const auto& remark : result.remarks) notes.add_remarks(remark);
  return notes;
}

bool HasNotes(const v1::ResultNotes& notes) {
  return !notes.inquiries().empty() || !notes.messages().empty() || !notes.remarks().empty();
}

}  // namespace tsunagu::prescription
