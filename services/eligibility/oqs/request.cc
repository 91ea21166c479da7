#include "services/eligibility/oqs/request.h"

#include "services/eligibility/oqs/fields.h"
#include "services/eligibility/oqs/rules.h"
#include "services/eligibility/oqs/xml.h"

namespace tsunagu::eligibility::oqs {
namespace {

void ReadHeader(const Element& header, Request& request, national::Findings& findings) {
  constexpr bool kRequired = true;
  const auto day =
      DayOf(ReadText(header, "QualificationConfirmationDate", Form::kDay, "", kRequired, findings));
  if (day) request.confirmation_date = *day;
  request.institution_code =
      ReadText(header, "MedicalInstitutionCode", Form::kTenDigits, "", kRequired, findings);
  request.file_identifier =
      ReadText(header, "ArbitraryFileIdentifier", Form::kText, "", !kRequired, findings);
}

void ReadBody(const Element& body, Request& request, national::Findings& findings) {
  const Element* info = Group(body, "QualificationConfirmSearchInfo", true, findings);
  if (info == nullptr) return;
  ReadSearch(*info, request.search, findings);
  request.identity = national::Normalise(request.search.identity);
  if (request.search.birth_date) request.birth_date = *request.search.birth_date;
}

}  // namespace

RequestResult ReadRequest(absl::string_view xml) {
  RequestResult result;
  const std::optional<Element> root = ParseXml(xml, result.findings);
  if (!root) return result;
  if (root->name != "XmlMsg") {
    Add(result.findings, rules::kStructure, root->line, "XmlMsg");
    return result;
  }
  Request request;
  if (const Element* header = Group(*root, "MessageHeader", true, result.findings)) {
    ReadHeader(*header, request, result.findings);
  }
  if (const Element* body = Group(*root, "MessageBody", true, result.findings)) {
    ReadBody(*body, request, result.findings);
  }
  if (!national::HasErrors(result.findings)) result.request = std::move(request);
  return result;
}

}  // namespace tsunagu::eligibility::oqs
