#include "tools/terminal/exchange.h"

#include <google/protobuf/util/time_util.h>

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/rpc/details.pb.h"
#include "services/eligibility/oqs/answer.h"
#include "services/eligibility/oqs/message.h"
#include "services/eligibility/oqs/request.h"
#include "services/platform/national/finding.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/cli/eligibility_xml.h"
#include "tools/cli/error_text.h"
#include "tools/cli/reason_text.h"
#include "tools/terminal/names.h"
#include "tools/terminal/prescription_calls.h"
#include "tools/terminal/request_file.h"

namespace tsunagu::terminal {
namespace {

namespace envelope = prescription::envelope;
namespace oqs = eligibility::oqs;

constexpr size_t kDeclarationBytes = 200;
constexpr size_t kFindingsInReason = 20;

// The first findings, a line each.
Outcome RubbishOf(const national::Findings& findings) {
  Outcome outcome = Rubbish("TM-013", "", "");
  for (size_t i = 0; i < findings.size() && i < kFindingsInReason; ++i) {
    const national::Finding& finding = findings[i];
    absl::StrAppend(&outcome.text_ja, finding.rule, " ", finding.field, " ", finding.text_ja, "\n");
    absl::StrAppend(&outcome.text_en, finding.rule, " ", finding.field, " ", finding.text_en, "\n");
  }
  return outcome;
}

Outcome OtherInstitution() {
  return Rubbish("TM-014", "この端末の医療機関等コードではありません。\n",
                 "the institution code is not that of this terminal\n");
}

Outcome AnswerOf(std::string answer, const std::string& refusal) {
  Outcome outcome;
  outcome.answer = std::move(answer);
  outcome.refused = !refusal.empty();
  outcome.code = refusal;
  return outcome;
}

// The vendor reads what it writes, so it is answered in the encoding that it declares.
oqs::Encoding EncodingOf(absl::string_view bytes) {
  const std::string head = absl::AsciiStrToLower(bytes.substr(0, kDeclarationBytes));
  for (const char* name : {"shift_jis", "windows-31j", "ms932"}) {
    if (head.find(name) != std::string::npos) return oqs::Encoding::kShiftJis;
  }
  return oqs::Encoding::kUtf8;
}

// What CP932 cannot carry is told in UTF-8: the name of a person is not left out.
absl::StatusOr<std::string> Write(oqs::Answer answer) {
  absl::StatusOr<std::string> xml = oqs::WriteAnswer(answer);
  if (xml.ok() || answer.encoding == oqs::Encoding::kUtf8) return xml;
  answer.encoding = oqs::Encoding::kUtf8;
  return oqs::WriteAnswer(answer);
}

oqs::Answer Refusal(const std::string& institution, const std::string& identifier,
                    const std::string& code, const std::string& message) {
  oqs::Answer answer;
  answer.institution_code = institution;
  answer.file_identifier = identifier;
  answer.reference_classification = "2";
  answer.segment_of_result = "1";
  answer.processing_status = "2";
  answer.processing_code = code;
  answer.processing_message = message;
  return answer;
}

}  // namespace

GatewayExchange::GatewayExchange(Gateway* gateway, std::string institution,
                                 std::function<absl::Time()> now)
    : gateway_(gateway), institution_(std::move(institution)), now_(std::move(now)) {}

Outcome GatewayExchange::Do(int interface, absl::string_view bytes) {
  if (interface == kEligibilityCheck) return Eligibility(bytes);
  return Prescription(*envelope::FindInterface(interface), bytes);
}

Outcome GatewayExchange::Eligibility(absl::string_view bytes) {
  const oqs::RequestResult read = oqs::ReadRequest(bytes);
  const auto header = envelope::ReadHeader(bytes);
  if (!read.request && !header) return RubbishOf(read.findings);
  const std::string institution =
      read.request ? read.request->institution_code : header->institution;
  if (!institution_.empty() && institution != institution_) return OtherInstitution();
  oqs::Answer answer;
  if (!read.request) {
    const national::Finding& first = read.findings.front();
    answer = Refusal(institution, header->file_identifier, first.rule,
                     absl::StrCat(first.text_ja, " (", first.field, ")"));
  } else {
    eligibility::v1::CheckResponse response;
    const absl::Status status = gateway_->Check(cli::ToCheck(*read.request), &response);
    if (IsOpen(status)) return AskAgain(status);
    if (status.ok()) {
      answer = cli::ToAnswer(*read.request, response);
    } else {
      answer = Refusal(institution, read.request->file_identifier, CodeOf(status),
                       cli::JapaneseText(status, ""));
      answer.confirmation_date = read.request->confirmation_date;
      answer.search = read.request->search;
    }
  }
  answer.process_execution_time = absl::FormatTime("%Y%m%d%H%M%S", now_(), national::Jst());
  answer.encoding = EncodingOf(bytes);
  absl::StatusOr<std::string> xml = Write(answer);
  if (!xml.ok()) return AskAgain(xml.status());
  return AnswerOf(*std::move(xml), answer.processing_status == "2" ? answer.processing_code : "");
}

Outcome GatewayExchange::Prescription(const envelope::Interface& interface,
                                      absl::string_view bytes) {
  const envelope::RequestResult read = envelope::ReadRequest(interface, bytes);
  if (!read.header) return RubbishOf(read.findings);
  if (!institution_.empty() && read.header->institution != institution_) return OtherInstitution();
  envelope::Answer answer;
  answer.header = *read.header;
  if (interface.call == envelope::Call::kNone) {
    Refuse(interface, NotServed(), answer);
    answer.segment = envelope::Segment::kFailed;
  } else if (!read.request) {
    Refuse(interface, MessageRefused(), answer);
    answer.xml_findings = read.findings;
  } else {
    const std::string command_id = CommandId(interface.id, read.header->institution,
                                             read.header->file_identifier, Digest(bytes));
    const absl::Status status =
        CallAndFill({interface, *read.request, command_id, *gateway_}, answer);
    if (IsOpen(status)) return AskAgain(status);
    if (!status.ok()) Refuse(interface, status, answer);
  }
  absl::StatusOr<std::string> xml = WriteWhatCanBe(interface, answer);
  if (!xml.ok()) return AskAgain(xml.status());
  const bool refused = answer.status == envelope::ResultStatus::kError;
  return AnswerOf(*std::move(xml), refused ? answer.result_code : "");
}

bool IsOpen(const absl::Status& status) {
  // The token of a page that is no more: the same again would have the same answer for ever.
  if (ReasonOf(status) == "CHECK_CHANGED") return false;
  return cli::IsToBeRepeated(status) || absl::IsInternal(status) || absl::IsUnknown(status) ||
         absl::IsCancelled(status) || absl::IsDataLoss(status);
}

std::string CodeOf(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason.empty() ? absl::StatusCodeToString(status.code()) : reason;
}

Outcome AskAgain(const absl::Status& status) {
  Outcome outcome;
  outcome.kind = Outcome::Kind::kAgain;
  outcome.code = CodeOf(status);
  google::rpc::RetryInfo retry;
  const auto bytes = status.GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  if (bytes.has_value() && retry.ParseFromString(std::string(*bytes))) {
    outcome.retry_after = absl::Milliseconds(
        google::protobuf::util::TimeUtil::DurationToMilliseconds(retry.retry_delay()));
  }
  return outcome;
}

Outcome Rubbish(absl::string_view rule, absl::string_view text_ja, absl::string_view text_en) {
  Outcome outcome;
  outcome.kind = Outcome::Kind::kRubbish;
  outcome.code = std::string(rule);
  outcome.text_ja = std::string(text_ja);
  outcome.text_en = std::string(text_en);
  return outcome;
}

}  // namespace tsunagu::terminal
