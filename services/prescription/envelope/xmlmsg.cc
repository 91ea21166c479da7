#include "services/prescription/envelope/xmlmsg.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/national/finding_text.h"
#include "services/prescription/envelope/reader.h"
#include "services/prescription/envelope/rules.h"
#include "services/prescription/envelope/xml_tree.h"

namespace tsunagu::prescription::envelope {
namespace {

using national::Findings;

constexpr size_t kInstitutionDigits = 10;
constexpr size_t kMaxFileIdentifier = 64;

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); });
}

bool IsError(const national::Finding& finding) {
  return finding.severity == national::Severity::kError;
}

// Code and Record follow from the others, for those who look for them.
void AddList(XmlElement& body, absl::string_view name, const Findings& findings) {
  if (findings.empty()) return;
  XmlElement& list = body.Add(name);
  for (const national::Finding& finding : findings) {
    if (list.children.size() >= kMaxFindingsPerList) break;
    XmlElement& item = list.Add("Finding");
    item.Add("Rule", finding.rule);
    item.Add("Severity", IsError(finding) ? "1" : "2");
    item.Add("Code", national::FindingCode(finding.rule, IsError(finding)));
    item.Add("Line", absl::StrCat(finding.record));
    item.Add("Record", absl::StrCat(national::RecordNumberOf(finding.field)));
    item.Add("Field", finding.field);
    item.Add("Text", finding.text_ja);
    item.Add("TextEn", finding.text_en);
  }
}

// The part of the header that every XmlMsg has.
Header ReadWhoAsks(const Reader& reader) {
  Header header;
  header.institution = reader.Text("MedicalInstitutionCode");
  reader.Require(header.institution.size() == kInstitutionDigits && AllDigits(header.institution),
                 rules::kHeader, "MedicalInstitutionCode");
  header.file_identifier = reader.Text("ArbitraryFileIdentifier");
  reader.Require(header.file_identifier.size() <= kMaxFileIdentifier, rules::kHeader,
                 "ArbitraryFileIdentifier");
  return header;
}

Header ReadWholeHeader(const Reader& reader) {
  Header header = ReadWhoAsks(reader);
  header.character_code = reader.Code("CharacterCodeIdentifier", rules::kCharset,
                                      {CharacterCode::kUtf8, CharacterCode::kShiftJis});
  return header;
}

XmlElement& AddHeader(XmlElement& root, const Header& header) {
  XmlElement& element = root.Add("MessageHeader");
  element.Add("MedicalInstitutionCode", header.institution);
  element.Add("ArbitraryFileIdentifier", header.file_identifier);
  element.Add("CharacterCodeIdentifier", absl::StrCat(static_cast<int>(header.character_code)));
  return element;
}

void AddFields(XmlElement& body, std::span<const Field> known, const Fields& fields) {
  for (const Field& field : known) {
    const auto found = fields.find(field.name);
    if (found == fields.end() || found->second.empty()) continue;
    body.Add(field.name,
             field.form == Form::kBase64 ? absl::Base64Escape(found->second) : found->second);
  }
}

void AddRows(XmlElement& body, const Rows& known, const std::vector<Fields>& rows) {
  if (known.list == nullptr || rows.empty()) return;
  XmlElement& list = body.Add(known.list);
  for (const Fields& row : rows) AddFields(list.Add(known.item), known.fields, row);
}

std::optional<XmlElement> ReadRoot(absl::string_view xml, Findings& findings) {
  if (xml.size() > kMaxMessageBytes) {
    national::Add(rules::kSize, 0, "", findings);
    return std::nullopt;
  }
  const absl::StatusOr<std::string> text = DecodeXml(xml);
  if (!text.ok()) {
    national::Add(rules::kEncoding, 0, "", findings);
    return std::nullopt;
  }
  absl::StatusOr<XmlElement> root = ParseXml(*text);
  if (!root.ok()) {
    national::Add(rules::kNotXml, 0, "", findings);
    return std::nullopt;
  }
  if (root->name != "XmlMsg") {
    national::Add(rules::kOnce, 0, "XmlMsg", findings);
    return std::nullopt;
  }
  return *std::move(root);
}

XmlCharset CharsetOf(const Header& header) {
  return header.character_code == CharacterCode::kShiftJis ? XmlCharset::kCp932 : XmlCharset::kUtf8;
}

absl::Status NotWritable() {
  return absl::InvalidArgumentError("RX-311 what could not be read back is not written");
}

auto Tie(const Answer& a) {
  return std::tie(a.header, a.segment, a.error_code, a.error_message, a.status, a.result_code,
                  a.result_message, a.fields, a.rows);
}

