#include "services/eligibility/oqs/answer.h"

#include "services/eligibility/oqs/fields.h"
#include "services/eligibility/oqs/rules.h"
#include "services/eligibility/oqs/xml.h"

namespace tsunagu::eligibility::oqs {
namespace {

using national::Findings;

Validity ReadValidity(const Element& body, Findings& findings) {
  const std::string text =
      ReadText(body, "QualificationValidity", Form::kCode, "1 2 3 4 5", false, findings);
  return text.empty() ? Validity::kUnset : static_cast<Validity>(text[0] - '0');
}

void CheckPeriod(const Element& element, const Qualification& q, Findings& findings) {
  if (!q.valid_from || !q.expires || *q.valid_from <= *q.expires) return;
  const Element* expires = element.Child("InsuredCardExpirationDate");
  Add(findings, rules::kPeriod, expires != nullptr ? expires->line : element.line,
      absl::StrCat(element.name, ".InsuredCardExpirationDate"));
}

Qualification ReadQualification(const Element& element, Findings& findings) {
  Qualification q;
  ReadFields(element, QualificationFields(), q, findings);
  ReadIdentity(element, q.identity, findings);
  q.identity = national::Normalise(q.identity);
  if (const Element* limit =
          Group(element, "LimitApplicationCertificateRelatedInfo", false, findings)) {
    ReadFields(*limit, LimitFields(), q.limit, findings);
  }
  CheckPeriod(element, q, findings);
  return q;
}

void ReadResults(const Element& body, Answer& answer, Findings& findings) {
  const Element* list = Group(body, "ResultList", false, findings);
  if (list == nullptr) return;
  for (const Element& child : list->children) {
    if (child.name != "ResultOfQualificationConfirmation") continue;
    if (answer.results.size() == kMaxResults) {
      Add(findings, rules::kTooManyResults, child.line, "ResultList");
      return;
    }
    answer.results.push_back(ReadQualification(child, findings));
  }
}

void ReadBody(const Element& body, Answer& answer, Findings& findings) {
  ReadFields(body, AnswerBodyFields(), answer, findings);
  answer.validity = ReadValidity(body, findings);
  if (const Element* info = Group(body, "QualificationConfirmSearchInfo", false, findings)) {
    ReadSearch(*info, answer.search, findings);
  }
  ReadResults(body, answer, findings);
  if (answer.validity == Validity::kValid && answer.results.empty()) {
    Add(findings, rules::kNoResult, body.line, "ResultList");
  }
}

}  // namespace

AnswerResult ReadAnswer(absl::string_view xml) {
  AnswerResult result;
  const std::optional<Element> root = ParseXml(xml, result.findings);
  if (!root) return result;
  if (root->name != "XmlMsg") {
    Add(result.findings, rules::kStructure, root->line, "XmlMsg");
    return result;
  }
  const Element* header = Group(*root, "MessageHeader", true, result.findings);
  if (header == nullptr) return result;
  Answer answer;
  ReadFields(*header, AnswerHeaderFields(), answer, result.findings);
  const std::string encoding =
      ReadText(*header, "CharacterCodeIdentifier", Form::kCode, "0 1", false, result.findings);
  answer.encoding = encoding == "1" ? Encoding::kShiftJis : Encoding::kUtf8;
  // An answer that failed or is in process may come without a body.
  if (const Element* body = Group(*root, "MessageBody", false, result.findings)) {
    ReadBody(*body, answer, result.findings);
  }
  if (!national::HasErrors(result.findings)) result.answer = std::move(answer);
  return result;
}

}  // namespace tsunagu::eligibility::oqs
