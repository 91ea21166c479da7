#include "services/prescription/given_requests.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/requests.h"
#include "services/prescription/submission.h"

namespace tsunagu::prescription {
namespace {

constexpr size_t kFacilityDigits = 10;
constexpr size_t kDayDigits = 8;

absl::Status CheckDocument(const std::string& document) {
  if (document.empty()) return BadField("document", "missing", "RX-029");
  if (document.size() > kMaxDocumentBytes) return BadField("document", "over 1 MiB", "RX-029");
  return absl::OkStatus();
}

// Whether a prescriber's institution can have that code: prefecture 01 to 47, fee table 1 (medical)
// or 3 (dental), seven digits.
bool IsIssuer(const std::string& code) {
  if (code.size() != kFacilityDigits || !std::ranges::all_of(code, absl::ascii_isdigit)) {
    return false;
  }
  const std::string prefecture = code.substr(0, 2);
  const char table = code[2];
  return prefecture >= "01" && prefecture <= "47" && (table == '1' || table == '3');
}

absl::StatusOr<absl::CivilDay> ReadDay(const std::string& text, const char* field,
                                       absl::string_view rule) {
  const auto day = national::ParseDay(text);
  if (text.size() == kDayDigits && day.has_value()) return *day;
  return BadField(field, "is no day: YYYYMMDD", rule);
}

absl::Status CheckPaper(const v1::RegisterGivenRequest& request) {
  if (!IsIssuer(request.issuer())) {
    return BadField("issuer", "must be 10 digits of a medical or dental institution: who issued",
                    "RX-489");
  }
  return ReadDay(request.issued_on(), "issued_on", "RX-489").status();
}

}  // namespace

v1::GivenKind KindOf(tsunagu::access::v1::FacilityKind facility) {
  return facility == tsunagu::access::v1::FACILITY_KIND_PHARMACY ? v1::GIVEN_KIND_PAPER
                                                                 : v1::GIVEN_KIND_IN_HOUSE;
}

absl::Status CheckRegisterGiven(const v1::RegisterGivenRequest& request, v1::GivenKind kind) {
  RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  RETURN_IF_ERROR(CheckDocument(request.document()));
  if (kind == v1::GIVEN_KIND_PAPER) return CheckPaper(request);
  if (!request.issuer().empty()) return BadField("issuer", "not in house", "RX-489");
  if (!request.issued_on().empty()) return BadField("issued_on", "not in house", "RX-489");
  return absl::OkStatus();
}

absl::Status CheckGivenId(absl::string_view id) {
  if (CheckId(id).ok()) return absl::OkStatus();
  return BadField("given_id", "must be a UUID in lower case", "RX-049");
}

absl::Status CheckChangeGiven(const v1::ChangeGivenRequest& request) {
  RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  return CheckDocument(request.document());
}

absl::StatusOr<GivenDays> CheckSearchGiven(const v1::SearchGivenRequest& request,
                                           absl::CivilDay today) {
  if (!request.has_identity()) return BadField("identity", "missing", "RX-484");
  GivenDays days{absl::CivilDay(1, 1, 1), today};
  if (!request.from_day().empty()) {
    ASSIGN_OR_RETURN(days.from, ReadDay(request.from_day(), "from_day", "RX-494"));
  }
  if (!request.to_day().empty()) {
    ASSIGN_OR_RETURN(days.to, ReadDay(request.to_day(), "to_day", "RX-494"));
  }
  return days;
}

}  // namespace tsunagu::prescription
