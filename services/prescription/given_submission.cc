#include "services/prescription/given_submission.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/prescription/drug_names.h"
#include "services/prescription/findings.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/dispensing.h"
#include "services/prescription/record/prescription.h"
#include "services/prescription/record/records.h"
#include "services/prescription/submission_read.h"
#include "services/prescription/submission_rules.h"
#include "services/prescription/submission_time.h"

namespace tsunagu::prescription {
namespace {

using xades::DocumentKind;

constexpr Rule kRuleFacility = {"RX-484", kError, "記録の機関が送信元の機関と異なります。",
                                "The facility in the record is not the sender."};
constexpr Rule kRuleNumbered = {
    "RX-487", kError,
    "処方箋ID・引換番号のある処方箋は、受付のうえ調剤結果として登録してください。",
    "A prescription with an id or number is accepted, and its result registered."};
constexpr Rule kRuleOldPaper = {"RX-553", kError, "交付年月日が調剤日の 366 日より前です。",
                                "The paper was issued more than 366 days before."};
constexpr Rule kRuleGivenDay = {"RX-488", kError, "投与・調剤の日が未来か、交付年月日より前です。",
                                "The day of giving lies ahead, or before the issue day."};

// Three uses of a refill of 90 days, and some.
constexpr int kMaxPaperDays = 366;

// What both kinds of record files have.
struct Content {
  const record::Facility& facility;
  const record::Patient& patient;
  const record::Insurance& insurance;
  absl::CivilDay given_on;
  const std::vector<record::Rp>& rps;
};

void CheckDay(const Content& content, const GivenSubmitter& submitter,
              national::Findings& findings) {
  if (!IsKnown(content.given_on)) return;
  const bool early = national::FormatDay(content.given_on) < submitter.issued_on;
  const bool ahead = content.given_on > national::JstDay(submitter.now);
  if (early || ahead) Report(kRuleGivenDay, "51", findings);
  const auto issued = national::ParseDay(submitter.issued_on);
  const bool old = issued.has_value() && content.given_on - *issued > kMaxPaperDays;
  if (old) Report(kRuleOldPaper, "issued_on", findings);
}

void CheckBranch(const record::Insurance& insurance, national::Findings& findings) {
  const auto identity = national::Normalise(insurance.identity);
  const bool lacks =
      !identity.insurer.empty() && national::NeedsBranch(identity) && identity.branch.empty();
  if (lacks) Report(kRuleBranch, "23.branch", findings);
}

// The same record of the same facility has the same id, whoever is said to have issued the paper
// (RX-485).
std::string IdOf(const std::string& subject, const GivenSubmitter& submitter,
                 absl::string_view payload) {
  return national::MakeId(national::RoutingHash(subject),
                          absl::StrCat("given\n", submitter.facility, "\n", payload));
}

void JudgeContent(absl::string_view payload, const Content& content,
                  const GivenSubmitter& submitter, const national::SubjectKey& subjects,
                  GivenVerdict& verdict) {
  national::Findings& findings = verdict.findings.record;
  if (!content.facility.code.empty() && content.facility.FullCode() != submitter.facility) {
    Report(kRuleFacility, "1", findings);
  }
  CheckDay(content, submitter, findings);
  CheckBranch(content.insurance, findings);
  const national::InsuredIdentity identity = content.insurance.Subject();
  if (identity.insurer.empty() || identity.number.empty()) return;
  const bool in_house = submitter.kind == v1::GIVEN_KIND_IN_HOUSE;
  verdict.subject = subjects.MakeSubject(identity);
  verdict.patient = content.patient;
  verdict.insurer = national::Normalise(content.insurance.identity).insurer;
  auto& event = verdict.content;
  event.set_given_id(IdOf(verdict.subject, submitter, payload));
  event.set_kind(submitter.kind);
  event.set_facility(submitter.facility);
  event.set_given_on(national::FormatDay(content.given_on));
  event.set_issuer(in_house ? submitter.facility : submitter.issuer);
  event.set_issued_on(in_house ? event.given_on() : submitter.issued_on);
  event.set_facility_name(content.facility.name);
  AddDrugs(content.rps, event.mutable_drugs());
}

void JudgePaper(absl::string_view payload, const GivenSubmitter& submitter,
                const national::SubjectKey& subjects, const record::DrugCatalogue* catalogue,
                GivenVerdict& verdict) {
  auto checked = record::CheckDispensing(payload, catalogue);
  AppendFindings(checked.findings, verdict.findings.record);
  if (!checked.dispensing.has_value()) {
    const auto file = ReadAnyway(payload, record::Format::kCj1);
    if (!file.has_value()) return;
    checked.dispensing = record::MakeDispensing(*file);
  }
  record::Dispensing& result = *checked.dispensing;
  NameDrugs(catalogue, result.dispensed_day, /*mark=*/"", result.rps);
  if (!result.prescription_id.empty()) Report(kRuleNumbered, "7", verdict.findings.record);
  JudgeContent(
      payload,
      {result.pharmacy, result.patient, result.insurance, result.dispensed_day, result.rps},
      submitter, subjects, verdict);
}

void JudgeInHouse(absl::string_view payload, const GivenSubmitter& submitter,
                  const national::SubjectKey& subjects, const record::DrugCatalogue* catalogue,
                  GivenVerdict& verdict) {
  auto checked = record::CheckPrescription(payload, catalogue);
  AppendFindings(checked.findings, verdict.findings.record);
  if (!checked.prescription.has_value()) {
    const auto file = ReadAnyway(payload, record::Format::kSj1);
    if (!file.has_value()) return;
    checked.prescription = record::MakePrescription(*file);
  }
  record::Prescription& given = *checked.prescription;
  NameDrugs(catalogue, given.issue_day, /*mark=*/"", given.rps);
  if (!given.exchange_number.empty()) Report(kRuleNumbered, "82", verdict.findings.record);
  JudgeContent(payload, {given.issuer, given.patient, given.insurance, given.issue_day, given.rps},
               submitter, subjects, verdict);
}

}  // namespace

GivenVerdict JudgeGiven(absl::string_view document, const GivenSubmitter& submitter,
                        const national::SubjectKey& subjects,
                        const record::DrugCatalogue* catalogue) {
  GivenVerdict verdict;
  const bool paper = submitter.kind == v1::GIVEN_KIND_PAPER;
  const DocumentKind kind = paper ? DocumentKind::kDispensing : DocumentKind::kPrescription;
  const auto verification = xades::Verify(document, kind);
  const auto read =
      ReadContent(document, kind, verification, /*is_signed=*/false, verdict.findings);
  CheckSigningTime(verification.signature, submitter.now, verdict.findings.signature);
  if (!read.has_value()) return verdict;
  if (paper) {
    JudgePaper(read->payload, submitter, subjects, catalogue, verdict);
  } else {
    JudgeInHouse(read->payload, submitter, subjects, catalogue, verdict);
  }
  verdict.content.set_document(std::string(document));
  return verdict;
}

}  // namespace tsunagu::prescription
