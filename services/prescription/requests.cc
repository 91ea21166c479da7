#include "services/prescription/requests.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "services/platform/status/macros.h"
#include "services/prescription/duplication/accepted.h"
#include "services/prescription/errors.h"
#include "services/prescription/submission.h"

namespace tsunagu::prescription {
namespace {

constexpr size_t kMinCommandId = 8;
constexpr size_t kMaxCommandId = 64;
constexpr size_t kIdLength = 36;
constexpr size_t kAccessCodeLength = 6;

bool IsHexDigit(char c) { return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f'); }

bool IsUuid(absl::string_view id) {
  if (id.size() != kIdLength) return false;
  for (size_t i = 0; i < id.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? id[i] != '-' : !IsHexDigit(id[i])) return false;
  }
  return true;
}

}  // namespace

absl::Status CheckCommandId(absl::string_view id) {
  const bool characters =
      std::all_of(id.begin(), id.end(), [](char c) { return absl::ascii_isalnum(c) || c == '-'; });
  if (characters && id.size() >= kMinCommandId && id.size() <= kMaxCommandId) {
    return absl::OkStatus();
  }
  return BadField("command_id", "must be 8 to 64 of [0-9A-Za-z-]", "RX-040");
}

absl::Status CheckId(absl::string_view id, absl::string_view field) {
  if (IsUuid(id)) return absl::OkStatus();
  return BadField(field, "must be a UUID in lower case", "RX-049");
}

absl::Status CheckIdentity(const tsunagu::common::v1::InsuredIdentity& identity,
                           absl::string_view rule) {
  const auto normal = national::Normalise(IdentityOf(identity));
  if (normal.insurer.empty()) return BadField("identity.insurer", "missing", rule);
  if (normal.number.empty()) return BadField("identity.number", "missing", rule);
  if (national::NeedsBranch(normal) && normal.branch.empty()) {
    return BadField("identity.branch", "needed for a family that shares the number", rule);
  }
  return absl::OkStatus();
}

absl::Status CheckDocument(absl::string_view document) {
  if (document.empty()) return BadField("document", "missing", "RX-029");
  if (document.size() > kMaxDocumentBytes) return BadField("document", "over 1 MiB", "RX-029");
  return absl::OkStatus();
}

template <typename Request>
static absl::Status CheckContent(const Request& request) {
  RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  if (request.issue_type() != v1::ISSUE_TYPE_ELECTRONIC &&
      request.issue_type() != v1::ISSUE_TYPE_PAPER) {
    return BadField("issue_type", "must be electronic or paper", "RX-042");
  }
  RETURN_IF_ERROR(duplication::CheckAcceptedAlerts(request.accepted_alerts()));
  return CheckDocument(request.document());
}

template <typename Request>
static absl::Status CheckResult(const Request& request) {
  RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  return CheckDocument(request.document());
}

absl::Status CheckRegister(const v1::RegisterRequest& request) { return CheckContent(request); }

absl::Status CheckChange(const v1::ChangeRequest& request) { return CheckContent(request); }

absl::Status CheckDispense(const v1::DispenseRequest& request) { return CheckResult(request); }

absl::Status CheckChangeResult(const v1::ChangeResultRequest& request) {
  return CheckResult(request);
}

absl::Status CheckAccept(const v1::AcceptRequest& request) {
  if (absl::Status status = CheckCommandId(request.command_id()); !status.ok()) return status;
  if (request.has_identity()) RETURN_IF_ERROR(CheckIdentity(request.identity(), "RX-041"));
  if (!request.prescription_id().empty()) return absl::OkStatus();
  if (!request.has_identity()) return BadField("identity", "needed with access_code", "RX-041");
  const std::string& code = request.access_code();
  if (code.size() != kAccessCodeLength ||
      !std::all_of(code.begin(), code.end(), [](char c) { return absl::ascii_isdigit(c); })) {
    return BadField("access_code", "must be 6 digits", "RX-041");
  }
  return absl::OkStatus();
}

national::InsuredIdentity IdentityOf(const tsunagu::common::v1::InsuredIdentity& identity) {
  return {identity.insurer(), identity.symbol(), identity.number(), identity.branch()};
}

}  // namespace tsunagu::prescription
