// The interfaces of 電子処方箋管理サービス as one table: which message asks for what, how its file
// is called, what stands in it, and which call of ours answers it.
//
// The specification is not public. Numbers and meanings come from working clients; so do the file
// names of 101, 201 and 211, and the elements that are marked kSecondHand. All other names are ours
// (kInferred) and stand nowhere else than here; file names can be given otherwise by
// whoever runs the exchange (tools/terminal). docs/requirements/prescription.md, RX-520.
//
// 103, the result of a check, is the answer of 219, 315 and 409: so we read the list of numbers.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_INTERFACES_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_INTERFACES_H_

#include <cstddef>
#include <span>

#include "absl/strings/string_view.h"

namespace tsunagu::prescription::envelope {

enum class Certainty { kSecondHand, kInferred };

// Who asks.
enum class Group { kIssuer, kPharmacy, kInHospital };

// The call of tsunagu.prescription.v1 that answers.
enum class Call {
  kNone,  // nothing here answers it yet
  // Prescriptions
  kRegister,
  kCancel,
  kChange,
  kUndoCancel,
  kUndoChange,
  kGetStatus,
  kGetCommand,
  kAccept,
  kRelease,
  kCollect,
  kUndoCollect,
  kDispense,
  kCancelResult,
  kChangeResult,
  // PrescriptionCopy
  kGetCopy,
  // FacilityPrescriptions
  kListIssued,
  kListDispensed,
  kGetResult,
  // DuplicationCheck
  kPrepare,
  kCheckDraft,
  kCheckAcceptance,
  kCheckDraftResult,
  // GivenDrugs
  kRegisterGiven,
  kChangeGiven,
  kCancelGiven,
  kSearchGiven,
  kGetGiven,
};

// What a field of the body may hold.
enum class Form {
  kText,            // at most 256 bytes, one line
  kLongText,        // at most kMaxLongText bytes, one line
  kBase64,          // a document; decoded here
  kIssueType,       // OQSCD017: 1 or 2
  kPrescriptionId,  // at most 36 characters
  kAccessCode,      // 6 to 16 digits
  kDay,             // YYYYMMDD
  kDigest,          // SHA-256, 64 hexadecimal digits
  kFlag,            // 1 or 2
};

inline constexpr size_t kMaxLongText = 4000;

struct Field {
  const char* name;  // the element in MessageBody, or in a row
  Form form;
  bool required;
  Certainty certainty;
};

// A list in an answer's MessageBody: <list><item>fields</item>...</list>. All names are ours.
struct Rows {
  const char* list = nullptr;  // null: the answer has none
  const char* item = nullptr;
  std::span<const Field> fields;
};

struct Interface {
  int id;      // of the request
  int answer;  // its number as an answer
  Group group;
  const char* meaning_ja;
  const char* meaning_en;
  // File names: <name>req_<any>.xml is answered by <name>res_<any>.xml.
  const char* name;
  Certainty name_certainty;
  Call call;
  std::span<const Field> request;   // of MessageBody
  std::span<const Field> response;  // beside ProcessingResult and the lists of findings
  Rows rows = {};
};

// By id, ascending.
std::span<const Interface> Interfaces();

// By the id of the request; null for none.
const Interface* FindInterface(int id);

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_INTERFACES_H_
