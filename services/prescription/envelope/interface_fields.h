// The elements in the bodies of the interfaces: part of the table in interfaces.cc. Internal to
// this folder.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_INTERFACE_FIELDS_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_INTERFACE_FIELDS_H_

#include "services/prescription/envelope/interfaces.h"

namespace tsunagu::prescription::envelope {

constexpr bool kRequired = true;

// ---- elements that several interfaces have ----

constexpr Field kIdField = {"PrescriptionId", Form::kPrescriptionId, kRequired,
                            Certainty::kSecondHand};
constexpr Field kIssueTypeField = {"IssueType", Form::kIssueType, kRequired,
                                   Certainty::kSecondHand};
constexpr Field kPrescription = {"PrescriptionInfo", Form::kBase64, kRequired,
                                 Certainty::kSecondHand};

// An element whose name no fact tells; as an answer's or a search's it may be missing.
constexpr Field Ours(const char* name, Form form = Form::kText) {
  return {name, form, !kRequired, Certainty::kInferred};
}

constexpr Field Required(Field field) {
  field.required = kRequired;
  return field;
}

constexpr Field Optional(Field field) {
  field.required = !kRequired;
  return field;
}

// Seen elsewhere; that it stands here is our reading.
constexpr Field Here(Field field) {
  field.certainty = Certainty::kInferred;
  return field;
}

constexpr Field kDispensing = Required(Ours("DispensingInfo", Form::kBase64));
constexpr Field kCode = {"AccessCode", Form::kAccessCode, !kRequired, Certainty::kSecondHand};
constexpr Field kStatus = Ours("PrescriptionStatus");
constexpr Field kUseBy = Ours("ExpirationDate", Form::kDay);
constexpr Field kResultId = Ours("DispensingResultId", Form::kPrescriptionId);
constexpr Field kMessageFlag = {"MessageFlg", Form::kFlag, !kRequired, Certainty::kSecondHand};
constexpr Field kIssuedOn = Ours("IssueDate", Form::kDay);
constexpr Field kDispensedOn = Ours("DispensingDate", Form::kDay);
constexpr Field kPharmacyCode = Ours("PharmacyCode");
constexpr Field kUse = Ours("DispensingCount");  // which use or part, from 1

// Of a list: from and to are 31 days at most; absent, today. What is left goes on with the token.
constexpr Field kFrom = Ours("FromDate", Form::kDay);
constexpr Field kTo = Ours("ToDate", Form::kDay);
constexpr Field kPage = Ours("PageToken");
constexpr Field kNextPage = Ours("NextPageToken");
constexpr Field kLeftOff = Ours("LeftOffCount");  // that no page holds; absent: 0

// The insured person, with the names of the eligibility messages.
constexpr Field kInsurer = Ours("InsurerNumber");
constexpr Field kSymbol = Ours("InsuredCardSymbol");
constexpr Field kNumber = Ours("InsuredIdentificationNumber");
constexpr Field kBranch = Ours("InsuredBranchNumber");

// ---- register, accept, dispense ----

constexpr Field kRegisterRequest[] = {kIssueTypeField, kPrescription};
constexpr Field kRegisterAnswer[] = {Optional(kIdField), kCode, kStatus, kUseBy};
constexpr Field kById[] = {kIdField};
constexpr Field kStanding[] = {Optional(kIdField), kStatus};
constexpr Field kChangeRequest[] = {kIdField, kIssueTypeField, kPrescription};
constexpr Field kChangeAnswer[] = {Optional(kIdField), kStatus, kUseBy};
constexpr Field kAcceptRequest[] = {Optional(kIdField), kCode, kInsurer, kSymbol, kNumber, kBranch};
// Of paper without a number there is no id, but who issued it and when.
constexpr Field kDispenseRequest[] = {Optional(kIdField), kDispensing, Ours("IssuerCode"),
                                      kIssuedOn};
constexpr Field kResultRequest[] = {kIdField, kDispensing};
constexpr Field kResultAnswer[] = {Optional(kIdField), kResultId, kStatus, Optional(kDispensing)};
// Which request it was of which the answer is missing: its identifier and the digest of its file.
constexpr Field kSearchRequest[] = {Optional(kIdField),
                                    kInsurer,
                                    kSymbol,
                                    kNumber,
                                    kBranch,
                                    Ours("TargetFileIdentifier"),
                                    Required(Ours("TargetFileDigest", Form::kDigest))};
constexpr Field kSearchAnswer[] = {Optional(kIdField), kCode, kStatus};

// ---- status, results, lists ----

constexpr Field kStatusAnswer[] = {Optional(kIdField), kStatus, kUseBy, kMessageFlag,
                                   Optional(kDispensing)};
constexpr Field kCopyAnswer[] = {Optional(kIdField), Ours("PrescriptionCopyPdf", Form::kBase64)};
constexpr Field kByResultId[] = {Required(kResultId)};
// The documents are the stamped ones.
constexpr Field kResultDocumentAnswer[] = {kResultId,
                                           Here(Optional(kIdField)),
                                           kStatus,
                                           kDispensedOn,
                                           kPharmacyCode,
                                           Here(kMessageFlag),
                                           Optional(kDispensing),
                                           Here(Optional(kPrescription))};
constexpr Field kListRequest[] = {kFrom, kTo, kPage};
constexpr Field kListAnswer[] = {kNextPage, kLeftOff};
constexpr Field kFindResultRequest[] = {Here(kIdField), kFrom, kTo};
constexpr Field kFindResultAnswer[] = {Here(Optional(kIdField)), kResultId, kStatus};

// A row for each result of a prescription; one without them where it has none.
constexpr Field kPrescriptionRow[] = {Here(Optional(kIdField)),
                                      kStatus,
                                      Here(Optional(kIssueTypeField)),
                                      Ours("IssuerCode"),
                                      kIssuedOn,
                                      kUseBy,
                                      Ours("HolderPharmacyCode"),
                                      kResultId,
                                      kUse,
                                      kDispensedOn,
                                      kPharmacyCode};
constexpr Rows kPrescriptionRows = {"PrescriptionList", "Prescription", kPrescriptionRow};

// What the pharmacist wrote to the prescriber: the record it stands in (411, 501 or 511), its kind
// (of 411) and text.
constexpr Field kNoteRow[] = {kResultId,
                              kUse,
                              kDispensedOn,
                              kPharmacyCode,
                              Ours("RecordNumber"),
                              Ours("MessageKind"),
                              Ours("MessageText", Form::kLongText)};
constexpr Rows kNoteRows = {"MessageList", "Message", kNoteRow};

// ---- 重複投薬等チェック ----

// 1: drugs of the own facility are left out, 2: they are compared too. The name and the two values
// were seen, which of them is which was not; absent is 1.
constexpr Field kOwnFacility = {"SameMedicalInstitutionAlertFlg", Form::kFlag, !kRequired,
                                Certainty::kSecondHand};

// As of when prescriptions and receipts are whole: YYYYMMDDhhmmss in Japan; absent: not known.
constexpr Field kPrescriptionsAsOf = Ours("PrescriptionsAsOf");
constexpr Field kReceiptsAsOf = Ours("ReceiptsAsOf");
constexpr Field kLookBackFrom = Ours("LookBackFrom", Form::kDay);
constexpr Field kWithoutReceipts = Ours("WithoutReceiptsFlg", Form::kFlag);  // 2: not compared

constexpr Field kPrepareRequest[] = {kInsurer, kSymbol, kNumber, kBranch};
constexpr Field kPrepareAnswer[] = {Ours("TakingDrugCount"), kLookBackFrom, kPrescriptionsAsOf,
                                    kReceiptsAsOf, kWithoutReceipts};
constexpr Field kCheckDraftRequest[] = {Here(kPrescription), kOwnFacility,
                                        Ours("ReplacedPrescriptionId", Form::kPrescriptionId),
                                        kPage};
constexpr Field kCheckResultRequest[] = {Here(kIdField), kDispensing, kOwnFacility, kPage};

// 0 alerts, 1 alerts that the prescriber approved, 2 none. Absent beside an acceptance: no check
// was made.
constexpr Field kCheckResult = Ours("DuplicateCheckResult");
constexpr Field kGroups = Ours("AlertGroupCount");  // on all pages
constexpr Field kAlerts = Ours("AlertCount");
constexpr Field kPastNotCompared = Ours("PastNotComparedCount");
constexpr Field kOwnLeftOut = Ours("OwnFacilityLeftOutCount");
constexpr Field kMasked = Ours("MaskedFlg", Form::kFlag);              // 2: no consent
constexpr Field kWithoutPairs = Ours("WithoutPairsFlg", Form::kFlag);  // 2: 併用禁忌 not looked for
constexpr Field kCheckAnswer[] = {
    kCheckResult,  kGroups,       kAlerts,          kPastNotCompared,   kOwnLeftOut,   kMasked,
    kWithoutPairs, kLookBackFrom, kWithoutReceipts, kPrescriptionsAsOf, kReceiptsAsOf, kNextPage};
constexpr Field kAcceptAnswer[] = {Optional(kIdField),
                                   kStatus,
                                   kUseBy,
                                   Optional(kIssueTypeField),
                                   Optional(kPrescription),
                                   Ours("PreviousDispensingInfo", Form::kBase64),
                                   kCheckResult,
                                   kGroups,
                                   kAlerts,
                                   kPastNotCompared,
                                   kOwnLeftOut,
                                   kMasked,
                                   kWithoutPairs,
                                   kLookBackFrom,
                                   kWithoutReceipts,
                                   kPrescriptionsAsOf,
                                   kReceiptsAsOf,
                                   kNextPage};

// A row for each pair of a drug of the draft and one that is being taken. Without consent the
// second has its form and days only.
constexpr Field kAlertRow[] = {Ours("AlertCategory"),  // 1 併用禁忌, 2 重複投薬
                               Ours("IngredientName", Form::kLongText),
                               Ours("AlertMessage", Form::kLongText),
                               Ours("ReasonComment", Form::kLongText),
                               Ours("ThisDrugCodeType"),
                               Ours("ThisDrugCode"),
                               Ours("ThisDrugName", Form::kLongText),
                               Ours("ThisDrugAmount"),
                               Ours("ThisDrugUsage", Form::kLongText),
                               Ours("ThisDrugForm"),
                               Ours("PastDrugCodeType"),
                               Ours("PastDrugCode"),
                               Ours("PastDrugName", Form::kLongText),
                               Ours("PastDrugAmount"),
                               Ours("PastDrugUsage", Form::kLongText),
                               Ours("PastDrugForm"),
                               Ours("PastFromDate", Form::kDay),
                               Ours("PastToDate", Form::kDay),
                               Ours("PastToEstimatedFlg", Form::kFlag),  // 2: no days are known
                               Ours("OverlappingDays"),
                               Ours("PastDispensedFlg", Form::kFlag),  // 2: dispensed
                               Ours("PastIssuerName", Form::kLongText),
                               Ours("PastPharmacyName", Form::kLongText)};
constexpr Rows kAlertRows = {"AlertList", "Alert", kAlertRow};

// ---- 院内処方 ----

constexpr Field kGivenId = Ours("InHousePrescriptionId", Form::kPrescriptionId);
constexpr Field kGivenStatus = Ours("InHousePrescriptionStatus");  // 登録 or 取消
constexpr Field kGivenRequest[] = {Here(kPrescription)};
constexpr Field kByGivenId[] = {Required(kGivenId)};
constexpr Field kChangeGivenRequest[] = {Required(kGivenId), Here(kPrescription)};
constexpr Field kGivenAnswer[] = {kGivenId, kGivenStatus};
// By id, with its document, or by the person.
constexpr Field kSearchGivenRequest[] = {kGivenId, kInsurer, kSymbol, kNumber, kBranch, kFrom, kTo};
constexpr Field kSearchGivenAnswer[] = {Ours("InHousePrescriptionCount"),
                                        Here(Optional(kPrescription))};
constexpr Field kGivenRow[] = {kGivenId, kGivenStatus, Ours("GivenDate", Form::kDay),
                               Ours("DrugCount")};
constexpr Rows kGivenRows = {"InHousePrescriptionList", "InHousePrescription", kGivenRow};

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_INTERFACE_FIELDS_H_
