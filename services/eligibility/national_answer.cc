#include "services/eligibility/national_answer.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility {
namespace {

constexpr char kByCertificateData[] = "2";  // ReferenceClassification
constexpr char kDone[] = "1";               // SegmentOfResult, ProcessingResultStatus
constexpr char kInsuredPerson[] = "1";      // relation
constexpr size_t kRatioDigits = 3;

national::InsuredIdentity FromProto(const tsunagu::common::v1::InsuredIdentity& identity) {
  return {identity.insurer(), identity.symbol(), identity.number(), identity.branch()};
}

std::string ThreeDigits(const std::string& percent) {
  if (percent.empty() || percent.size() >= kRatioDigits) return percent;
  return absl::StrCat(std::string(kRatioDigits - percent.size(), '0'), percent);
}

oqs::Qualification ToNational(const v1::Qualification& q) {
  oqs::Qualification national;
  national.identity = FromProto(q.identity());
  national.personal_family = q.relation();
  if (q.relation() == kInsuredPerson) national.insured_name = q.name();
  national.name = q.name();
  national.name_kana = q.name_kana();
  national.sex = q.sex();
  national.birth_date = national::ParseDay(q.birth_date());
  national.address = q.address();
  national.post_number = q.postal_code();
  national.valid_from = national::ParseDay(q.valid_from());
  national.expires = national::ParseDay(q.valid_to());
  national.contribution_ratio = ThreeDigits(q.copay_percent());
  national.reason_of_loss = q.loss_reason();
  national.insurer_name = q.insurer_name();
  return national;
}

}  // namespace

oqs::Answer MakeNationalAnswer(const v1::CheckRequest& request, const v1::CheckResponse& response,
                               absl::string_view institution, absl::Time now) {
  oqs::Answer answer;
  answer.process_execution_time = absl::FormatTime("%Y%m%d%H%M%S", now, national::Jst());
  answer.confirmation_date =
      request.date().empty() ? national::JstDay(now) : national::ParseDay(request.date());
  answer.institution_code = std::string(institution);
  answer.reference_classification = kByCertificateData;
  answer.segment_of_result = kDone;
  answer.processing_status = kDone;
  // The classes of the proto carry the national numbers.
  answer.validity = static_cast<oqs::Validity>(response.validity());
  answer.search.identity = FromProto(request.identity());
  answer.search.birth_date = national::ParseDay(request.birth_date());
  if (response.has_qualification()) answer.results.push_back(ToNational(response.qualification()));
  return answer;
}

}  // namespace tsunagu::eligibility