bool SameFindings(const Findings& a, const Findings& b) {
  const auto tie = [](const national::Finding& f) {
    return std::tie(f.rule, f.severity, f.record, f.field, f.text_ja, f.text_en);
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const auto& x, const auto& y) { return tie(x) == tie(y); });
}

}  // namespace

bool SameAnswer(const Answer& a, const Answer& b) {
  return Tie(a) == Tie(b) && SameFindings(a.xml_findings, b.xml_findings) &&
         SameFindings(a.record_findings, b.record_findings) &&
         SameFindings(a.signature_findings, b.signature_findings);
}

RequestResult ReadRequest(const Interface& interface, absl::string_view xml) {
  RequestResult result;
  const std::optional<XmlElement> root = ReadRoot(xml, result.findings);
  if (!root) return result;
  const Reader reader(&*root, "", result.findings);
  Request request;
  request.header = ReadWholeHeader(reader.Child("MessageHeader"));
  if (result.findings.empty()) result.header = request.header;
  result.fields = reader.Child("MessageBody").Read(interface.request);
  request.fields = result.fields;
  if (result.findings.empty()) result.request = std::move(request);
  return result;
}

std::optional<Header> ReadHeader(absl::string_view xml) {
  Findings findings;
  const std::optional<XmlElement> root = ReadRoot(xml, findings);
  if (!root) return std::nullopt;
  const Header header = ReadWhoAsks(Reader(&*root, "", findings).Child("MessageHeader"));
  if (!findings.empty()) return std::nullopt;
  return header;
}

AnswerResult ReadAnswer(const Interface& interface, absl::string_view xml) {
  AnswerResult result;
  const std::optional<XmlElement> root = ReadRoot(xml, result.findings);
  if (!root) return result;
  const Reader reader(&*root, "", result.findings);
  Answer answer;
  const Reader header = reader.Child("MessageHeader");
  answer.header = ReadWholeHeader(header);
  answer.segment = header.Code("SegmentOfResult", rules::kSegment,
                               {Segment::kFinished, Segment::kProcessing, Segment::kFailed});
  answer.error_code = header.Text("ErrorCode");
  answer.error_message = header.Text("ErrorMessage");
  const Reader body = reader.Child("MessageBody");
  answer.status = body.Code("ProcessingResultStatus", rules::kStatus,
                            {ResultStatus::kOk, ResultStatus::kError});
  answer.result_code = body.Text("ProcessingResultCode");
  answer.result_message = body.Text("ProcessingResultMessage");
  result.fields = body.Read(interface.response);
  answer.fields = result.fields;
  answer.rows = body.Read(interface.rows);
  answer.xml_findings = body.List("XmlCheckResultList");
  answer.record_findings = body.List("CsvCheckResultList");
  answer.signature_findings = body.List("SignatureCheckResultList");
  if (result.findings.empty()) result.answer = std::move(answer);
  return result;
}

absl::StatusOr<std::string> WriteRequest(const Interface& interface, const Request& request) {
  XmlElement root{"XmlMsg"};
  AddHeader(root, request.header);
  AddFields(root.Add("MessageBody"), interface.request, request.fields);
  std::string xml = FormatXml(root, CharsetOf(request.header));
  const RequestResult back = ReadRequest(interface, xml);
  if (!back.request || *back.request != request) return NotWritable();
  return xml;
}

absl::StatusOr<std::string> WriteAnswer(const Interface& interface, const Answer& answer) {
  XmlElement root{"XmlMsg"};
  XmlElement& header = AddHeader(root, answer.header);
  header.Add("SegmentOfResult", absl::StrCat(static_cast<int>(answer.segment)));
  header.Add("ErrorCode", answer.error_code);
  header.Add("ErrorMessage", answer.error_message);
  XmlElement& body = root.Add("MessageBody");
  body.Add("ProcessingResultStatus", absl::StrCat(static_cast<int>(answer.status)));
  body.Add("ProcessingResultCode", answer.result_code);
  body.Add("ProcessingResultMessage", answer.result_message);
  AddFields(body, interface.response, answer.fields);
  AddRows(body, interface.rows, answer.rows);
  AddList(body, "XmlCheckResultList", answer.xml_findings);
  AddList(body, "CsvCheckResultList", answer.record_findings);
  AddList(body, "SignatureCheckResultList", answer.signature_findings);
  std::string xml = FormatXml(root, CharsetOf(answer.header));
  const AnswerResult back = ReadAnswer(interface, xml);
  if (!back.answer || !SameAnswer(*back.answer, answer)) return NotWritable();
  return xml;
}

}  // namespace tsunagu::prescription::envelope
