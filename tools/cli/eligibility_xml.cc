#include "tools/cli/eligibility_xml.h"

#include "services/eligibility/oqs/answer.h"
#include "services/platform/national/jst.h"

namespace tsunagu::cli {
namespace {

namespace oqs = eligibility::oqs;

constexpr char kByCard[] = "2";  // ReferenceClassification: by what the certificate says
constexpr char kDone[] = "1";    // SegmentOfResult, ProcessingResultStatus
constexpr size_t kRatioDigits = 3;

oqs::Validity ToOqs(eligibility::v1::Validity validity) {
  switch (validity) {
    case eligibility::v1::VALIDITY_VALID:
      return oqs::Validity::kValid;
    case eligibility::v1::VALIDITY_INVALID:
      return oqs::Validity::kInvalid;
    case eligibility::v1::VALIDITY_INVALID_NEWER_EXISTS:
      return oqs::Validity::kInvalidNewerExists;
    case eligibility::v1::VALIDITY_NONE:
      return oqs::Validity::kNotFound;
    case eligibility::v1::VALIDITY_SEVERAL:
      return oqs::Validity::kSeveral;
    default:
      return oqs::Validity::kUnset;
  }
}

oqs::Qualification ToOqs(const eligibility::v1::Qualification& q) {
  oqs::Qualification result;
  result.card_classification = "01";
  result.identity = {q.identity().insurer(), q.identity().symbol(), q.identity().number(),
                     q.identity().branch()};
  result.personal_family = q.relation();
  result.name = q.name();
  result.name_kana = q.name_kana();
  result.sex = q.sex();
  result.birth_date = national::ParseDay(q.birth_date());
  result.address = q.address();
  result.post_number = q.postal_code();
  result.valid_from = national::ParseDay(q.valid_from());
  result.expires = national::ParseDay(q.valid_to());
  result.reason_of_loss = q.loss_reason();
  result.insurer_name = q.insurer_name();
  result.contribution_ratio = q.copay_percent();
  if (!result.contribution_ratio.empty() && result.contribution_ratio.size() < kRatioDigits) {
    result.contribution_ratio.insert(0, kRatioDigits - result.contribution_ratio.size(), '0');
  }
  return result;
}

}  // namespace

eligibility::v1::CheckRequest ToCheck(const oqs::Request& request) {
  eligibility::v1::CheckRequest check;
  check.mutable_identity()->set_insurer(request.identity.insurer);
  check.mutable_identity()->set_symbol(request.identity.symbol);
  check.mutable_identity()->set_number(request.identity.number);
  check.mutable_identity()->set_branch(request.identity.branch);
  check.set_birth_date(national::FormatDay(request.birth_date));
  check.set_date(national::FormatDay(request.confirmation_date));
  return check;
}

oqs::Answer ToAnswer(const oqs::Request& request, const eligibility::v1::CheckResponse& response) {
  oqs::Answer answer;
  answer.confirmation_date = request.confirmation_date;
  answer.institution_code = request.institution_code;
  answer.file_identifier = request.file_identifier;
  answer.reference_classification = kByCard;
  answer.segment_of_result = kDone;
  answer.processing_status = kDone;
  answer.validity = ToOqs(response.validity());
  answer.search = request.search;
  if (response.has_qualification()) answer.results.push_back(ToOqs(response.qualification()));
  return answer;
}

absl::StatusOr<std::string> AnswerXml(const oqs::Request& request,
                                      const eligibility::v1::CheckResponse& response,
                                      absl::Time now) {
  oqs::Answer answer = ToAnswer(request, response);
  answer.process_execution_time = absl::FormatTime("%Y%m%d%H%M%S", now, national::Jst());
  return oqs::WriteAnswer(answer);
}

}  // namespace tsunagu::cli
