#include "services/ltc/mailbox.h"

#include <openssl/sha.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/layout.h"
#include "services/ltc/errors.h"
#include "services/platform/access/authorise.h"
#include "services/platform/access/rule.h"

namespace tsunagu::ltc {
namespace {

using tsunagu::ltc::v1::Event;
using tsunagu::ltc::v1::Package;
using tsunagu::ltc::v1::PackageInfo;
using tsunagu::ltc::v1::SendPackageRequest;

constexpr char kPseudonymKind[] = "ltc.mailbox";
constexpr char kFetchPackage[] = "/tsunagu.ltc.v1.LongTermCare/FetchPackage";
constexpr size_t kMinCommandId = 8;
constexpr size_t kMaxCommandId = 64;
constexpr size_t kOfficeDigits = 10;

absl::string_view NameOf(const v1::File& file) { return file.name(); }

// The timestamp is the last part.
absl::string_view NameWithoutTimestamp(const v1::File& file) {
  return absl::string_view(file.name()).substr(0, file.name().rfind('_'));
}

// Of names and contents; the order in which a client lists the files does not matter.
std::string DigestOf(const google::protobuf::RepeatedPtrField<v1::File>& files,
                     absl::string_view (*name_of)(const v1::File&)) {
  std::map<absl::string_view, absl::string_view> by_name;
  for (const v1::File& file : files) by_name[name_of(file)] = file.content();
  std::string text;
  for (const auto& [name, content] : by_name) {
    absl::StrAppend(&text, name, "\n", content.size(), "\n", content);
  }
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), sizeof digest);
}

Event MakeSent(const SendPackageRequest& request, const careplan::Package& package,
               const std::string& package_id, const national::SubjectKey& key) {
  Event event;
  Event::Sent& sent = *event.mutable_sent();
  sent.mutable_info()->set_package_id(package_id);
  sent.mutable_info()->set_sender(package.source.number);
  sent.mutable_info()->set_destination(package.destination.number);
  sent.mutable_info()->set_timestamp(package.timestamp);
  sent.mutable_info()->set_month(package.month);
  sent.mutable_info()->set_persons(static_cast<int32_t>(package.persons.size()));
  for (const careplan::PackageFile& file : package.files) {
    sent.mutable_info()->add_kinds(careplan::LayoutOf(file.name.kind).name);
  }
  *sent.mutable_files() = request.files();
  for (const national::InsuredIdentity& person : package.persons) {
    sent.add_subjects(key.MakeSubject(person));
  }
  sent.set_files_digest(DigestOf(request.files(), NameOf));
  sent.set_contents_digest(DigestOf(request.files(), NameWithoutTimestamp));
  return event;
}

}  // namespace

std::string MailboxOf(absl::string_view office, const national::SubjectKey& key) {
  return key.Pseudonym(kPseudonymKind, office);
}

std::string PackageName(absl::string_view package_id) {
  return absl::StrCat("package/", package_id);
}

std::string FilesName(absl::string_view package_id) { return absl::StrCat("files/", package_id); }

std::string MailboxName(absl::string_view mailbox) { return absl::StrCat("mailbox/", mailbox); }

std::string ContentsName(absl::string_view contents_digest) {
  return absl::StrCat("contents/", absl::BytesToHexString(contents_digest));
}

std::string PackageId(absl::string_view mailbox, const careplan::Package& package) {
  return national::MakeId(
      national::RoutingHash(mailbox),
      absl::StrCat(mailbox, "/", package.source.number, "/", package.source.kind, "/",
                   package.destination.kind, "/", package.timestamp, "/",
                   static_cast<int>(package.kind), "/", package.month));
}

absl::Status CheckCommandId(absl::string_view command_id) {
  const bool good = command_id.size() >= kMinCommandId && command_id.size() <= kMaxCommandId &&
                    std::all_of(command_id.begin(), command_id.end(),
                                [](char c) { return absl::ascii_isalnum(c) || c == '-'; });
  return good ? absl::OkStatus() : CommandIdMalformed();
}

