// XmlMsg: the XML envelope in which facility systems register a prescription, and its answer.
//
//   XmlMsg
//     MessageHeader  MedicalInstitutionCode ArbitraryFileIdentifier CharacterCodeIdentifier
//                    and in answers SegmentOfResult ErrorCode ErrorMessage
//     MessageBody    request: IssueType PrescriptionInfo (Base64)
//                    answer: ProcessingResultStatus ProcessingResultCode ProcessingResultMessage
//                            PrescriptionId AccessCode and three lists of findings
//
// The names come from a working client (docs/requirements/prescription.md, RX-300 to RX-311); those
// inside the lists of findings are ours. All functions are thread safe.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_XMLMSG_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_XMLMSG_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::prescription::envelope {

// A signed prescription is some 15 KB, twice Base64 some 27 KB.
inline constexpr size_t kMaxMessageBytes = size_t{4} << 20;
inline constexpr int kMaxFindingsPerList = 200;

// OQSCD017.
enum class IssueType { kElectronic = 1, kPaper = 2 };
// OQSCD003.
enum class Segment { kFinished = 1, kProcessing = 2, kFailed = 9 };
// OQSCD004.
enum class ResultStatus { kOk = 1, kError = 2 };
// OQSCD005: the charset that the sender's text files use. The XML itself is UTF-8.
enum class CharacterCode { kUtf8 = 1, kShiftJis = 2 };

// A request to register (201).
struct RegisterRequest {
  std::string institution;      // 10 digits: prefecture 2, 点数表 1, code 7
  std::string file_identifier;  // free, comes back in the answer; at most 64 characters
  CharacterCode character_code = CharacterCode::kUtf8;
  IssueType issue_type = IssueType::kElectronic;
  // Decoded: the prescription XML, signed where issue_type is kElectronic. Not looked into here.
  std::string prescription_xml;

  bool operator==(const RegisterRequest&) const = default;
};

// The answer to it (202). The three lists stay apart because three different people mend them.
struct RegisterAnswer {
  std::string institution;
  std::string file_identifier;
  CharacterCode character_code = CharacterCode::kUtf8;
  Segment segment = Segment::kFinished;
  std::string error_code;     // of the envelope; empty when there is none
  std::string error_message;  // for a person
  ResultStatus status = ResultStatus::kOk;
  std::string result_code;      // e.g. "EPSB1032W"
  std::string result_message;   // for a person
  std::string prescription_id;  // at most 36 characters; empty when nothing was registered
  std::string access_code;      // 引換番号: 6 to 16 digits; empty when nothing was registered
  national::Findings xml_findings;        // the structure of the prescription XML
  national::Findings record_findings;     // the record file in it
  national::Findings signature_findings;  // its signature
};

// Whether a and b say the same.
bool SameAnswer(const RegisterAnswer& a, const RegisterAnswer& b);

// Reads the XML. No DTD, no entity, no network, at most kMaxMessageBytes.
// INVALID_ARGUMENT lists every fault with its rule ("RX-303 MessageBody/IssueType"), never a value.
absl::StatusOr<RegisterRequest> ReadRegisterRequest(absl::string_view xml);
absl::StatusOr<RegisterAnswer> ReadRegisterAnswer(absl::string_view xml);

// Writes UTF-8. INVALID_ARGUMENT when a field could not be read back: characters that XML cannot
// hold, or a value that the reader refuses.
absl::StatusOr<std::string> WriteRegisterRequest(const RegisterRequest& request);
absl::StatusOr<std::string> WriteRegisterAnswer(const RegisterAnswer& answer);

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_XMLMSG_H_
