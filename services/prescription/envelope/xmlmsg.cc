#include "services/prescription/envelope/xmlmsg.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/prescription/envelope/xml_tree.h"

namespace tsunagu::prescription::envelope {
namespace {

constexpr size_t kInstitutionDigits = 10;
constexpr size_t kMaxFileIdentifier = 64;
constexpr size_t kMaxPrescriptionId = 36;
constexpr size_t kMinAccessCode = 6;
constexpr size_t kMaxAccessCode = 16;

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); });
}

// The children of one element, with the faults of the whole message.
class Reader {
 public:
  Reader(const XmlElement* element, std::string path, std::vector<std::string>& faults)
      : element_(element), path_(std::move(path)), faults_(faults) {}

  // A child that must stand exactly once (RX-308).
  Reader Child(absl::string_view name) const {
    const XmlElement* child = Only(name);
    if (child == nullptr) Fault("RX-308", name);
    return Reader(child, absl::StrCat(path_, name, "/"), faults_);
  }

  // The text of a child that may be missing.
  std::string Text(absl::string_view name) const {
    const XmlElement* child = Only(name);
    return child == nullptr ? std::string() : child->text;
  }

  // A required code out of `allowed`.
  template <class Enum>
  Enum Code(absl::string_view name, absl::string_view rule, std::initializer_list<Enum> allowed) {
    int number = 0;
    if (absl::SimpleAtoi(Text(name), &number)) {
      for (const Enum value : allowed) {
        if (static_cast<int>(value) == number) return value;
      }
    }
    Fault(rule, name);
    return *allowed.begin();
  }

  void Require(bool holds, absl::string_view rule, absl::string_view name) const {
    if (!holds) Fault(rule, name);
  }

  national::Findings List(absl::string_view name) const;

 private:
  const XmlElement* Only(absl::string_view name) const {
    const XmlElement* found = nullptr;
    if (element_ == nullptr) return nullptr;
    for (const XmlElement& child : element_->children) {
      if (child.name != name) continue;
      if (found != nullptr) {
        Fault("RX-308", name);
        return nullptr;
      }
      found = &child;
    }
    return found;
  }

  void Fault(absl::string_view rule, absl::string_view name) const {
    const std::string fault = absl::StrCat(rule, " ", path_, name);
    if (std::find(faults_.begin(), faults_.end(), fault) == faults_.end()) faults_.push_back(fault);
  }

  const XmlElement* element_;
  std::string path_;
  std::vector<std::string>& faults_;
};

national::Findings Reader::List(absl::string_view name) const {
  national::Findings findings;
  const XmlElement* list = Only(name);
  if (list == nullptr) return findings;
  for (const XmlElement& item : list->children) {
    if (findings.size() >= kMaxFindingsPerList) break;
    Reader reader(&item, absl::StrCat(path_, name, "/", item.name, "/"), faults_);
    national::Finding& finding = findings.emplace_back();
    finding.rule = reader.Text("Rule");
    finding.severity =
        reader.Text("Severity") == "2" ? national::Severity::kWarning : national::Severity::kError;
    const std::string record = reader.Text("Record");
    reader.Require(absl::SimpleAtoi(record, &finding.record) && finding.record >= 0, "RX-310",
                   "Record");
    finding.field = reader.Text("Field");
    finding.text_ja = reader.Text("Text");
    finding.text_en = reader.Text("TextEn");
  }
  return findings;
}

void AddList(XmlElement& body, absl::string_view name, const national::Findings& findings) {
  XmlElement& list = body.Add(name);
  for (const national::Finding& finding : findings) {
    if (list.children.size() >= kMaxFindingsPerList) break;
    XmlElement& item = list.Add("Finding");
    item.Add("Rule", finding.rule);
    item.Add("Severity", finding.severity == national::Severity::kWarning ? "2" : "1");
    item.Add("Record", absl::StrCat(finding.record));
    item.Add("Field", finding.field);
    item.Add("Text", finding.text_ja);
    item.Add("TextEn", finding.text_en);
  }
}

// The part of the header that requests and answers share.
template <class Message>
void ReadHeader(Reader& header, Message& message) {
  message.institution = header.Text("MedicalInstitutionCode");
  header.Require(message.institution.size() == kInstitutionDigits && AllDigits(message.institution),
                 "RX-302", "MedicalInstitutionCode");
  message.file_identifier = header.Text("ArbitraryFileIdentifier");
  header.Require(message.file_identifier.size() <= kMaxFileIdentifier, "RX-302",
                 "ArbitraryFileIdentifier");
  message.character_code = header.Code("CharacterCodeIdentifier", "RX-307",
                                       {CharacterCode::kUtf8, CharacterCode::kShiftJis});
}

template <class Message>
XmlElement& AddHeader(XmlElement& root, const Message& message) {
  XmlElement& header = root.Add("MessageHeader");
  header.Add("MedicalInstitutionCode", message.institution);
  header.Add("ArbitraryFileIdentifier", message.file_identifier);
  header.Add("CharacterCodeIdentifier", absl::StrCat(static_cast<int>(message.character_code)));
  return header;
}

absl::Status ToStatus(const std::vector<std::string>& faults) {
  if (faults.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(faults, "; "));
}

absl::StatusOr<XmlElement> ReadRoot(absl::string_view xml) {
  if (xml.size() > kMaxMessageBytes) {
    return absl::InvalidArgumentError("RX-301 the message is too large");
  }
  absl::StatusOr<XmlElement> root = ParseXml(xml);
  if (!root.ok()) return absl::InvalidArgumentError("RX-300 no plain XML document");
  if (root->name != "XmlMsg") return absl::InvalidArgumentError("RX-308 XmlMsg");
  return root;
}

