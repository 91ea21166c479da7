// Packages and mailboxes: who may do what with them, and what each step records. Pure.
#ifndef SERVICES_LTC_MAILBOX_H_
#define SERVICES_LTC_MAILBOX_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/ltc/careplan/package.h"
#include "services/platform/access/enrolment.h"
#include "services/platform/national/finding.h"
#include "services/platform/national/insured.h"
#include "tsunagu/ltc/v1/events.pb.h"
#include "tsunagu/ltc/v1/ltc.pb.h"

namespace tsunagu::ltc {

// Files of one package together (LTC-002).
inline constexpr size_t kMaxPackageBytes = 2 * 1024 * 1024;

// Packages that a mailbox lists as waiting; when they are so many, no more are taken (LTC-006).
inline constexpr int kMaxWaiting = 5000;

// Acknowledged packages that a mailbox lists; older ones can still be fetched by their id.
inline constexpr int kMaxAcknowledged = 5000;

// The pseudonym that keys an office's mailbox.
std::string MailboxOf(absl::string_view office, const national::SubjectKey& key);

// Names of the states, all in the partition of the mailbox.
std::string PackageName(absl::string_view package_id);
std::string FilesName(absl::string_view package_id);
std::string MailboxName(absl::string_view mailbox);
std::string ContentsName(absl::string_view contents_digest);

// The id of a package, made of what the names of its files tell: sender and destination with their
// service kinds, timestamp, kind and month (LTC-005). So the same files sent again find it, and it
// leads to the partition of the mailbox.
std::string PackageId(absl::string_view mailbox, const careplan::Package& package);

// Whether a client's id of its intent has its form (LTC-001).
absl::Status CheckCommandId(absl::string_view command_id);

// Whether that is an office number, 10 digits or capital letters (LTC-013).
absl::Status CheckDestination(absl::string_view office);

// What a request to send holds.
struct Reading {
  national::Findings findings;
  // The rest is set when no finding is an error.
  tsunagu::ltc::v1::Event event;  // Sent
  std::string mailbox;            // of the destination
};

// Reads and checks the files (LTC-002, LTC-003) that came at that time.
absl::StatusOr<Reading> ReadRequest(const tsunagu::ltc::v1::SendPackageRequest& request,
                                    const national::SubjectKey& key, absl::Time now);

// LTC-004.
absl::Status CheckSender(const tsunagu::ltc::v1::PackageInfo& info, absl::string_view caller);

// Whether somebody can fetch what lies in that office's mailbox: it is enrolled (null: it is not),
// as a kind that the rule of FetchPackage admits (LTC-007).
absl::Status CheckCanFetch(const access::Facility* destination);

// What a sending becomes when `known` is what its id names already (empty: nothing): Sent, or
// SentAgain of the same files (LTC-005). A new one is taken only with an OK `may_be_new`.
absl::StatusOr<tsunagu::ltc::v1::Event> DecideSending(const tsunagu::ltc::v1::Package& known,
                                                      const tsunagu::ltc::v1::Event& sent,
                                                      const absl::Status& may_be_new);

// The warning about a new package whose contents another package had under another timestamp
// (LTC-016); none where `last`, the last one with them, is nobody.
national::Findings CheckContents(const tsunagu::ltc::v1::Contents& last);

// Whether the mailbox takes another package (LTC-006).
absl::Status CheckRoom(const tsunagu::ltc::v1::Mailbox& mailbox);

// Whether the caller may see the package at all; one that does not exist (empty) is answered alike
// (LTC-010).
absl::Status CheckMayFetch(const tsunagu::ltc::v1::Package& package, absl::string_view caller);

// LTC-010, LTC-011, LTC-012.
absl::Status CheckMayAcknowledge(const tsunagu::ltc::v1::Package& package,
                                 absl::string_view caller);

// Whether the caller's fetch is the first of the destination, to be recorded.
bool IsFirstFetch(const tsunagu::ltc::v1::Package& package, absl::string_view caller);

// What is only known when it is listed: the name of the sender as enrolled now (LTC-015).
void NameSender(const access::Enrolment& enrolment, tsunagu::ltc::v1::PackageInfo& info);

// By timestamp, the order in which packages are imported; of one second by id (LTC-014).
void SortPackages(std::vector<tsunagu::ltc::v1::PackageInfo>& packages);

}  // namespace tsunagu::ltc

#endif  // SERVICES_LTC_MAILBOX_H_
