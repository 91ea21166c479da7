#include "tools/cli/check_message.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/prescription/envelope/interfaces.h"
#include "services/prescription/envelope/message_kind.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/cli/check_document.h"

namespace tsunagu::cli {
namespace {

namespace envelope = prescription::envelope;
using envelope::Fields;
using Json = nlohmann::ordered_json;

constexpr char kPdf[] = "%PDF";

// What the file is, told by its name or by what stands in it; Recognise has found one.
envelope::MessageKind KindOf(const CheckInput& file) {
  auto kind = envelope::KindByName(file.name);
  if (!kind.has_value()) kind = envelope::KindByContent(file.bytes);
  return kind.value_or(envelope::MessageKind{&envelope::Interfaces().front()});
}

Format FormatOf(const std::string& field, const std::string& document) {
  const Format format = Recognise("", document);
  if (format == Format::kRecord || format == Format::kPrescription ||
      format == Format::kDispensing) {
    return format;
  }
  // Anything else is checked as what ought to stand there.
  return absl::StrContains(field, "Dispensing") ? Format::kDispensing : Format::kPrescription;
}

// Of a signed original the signature is looked at; a draft, a copy of paper and drugs given in
// house need none.
bool NeedsSignature(const Fields& fields) {
  const auto type = fields.find("IssueType");
  return type != fields.end() && type->second == "1";
}

Json CheckWithin(const std::string& field, const std::string& document, CheckContext context,
                 CheckReport* report) {
  Json json = {{"element", field}, {"bytes", document.size()}};
  if (absl::StartsWith(document, kPdf)) return json;
  CheckReport within;
  within.format = FormatOf(field, document);
  within.summary = Json::object();
  if (within.format == Format::kRecord) {
    CheckRecord(document, context, &within);
  } else {
    CheckDocument(document, context, &within);
  }
  json["format"] = FormatName(within.format);
  json["summary"] = std::move(within.summary);
  for (auto& part : within.findings) {
    part.part = absl::StrCat(field, "/", part.part);
    report->findings.push_back(std::move(part));
  }
  return json;
}

// The names of the elements, and with the content what they hold.
void AddFields(std::span<const envelope::Field> known, const Fields& fields,
               const CheckContext& context, CheckReport* report) {
  CheckContext within = context;
  within.signature_optional = !NeedsSignature(fields);
  Json elements = Json::array(), content = Json::object(), documents = Json::array();
  for (const envelope::Field& field : known) {
    const auto found = fields.find(field.name);
    if (found == fields.end()) continue;
    elements.push_back(field.name);
    if (field.form == envelope::Form::kBase64) {
      documents.push_back(CheckWithin(field.name, found->second, within, report));
    } else {
      content[field.name] = found->second;
    }
  }
  report->summary["elements"] = std::move(elements);
  if (context.content) report->summary["content"] = std::move(content);
  report->summary["documents"] = std::move(documents);
}

void AddAnswer(const envelope::Answer& answer, const CheckContext& context, CheckReport* report) {
  report->summary["status"] = static_cast<int>(answer.status);
  report->summary["code"] = answer.result_code;
  report->summary["rows"] = answer.rows.size();
  if (context.content) report->summary["row_content"] = answer.rows;
  report->summary["told_findings"] =
      answer.xml_findings.size() + answer.record_findings.size() + answer.signature_findings.size();
}

}  // namespace

void CheckMessage(const CheckInput& file, const CheckContext& context, CheckReport* report) {
  const envelope::MessageKind kind = KindOf(file);
  report->summary = {{"interface", kind.is_answer ? kind.interface->answer : kind.interface->id},
                     {"known_by", kind.by_name ? "name" : "content"},
                     {"meaning_ja", kind.interface->meaning_ja},
                     {"meaning_en", kind.interface->meaning_en}};
  national::Findings findings;
  Fields fields;
  std::optional<envelope::Answer> answer;
  if (kind.is_answer) {
    auto read = envelope::ReadAnswer(*kind.interface, file.bytes);
    findings = std::move(read.findings);
    fields = std::move(read.fields);
    answer = std::move(read.answer);
  } else {
    auto read = envelope::ReadRequest(*kind.interface, file.bytes);
    findings = std::move(read.findings);
    fields = std::move(read.fields);
  }
  for (const auto& finding : findings) report->findings.push_back({"envelope", finding});
  AddFields(kind.is_answer ? kind.interface->response : kind.interface->request, fields, context,
            report);
  if (answer.has_value()) AddAnswer(*answer, context, report);
}

}  // namespace tsunagu::cli