absl::Status CheckDestination(absl::string_view office) {
  const bool good =
      office.size() == kOfficeDigits && std::all_of(office.begin(), office.end(), [](char c) {
        return absl::ascii_isdigit(c) || absl::ascii_isupper(c);
      });
  return good ? absl::OkStatus() : DestinationMalformed();
}

absl::StatusOr<Reading> ReadRequest(const SendPackageRequest& request,
                                    const national::SubjectKey& key, absl::Time now) {
  size_t bytes = 0;
  for (const v1::File& file : request.files()) bytes += file.name().size() + file.content().size();
  if (bytes > kMaxPackageBytes) return PackageTooLarge();
  std::vector<careplan::InputFile> inputs;
  inputs.reserve(request.files_size());
  for (const v1::File& file : request.files()) inputs.push_back({file.name(), file.content()});
  careplan::PackageResult result = careplan::ReadPackage(inputs, now);
  Reading reading;
  reading.findings = std::move(result.findings);
  if (!result.package.has_value()) return PackageHasErrors(reading.findings);
  reading.mailbox = MailboxOf(result.package->destination.number, key);
  const std::string id = PackageId(reading.mailbox, *result.package);
  reading.event = MakeSent(request, *result.package, id, key);
  return reading;
}

absl::Status CheckSender(const PackageInfo& info, absl::string_view caller) {
  return absl::string_view(info.sender()) == caller ? absl::OkStatus() : NotTheSender();
}

absl::Status CheckCanFetch(const access::Facility* destination) {
  const access::v1::Rule* rule = access::FindRule(kFetchPackage);
  const bool can = destination != nullptr && rule != nullptr &&
                   access::AdmitsOrganisation(*rule, destination->kind);
  return can ? absl::OkStatus() : DestinationUnknown();
}

absl::StatusOr<Event> DecideSending(const Package& known, const Event& sent,
                                    const absl::Status& may_be_new) {
  if (!known.has_info()) {
    if (!may_be_new.ok()) return may_be_new;
    return sent;
  }
  if (known.files_digest() != sent.sent().files_digest()) return TimestampTaken();
  Event again;
  again.mutable_sent_again();
  return again;
}

national::Findings CheckContents(const v1::Contents& last) {
  const std::string& id = last.package_id();
  if (id.empty()) return {};
  return {{"LTC-016", national::Severity::kWarning, 0, "files",
           absl::StrCat("同じ内容のデータを別の日時で送信済みです（", id,
                        "）。送り直しのつもりがなければ、宛先にお知らせください。"),
           absl::StrCat("The same contents were sent before under another timestamp (", id,
                        "). If that was not meant, tell the destination.")}};
}

absl::Status CheckRoom(const v1::Mailbox& mailbox) {
  return mailbox.package_ids_size() < kMaxWaiting ? absl::OkStatus() : MailboxFull();
}

absl::Status CheckMayFetch(const Package& package, absl::string_view caller) {
  const bool mine = absl::string_view(package.info().destination()) == caller ||
                    absl::string_view(package.info().sender()) == caller;
  return mine && !caller.empty() ? absl::OkStatus() : PackageNotFound();
}

absl::Status CheckMayAcknowledge(const Package& package, absl::string_view caller) {
  if (absl::Status status = CheckMayFetch(package, caller); !status.ok()) return status;
  if (absl::string_view(package.info().destination()) != caller) return NotTheDestination();
  return package.info().has_fetched_at() ? absl::OkStatus() : NotFetched();
}

bool IsFirstFetch(const Package& package, absl::string_view caller) {
  return absl::string_view(package.info().destination()) == caller &&
         !package.info().has_fetched_at();
}

void NameSender(const access::Enrolment& enrolment, PackageInfo& info) {
  const access::Facility* sender = enrolment.FindFacility(info.sender());
  if (sender != nullptr) info.set_sender_name(sender->name);
}

void SortPackages(std::vector<PackageInfo>& packages) {
  std::sort(packages.begin(), packages.end(), [](const PackageInfo& a, const PackageInfo& b) {
    return std::tie(a.timestamp(), a.package_id()) < std::tie(b.timestamp(), b.package_id());
  });
}

}  // namespace tsunagu::ltc
