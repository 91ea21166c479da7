#include <libxml/xmlwriter.h>

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/eligibility/oqs/answer.h"
#include "services/eligibility/oqs/fields.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility::oqs {
namespace {

constexpr size_t kInsurerWidth = 8;

const xmlChar* X(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// What XML 1.0 can carry: no control characters but tab and line ends, no U+FFFE and U+FFFF.
bool IsXmlText(absl::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
  }
  return national::IsUtf8(text) && !absl::StrContains(text, "\xEF\xBF\xBE") &&
         !absl::StrContains(text, "\xEF\xBF\xBF");
}

class Writer {
 public:
  Writer() : buffer_(xmlBufferCreate(), xmlBufferFree) {
    writer_.reset(xmlNewTextWriterMemory(buffer_.get(), 0));
    xmlTextWriterSetIndent(writer_.get(), 1);
    xmlTextWriterSetIndentString(writer_.get(), X("  "));
  }

  void Open(const char* name) { Note(xmlTextWriterStartElement(writer_.get(), X(name))); }
  void Close() { Note(xmlTextWriterEndElement(writer_.get())); }

  void Leaf(const char* name, const std::string& text) {
    if (text.empty()) return;
    if (!IsXmlText(text)) {
      if (bad_element_.empty()) bad_element_ = name;
      return;
    }
    Note(xmlTextWriterWriteElement(writer_.get(), X(name), X(text.c_str())));
  }

  template <typename T>
  void Fields(const T& value, std::span<const Field<T>> fields) {
    for (const Field<T>& field : fields) {
      if (field.day == nullptr) {
        Leaf(field.element, value.*field.text);
      } else if (value.*field.day) {
        Leaf(field.element, national::FormatDay(*(value.*field.day)));
      }
    }
  }

  absl::StatusOr<std::string> Finish() {
    if (!bad_element_.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("XML cannot carry the text of ", bad_element_));
    }
    Note(xmlTextWriterFlush(writer_.get()));
    if (failed_) return absl::InternalError("the XML writer failed");
    return std::string(reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())));
  }

 private:
  void Note(int result) { failed_ = failed_ || result < 0; }

  std::unique_ptr<xmlBuffer, void (*)(xmlBufferPtr)> buffer_;
  std::unique_ptr<xmlTextWriter, void (*)(xmlTextWriterPtr)> writer_{nullptr, xmlFreeTextWriter};
  bool failed_ = false;
  std::string bad_element_;
};

void WriteIdentity(Writer& writer, national::InsuredIdentity identity) {
  // The field is 8 wide; what has another width was written by the facility and goes back as is.
  if (!identity.insurer.empty() && identity.insurer.size() < kInsurerWidth) {
    identity.insurer.insert(0, kInsurerWidth - identity.insurer.size(), ' ');
  }
  writer.Fields(identity, IdentityFields());
}

void WriteQualification(Writer& writer, const Qualification& q) {
  writer.Open("ResultOfQualificationConfirmation");
  WriteIdentity(writer, q.identity);
  writer.Fields(q, QualificationFields());
  if (q.limit != LimitCertificate{}) {
    writer.Open("LimitApplicationCertificateRelatedInfo");
    writer.Fields(q.limit, LimitFields());
    writer.Close();
  }
  writer.Close();
}

void WriteHeader(Writer& writer, const Answer& answer) {
  writer.Open("MessageHeader");
  writer.Fields(answer, AnswerHeaderFields());
  writer.Leaf("CharacterCodeIdentifier", answer.encoding == Encoding::kShiftJis ? "1" : "0");
  writer.Close();
}

void WriteBody(Writer& writer, const Answer& answer) {
  writer.Open("MessageBody");
  writer.Fields(answer, AnswerBodyFields());
  if (answer.validity != Validity::kUnset) {
    writer.Leaf("QualificationValidity", absl::StrCat(static_cast<int>(answer.validity)));
  }
  if (answer.search != Search{}) {
    writer.Open("QualificationConfirmSearchInfo");
    writer.Fields(answer.search.identity, IdentityFields());
    writer.Fields(answer.search, SearchFields());
    writer.Close();
  }
  if (!answer.results.empty()) {
    writer.Open("ResultList");
    for (const Qualification& q : answer.results) WriteQualification(writer, q);
    writer.Close();
  }
  writer.Close();
}

}  // namespace

absl::StatusOr<std::string> WriteAnswer(const Answer& answer) {
  if (answer.results.size() > kMaxResults) {
    return absl::InvalidArgumentError("too many qualifications for one answer");
  }
  Writer writer;
  writer.Open("XmlMsg");
  WriteHeader(writer, answer);
  WriteBody(writer, answer);
  writer.Close();
  absl::StatusOr<std::string> body = writer.Finish();
  if (!body.ok()) return body;
  const bool utf8 = answer.encoding == Encoding::kUtf8;
  const std::string text =
      absl::StrCat("<?xml version=\"1.0\" encoding=\"", utf8 ? "UTF-8" : "Shift_JIS",
                   "\" standalone=\"no\"?>\n", *body);
  if (utf8) return text;
  return national::Utf8ToCp932(text);
}

}  // namespace tsunagu::eligibility::oqs