void ReadAnswerIds(Reader& body, RegisterAnswer& answer) {
  answer.prescription_id = body.Text("PrescriptionId");
  body.Require(answer.prescription_id.size() <= kMaxPrescriptionId, "RX-309", "PrescriptionId");
  answer.access_code = body.Text("AccessCode");
  const size_t digits = answer.access_code.size();
  body.Require(digits == 0 || (digits >= kMinAccessCode && digits <= kMaxAccessCode &&
                               AllDigits(answer.access_code)),
               "RX-309", "AccessCode");
}

auto Tie(const RegisterAnswer& a) {
  return std::tie(a.institution, a.file_identifier, a.character_code, a.segment, a.error_code,
                  a.error_message, a.status, a.result_code, a.result_message, a.prescription_id,
                  a.access_code);
}

bool SameFindings(const national::Findings& a, const national::Findings& b) {
  const auto tie = [](const national::Finding& f) {
    return std::tie(f.rule, f.severity, f.record, f.field, f.text_ja, f.text_en);
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const auto& x, const auto& y) { return tie(x) == tie(y); });
}

}  // namespace

bool SameAnswer(const RegisterAnswer& a, const RegisterAnswer& b) {
  return Tie(a) == Tie(b) && SameFindings(a.xml_findings, b.xml_findings) &&
         SameFindings(a.record_findings, b.record_findings) &&
         SameFindings(a.signature_findings, b.signature_findings);
}

absl::StatusOr<RegisterRequest> ReadRegisterRequest(absl::string_view xml) {
  const absl::StatusOr<XmlElement> root = ReadRoot(xml);
  if (!root.ok()) return root.status();
  std::vector<std::string> faults;
  const Reader message(&*root, "", faults);
  RegisterRequest request;
  Reader header = message.Child("MessageHeader");
  ReadHeader(header, request);
  Reader body = message.Child("MessageBody");
  request.issue_type =
      body.Code("IssueType", "RX-303", {IssueType::kElectronic, IssueType::kPaper});
  const std::string base64 = body.Text("PrescriptionInfo");
  const bool decoded = absl::Base64Unescape(base64, &request.prescription_xml);
  body.Require(decoded && !request.prescription_xml.empty(), "RX-304", "PrescriptionInfo");
  if (const absl::Status status = ToStatus(faults); !status.ok()) return status;
  return request;
}

absl::StatusOr<RegisterAnswer> ReadRegisterAnswer(absl::string_view xml) {
  const absl::StatusOr<XmlElement> root = ReadRoot(xml);
  if (!root.ok()) return root.status();
  std::vector<std::string> faults;
  const Reader message(&*root, "", faults);
  RegisterAnswer answer;
  Reader header = message.Child("MessageHeader");
  ReadHeader(header, answer);
  answer.segment = header.Code("SegmentOfResult", "RX-305",
                               {Segment::kFinished, Segment::kProcessing, Segment::kFailed});
  answer.error_code = header.Text("ErrorCode");
  answer.error_message = header.Text("ErrorMessage");
  Reader body = message.Child("MessageBody");
  answer.status =
      body.Code("ProcessingResultStatus", "RX-306", {ResultStatus::kOk, ResultStatus::kError});
  answer.result_code = body.Text("ProcessingResultCode");
  answer.result_message = body.Text("ProcessingResultMessage");
  ReadAnswerIds(body, answer);
  answer.xml_findings = body.List("XmlCheckResultList");
  answer.record_findings = body.List("CsvCheckResultList");
  answer.signature_findings = body.List("SignatureCheckResultList");
  if (const absl::Status status = ToStatus(faults); !status.ok()) return status;
  return answer;
}

absl::StatusOr<std::string> WriteRegisterRequest(const RegisterRequest& request) {
  XmlElement root{"XmlMsg"};
  AddHeader(root, request);
  XmlElement& body = root.Add("MessageBody");
  body.Add("IssueType", absl::StrCat(static_cast<int>(request.issue_type)));
  body.Add("PrescriptionInfo", absl::Base64Escape(request.prescription_xml));
  std::string xml = FormatXml(root);
  const absl::StatusOr<RegisterRequest> back = ReadRegisterRequest(xml);
  if (!back.ok()) return back.status();
  if (*back != request) return absl::InvalidArgumentError("RX-311 a text that XML cannot hold");
  return xml;
}

absl::StatusOr<std::string> WriteRegisterAnswer(const RegisterAnswer& answer) {
  XmlElement root{"XmlMsg"};
  XmlElement& header = AddHeader(root, answer);
  header.Add("SegmentOfResult", absl::StrCat(static_cast<int>(answer.segment)));
  header.Add("ErrorCode", answer.error_code);
  header.Add("ErrorMessage", answer.error_message);
  XmlElement& body = root.Add("MessageBody");
  body.Add("ProcessingResultStatus", absl::StrCat(static_cast<int>(answer.status)));
  body.Add("ProcessingResultCode", answer.result_code);
  body.Add("ProcessingResultMessage", answer.result_message);
  body.Add("PrescriptionId", answer.prescription_id);
  body.Add("AccessCode", answer.access_code);
  AddList(body, "XmlCheckResultList", answer.xml_findings);
  AddList(body, "CsvCheckResultList", answer.record_findings);
  AddList(body, "SignatureCheckResultList", answer.signature_findings);
  std::string xml = FormatXml(root);
  const absl::StatusOr<RegisterAnswer> back = ReadRegisterAnswer(xml);
  if (!back.ok()) return back.status();
  if (!SameAnswer(*back, answer)) {
    return absl::InvalidArgumentError("RX-311 a text that XML cannot hold, or too many findings");
  }
  return xml;
}

}  // namespace tsunagu::prescription::envelope
