// XmlMsg: the XML envelope in which facility systems ask 電子処方箋管理サービス, and its answers.
//
//   XmlMsg
//     MessageHeader  MedicalInstitutionCode ArbitraryFileIdentifier CharacterCodeIdentifier
//                    and in answers SegmentOfResult ErrorCode ErrorMessage
//     MessageBody    the fields of the interface (interfaces.h), and in answers
//                    ProcessingResultStatus ProcessingResultCode ProcessingResultMessage and, where
//                    there are any, a list of rows and three lists of findings
//
// The names come from a working client (docs/requirements/prescription.md, RX-300 to RX-311); those
// inside the lists of findings are ours. Elements are found by name, in any order; unknown ones are
// left alone. All functions are thread safe.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_XMLMSG_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_XMLMSG_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"
#include "services/prescription/envelope/interfaces.h"

namespace tsunagu::prescription::envelope {

// A signed prescription is some 15 KB, twice Base64 some 27 KB.
inline constexpr size_t kMaxMessageBytes = size_t{4} << 20;
inline constexpr int kMaxFindingsPerList = 200;
inline constexpr int kMaxRows = 300;

// OQSCD003.
enum class Segment { kFinished = 1, kProcessing = 2, kFailed = 9 };
// OQSCD004.
enum class ResultStatus { kOk = 1, kError = 2 };
// OQSCD005: the charset of the sender's text files, in which it is answered too.
enum class CharacterCode { kUtf8 = 1, kShiftJis = 2 };

struct Header {
  std::string institution;      // 10 digits: prefecture 2, 点数表 1, code 7
  std::string file_identifier;  // free, comes back in the answer; at most 64 characters
  CharacterCode character_code = CharacterCode::kUtf8;
  bool operator==(const Header&) const = default;
};

// Element to text; documents are decoded. A field that is absent or empty is not there.
using Fields = std::map<std::string, std::string>;

struct Request {
  Header header;
  Fields fields;
  bool operator==(const Request&) const = default;
};

// The three lists stay apart because three different people mend them.
struct Answer {
  Header header;
  Segment segment = Segment::kFinished;
  std::string error_code;     // of the envelope; empty when there is none
  std::string error_message;  // for a person
  ResultStatus status = ResultStatus::kOk;
  std::string result_code;     // e.g. "EPSB1032W"; may come with a success, as a notice
  std::string result_message;  // for a person
  Fields fields;
  std::vector<Fields> rows;               // of the interface's list, at most kMaxRows
  national::Findings xml_findings;        // the XML: envelope and document
  national::Findings record_findings;     // the record file in it
  national::Findings signature_findings;  // its signature
};

// Whether a and b say the same.
bool SameAnswer(const Answer& a, const Answer& b);

struct RequestResult {
  // Set where the header could be read, so that what is wrong in the body can be answered.
  std::optional<Header> header;
  std::optional<Request> request;  // set when there is no finding
  Fields fields;                   // those that have their form, whatever the others are
  national::Findings findings;     // the field as a path: "MessageBody/IssueType"; never a value
};

// No DTD, no entity, no network, at most kMaxMessageBytes. In UTF-8 or, where the XML declares
// Shift_JIS, CP932.
RequestResult ReadRequest(const Interface& interface, absl::string_view xml);

// The header of any XmlMsg; its CharacterCodeIdentifier may be missing or of another table.
std::optional<Header> ReadHeader(absl::string_view xml);

struct AnswerResult {
  std::optional<Answer> answer;  // set when there is no finding
  Fields fields;                 // those that have their form, whatever the others are
  national::Findings findings;
};
AnswerResult ReadAnswer(const Interface& interface, absl::string_view xml);

// Writes in the charset of the header; what CP932 lacks becomes a character reference.
// INVALID_ARGUMENT when it could not be read back: characters that XML cannot hold, or a value that
// the reader refuses, a field that the interface does not have, or too many rows (RX-311, RX-528).
absl::StatusOr<std::string> WriteRequest(const Interface& interface, const Request& request);
absl::StatusOr<std::string> WriteAnswer(const Interface& interface, const Answer& answer);

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_XMLMSG_H_
