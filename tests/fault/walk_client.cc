#include "tests/fault/walk_client.h"

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "tests/load/documents.h"
#include "tsunagu/prescription/v1/prescription.grpc.pb.h"

namespace tsunagu::fault {
namespace {

namespace v1 = prescription::v1;

constexpr absl::Duration kDeadline = absl::Seconds(5);
constexpr char kUser[] = "walk";

struct Place {
  const char* facility;
  const char* identity;
  bool signs;
};

constexpr Place kPlaces[] = {{kClinic, "clinic-1-doctor", true},
                             {kPharmacy, "pharmacy-1-pharmacist", true},
                             {kOtherPharmacy, "pharmacy-2-pharmacist", true},
                             {kInsurer, "insurer-1", false}};

cli::Session Open(const std::string& pki, const std::string& gateway, const char* identity) {
  cli::SessionOptions options;
  options.identity = absl::StrCat(pki, "/identities/", identity);
  options.ca_file = absl::StrCat(pki, "/internal/ca.pem");
  options.gateway = gateway;
  options.user = kUser;
  options.deadline = kDeadline;
  return cli::Session::Open(options).value();
}

}  // namespace

bool IsOpen(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsAborted(status) || absl::IsResourceExhausted(status) || absl::IsUnknown(status) ||
         absl::IsCancelled(status);
}

std::string OutcomeOf(const absl::Status& status) {
  if (status.ok()) return "OK";
  const std::string reason = ReasonOf(status);
  return reason.empty() || IsOpen(status) ? absl::StrCat(reason, " ", status.ToString()) : reason;
}

Client::Client(const std::string& pki, const std::string& gateway, int number, Tally* tally)
    : prefix_(absl::StrCat("walk-", absl::ToUnixMicros(absl::Now()), "-", number, "-")),
      tally_(*tally) {
  for (const Place& place : kPlaces) {
    sessions_.emplace(place.facility, Open(pki, gateway, place.identity));
    if (place.signs) signers_.emplace(place.facility, load::SignerOf(pki, place.identity));
  }
}

std::string Client::NewCommand() { return absl::StrCat(prefix_, ++commands_); }

std::string Client::Sign(const std::string& facility, const std::string& document,
                         xades::DocumentKind kind) const {
  return signers_.at(facility).Sign(document, kind, absl::Now()).value();
}

bool Client::Knows(const std::string& facility, const std::string& prescription_id,
                   const std::string& command_id) {
  v1::GetCommandRequest request;
  request.set_prescription_id(prescription_id);
  request.set_command_id(command_id);
  const auto found = Insist(facility, &v1::Prescriptions::Stub::GetCommand, request);
  return found.ok() && found->known() && found->prescription_id() == prescription_id;
}

}  // namespace tsunagu::fault
