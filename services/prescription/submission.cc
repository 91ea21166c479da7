#include "services/prescription/submission.h"

#include <optional>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/extend.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/prescription/course.h"
#include "services/prescription/drug_names.h"
#include "services/prescription/findings.h"
#include "services/prescription/insured.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/dispensing.h"
#include "services/prescription/record/prescription.h"
#include "services/prescription/record/records.h"
#include "services/prescription/signer.h"
#include "services/prescription/signer_name.h"
#include "services/prescription/submission_read.h"
#include "services/prescription/submission_rules.h"
#include "services/prescription/submission_time.h"

namespace tsunagu::prescription {
namespace {

using xades::DocumentKind;

constexpr hpki::Role kPrescribers[] = {hpki::Role::kMedicalDoctor, hpki::Role::kDentist};
constexpr hpki::Role kDispensers[] = {hpki::Role::kPharmacist};

// Stamps a document that has no error so far.
std::string Stamp(absl::string_view document, DocumentKind kind,
                  const xades::Verification& verification, const Trust& trust, Verdict& verdict) {
  auto stamped = xades::AddSignatureTimeStamp(document, kind, verification, trust.authority());
  if (stamped.ok()) return *std::move(stamped);
  if (absl::IsFailedPrecondition(stamped.status())) {
    Report(kRuleLevel, "UnsignedProperties", verdict.findings.signature);
  } else {
    verdict.fault =
        absl::IsUnavailable(stamped.status()) ? TimeStampUnavailable() : stamped.status();
  }
  return "";
}

void CheckPrescriptionContent(const record::Prescription& prescription, const Submitter& submitter,
                              national::Findings& findings) {
  const absl::CivilDay today = national::JstDay(submitter.now);
  if (prescription.issue_day > today) Report(kRuleIssueDay, "51", findings);
  if (IsKnown(prescription.issue_day) && prescription.UseBy() < today) {
    // Without record 52 the last day of use follows from the issue day.
    Report(kRuleIssueDay, prescription.explicit_use_by.has_value() ? "52" : "51", findings);
  }
  const auto identity = national::Normalise(prescription.insurance.identity);
  if (!identity.insurer.empty() && national::NeedsBranch(identity) && identity.branch.empty()) {
    Report(kRuleBranch, "23.branch", findings);
  }
  const record::Facility& issuer = prescription.issuer;
  if (!issuer.code.empty() && issuer.FullCode() != submitter.facility) {
    Report(kRuleIssuer, "1", findings);
  }
  const std::string& number = prescription.exchange_number;
  if (!number.empty() && number != submitter.access_code) Report(kRuleNumber, "82", findings);
}

// The same for the same document: what was signed, by whom and when; of an unsigned one its record
// alone. Not of the signature's value, which may be written anew without the key: in Base64, and
// with ECDSA as a number too.
std::string Fingerprint(absl::string_view payload, const xades::Signature& signature,
                        absl::string_view issuer, const std::string& subject) {
  const int64_t signed_at = signature.signing_time ? absl::ToUnixNanos(*signature.signing_time) : 0;
  const std::string& signer = signature.signer_certificate;
  return national::MakeId(national::RoutingHash(subject),
                          absl::StrCat("document\n", issuer, "\n", signed_at, "\n", signer.size(),
                                       "\n", signer, payload));
}

void FillEvent(const record::Prescription& prescription, const std::string& household,
               const Submitter& submitter, RegistrationVerdict& verdict) {
  verdict.event.set_prescription_id(submitter.prescription_id.empty()
                                        ? IdOf(household, submitter.facility, submitter.command_id)
                                        : submitter.prescription_id);
  verdict.event.set_issued_on(national::FormatDay(prescription.issue_day));
  verdict.event.set_use_by(national::FormatDay(prescription.UseBy()));
  verdict.event.set_issuer_name(prescription.issuer.name);
  *verdict.event.mutable_patient() = PatientOf(prescription.patient);
  AddDrugs(prescription.rps, verdict.event.mutable_drugs());
  const auto course = ReadCourse(prescription, verdict.findings.record);
  if (course.has_value()) *verdict.event.mutable_course() = *course;
}

// `signature` is null of a copy of paper.
void JudgeRecord(absl::string_view payload, const xades::Signature* signature,
                 const Submitter& submitter, const Judges& judges, RegistrationVerdict& verdict) {
  auto checked = record::CheckPrescription(payload, judges.catalogue);
  AppendFindings(checked.findings, verdict.findings.record);
  if (!checked.prescription.has_value()) {
    const auto file = ReadAnyway(payload, record::Format::kSj1);
    if (!file.has_value()) return;
    checked.prescription = record::MakePrescription(*file);
  }
  CheckPrescriptionContent(*checked.prescription, submitter, verdict.findings.record);
  v1::Signer& signer = *verdict.event.mutable_signer();
  signer.set_stated_name(checked.prescription->doctor.name);
  if (signature != nullptr) {
    const auto certificate = judges.trust.ReadCertificate(signature->signer_certificate);
    signer = DescribeSigner(certificate, signer.stated_name(), "5", verdict.findings.signature);
    CheckFeeTable(certificate, checked.prescription->issuer.fee_table, verdict.findings.signature);
  }
  const record::Insurance& insurance = checked.prescription->insurance;
  const national::InsuredIdentity identity = insurance.Subject();
  if (identity.insurer.empty() || identity.number.empty()) return;
  verdict.subject = judges.subjects.MakeSubject(identity);
  verdict.patient = checked.prescription->patient;
  NameDrugs(judges.catalogue, checked.prescription->issue_day, /*mark=*/"",
            checked.prescription->rps);
  verdict.insurer = national::Normalise(insurance.identity).insurer;
  FillEvent(*checked.prescription, judges.subjects.Household(identity), submitter, verdict);
}

void CheckResultContent(const record::Dispensing& result, const v1::Prescription& registered,
                        const Submitter& submitter, const Judges& judges,
                        national::Findings& findings) {
  const std::string day = national::FormatDay(result.dispensed_day);
  const bool early = day < registered.issued_on();
  const bool ahead = result.dispensed_day > national::JstDay(submitter.now);
  if (IsKnown(result.dispensed_day) && (early || ahead)) Report(kRuleDispensedDay, "51", findings);
  const record::Facility& pharmacy = result.pharmacy;
  if (!pharmacy.code.empty() && pharmacy.FullCode() != submitter.facility) {
    Report(kRulePharmacy, "1", findings);
  }
  if (!result.prescription_id.empty() && result.prescription_id != registered.id()) {
    Report(kRuleResultId, "7", findings);
  }
  if (judges.subjects.MakeSubject(result.insurance.Subject()) != registered.subject()) {
    Report(kRulePatient, "23", findings);
  }
  CompareWithPrescribed(result.patient, registered.patient(), findings);
}

// What the result was dispensed from must be what was registered, under the same signature. The
// registered document is not read for that. The result's verification has verified the embedded
// signature too, so its content, certificate and time are what the holder of that key signed. The
// fingerprint is a digest of just these, kept in the log when the service had verified them and the
// certificate's path, licence and revocation. A pharmacy that embeds anything else would need a
// document that the same doctor signed and that has the same digest: 106 bits of SHA-256.
//
// An earlier part of a divided dispensing goes without it: `may_lack`.
void CheckEmbedded(const xades::Verification& result, const v1::Prescription& registered,
                   bool may_lack, national::Findings& findings) {
  constexpr char kField[] = "ReferencePrescription";
  if (!result.prescription.has_value() && may_lack) return;
  if (!result.prescription.has_value()) return Report(kRuleEmbedded, kField, findings);
  if (!result.valid()) return;  // nothing that fails is handed out to be compared
  const xades::Signature& embedded = *result.prescription;
  const std::string fingerprint =
      Fingerprint(embedded.content, embedded, registered.issuer(), registered.subject());
  if (fingerprint != registered.fingerprint()) Report(kRuleEmbedded, kField, findings);
}

}  // namespace

std::string IdOf(absl::string_view household, absl::string_view facility,
                 absl::string_view command_id) {
  return national::MakeId(national::RoutingHash(household),
                          absl::StrCat(household, "/", facility, "/", command_id));
}

absl::Status Verdict::status() const {
  if (findings.HasErrors()) return DocumentRefused(findings);
  return fault;
}

RegistrationVerdict JudgePrescription(absl::string_view document, v1::IssueType issue_type,
                                      const Submitter& submitter, const Judges& judges) {
  RegistrationVerdict verdict;
  const bool is_signed = issue_type == v1::ISSUE_TYPE_ELECTRONIC;
  const auto verification = xades::Verify(document, DocumentKind::kPrescription);
  const auto read =
      ReadContent(document, DocumentKind::kPrescription, verification, is_signed, verdict.findings);
  if (is_signed) {
    verdict.fault = CheckSigner(verification.signature, kPrescribers, submitter.licences,
                                judges.trust, submitter.now, verdict.findings.signature);
    CheckSigningTime(verification.signature, submitter.now, verdict.findings.signature);
  }
  if (!read.has_value()) return verdict;
  JudgeRecord(read->payload, is_signed ? &verification.signature : nullptr, submitter, judges,
              verdict);
  verdict.event.set_issue_type(issue_type);
  verdict.event.set_content_id(
      national::MakeId(national::RoutingHash(verdict.subject),
                       absl::StrCat("content\n", submitter.facility, "\n", read->payload)));
  verdict.event.set_fingerprint(
      Fingerprint(read->payload, verification.signature, submitter.facility, verdict.subject));
  const auto with_id = xades::WithPrescriptionId(document, verdict.event.prescription_id());
  if (!verdict.subject.empty() && !with_id.ok()) {
    Report(kRuleManagement, "/Document/Prescription", verdict.findings.envelope);
  }
  if (!verdict.status().ok()) return verdict;
  // The id stands outside of what is signed, so the verification holds for both.
  verdict.event.set_document(
      is_signed ? Stamp(*with_id, DocumentKind::kPrescription, verification, judges.trust, verdict)
                : *with_id);
  return verdict;
}

ResultVerdict JudgeResult(absl::string_view document, const v1::Prescription& registered, int use,
                          const Submitter& submitter, const Judges& judges) {
  ResultVerdict verdict;
  verdict.subject = registered.subject();
  const bool is_signed = registered.issue_type() == v1::ISSUE_TYPE_ELECTRONIC;
  const auto verification = xades::Verify(document, DocumentKind::kDispensing);
  const auto read =
      ReadContent(document, DocumentKind::kDispensing, verification, is_signed, verdict.findings);
  if (is_signed) {
    verdict.fault = CheckSigner(verification.signature, kDispensers, submitter.licences,
                                judges.trust, submitter.now, verdict.findings.signature);
    CheckSigningTime(verification.signature, submitter.now, verdict.findings.signature);
  }
  if (!read.has_value()) return verdict;
  const bool earlier_part =
      registered.course().kind() == v1::Course::KIND_SPLIT && use < registered.course().total();
  if (is_signed) {
    CheckEmbedded(verification, registered, earlier_part, verdict.findings.signature);
  }
  auto checked = record::CheckDispensing(read->payload, judges.catalogue);
  AppendFindings(checked.findings, verdict.findings.record);
  if (!checked.dispensing.has_value()) {
    const auto file = ReadAnyway(read->payload, record::Format::kCj1);
    if (file.has_value()) checked.dispensing = record::MakeDispensing(*file);
  }
  if (checked.dispensing.has_value()) {
    CheckResultContent(*checked.dispensing, registered, submitter, judges, verdict.findings.record);
    ReadUse(*checked.dispensing, registered.course(), use, verdict.event, verdict.findings.record);
    if (registered.course().kind() == v1::Course::KIND_SPLIT) {
      CheckParts(*checked.dispensing, registered, use, verdict.findings.record);
    }
    if (is_signed) {
      DescribeSigner(judges.trust.ReadCertificate(verification.signature.signer_certificate),
                     checked.dispensing->pharmacist.name, "15", verdict.findings.signature);
    }
    verdict.event.set_dispensed_on(national::FormatDay(checked.dispensing->dispensed_day));
    verdict.event.set_pharmacy_name(checked.dispensing->pharmacy.name);
    NameDrugs(judges.catalogue, checked.dispensing->dispensed_day, /*mark=*/"",
              checked.dispensing->rps);
    AddDispensedDrugs(checked.dispensing->rps, verdict.event.mutable_drugs());
  }
  if (!verdict.status().ok()) return verdict;
  verdict.event.set_result_id(national::MakeId(
      national::RoutingHash(registered.subject()),
      absl::StrCat(submitter.facility, "/", submitter.command_id, "/", registered.id())));
  verdict.event.set_document(
      is_signed ? Stamp(document, DocumentKind::kDispensing, verification, judges.trust, verdict)
                : std::string(document));
  return verdict;
}

std::string FingerprintOf(const v1::Prescription& registered, absl::string_view document) {
  const auto verification = xades::Verify(document, DocumentKind::kPrescription);
  const xades::Signature& signature = verification.signature;
  return Fingerprint(signature.content, signature, registered.issuer(), registered.subject());
}

}  // namespace tsunagu::prescription
