#include "services/ltc/fold.h"

#include <algorithm>

#include "services/ltc/mailbox.h"
#include "tsunagu/ltc/v1/events.pb.h"

namespace tsunagu::ltc {
namespace {

using google::protobuf::RepeatedPtrField;
using tsunagu::journal::v1::Entry;
using tsunagu::ltc::v1::Contents;
using tsunagu::ltc::v1::Event;
using tsunagu::ltc::v1::Files;
using tsunagu::ltc::v1::Mailbox;
using tsunagu::ltc::v1::Package;

Event ReadEvent(const Entry& entry) {
  Event event;
  if (!event.ParseFromString(entry.event())) event.Clear();
  return event;
}

// Removes the id; whether it was there.
bool Remove(RepeatedPtrField<std::string>& ids, const std::string& id) {
  const auto at = std::find(ids.begin(), ids.end(), id);
  if (at == ids.end()) return false;
  ids.erase(at);
  return true;
}

void Send(const Entry& entry, const Event::Sent& sent, Package& package, journal::States& states) {
  *package.mutable_info() = sent.info();
  *package.mutable_info()->mutable_sent_at() = entry.decided_at();
  *package.mutable_subjects() = sent.subjects();
  package.set_files_digest(sent.files_digest());
  Files files;
  *files.mutable_files() = sent.files();
  states.PutMessage(FilesName(sent.info().package_id()), files);
  if (!sent.contents_digest().empty()) {
    Contents contents;
    contents.set_package_id(sent.info().package_id());
    states.PutMessage(ContentsName(sent.contents_digest()), contents);
  }
  const std::string name = MailboxName(entry.subject());
  auto mailbox = states.GetAs<Mailbox>(name);
  mailbox.add_package_ids(sent.info().package_id());
  states.PutMessage(name, mailbox);
}

void Acknowledge(const Entry& entry, Package& package, journal::States& states) {
  *package.mutable_info()->mutable_acknowledged_at() = entry.decided_at();
  const std::string name = MailboxName(entry.subject());
  auto mailbox = states.GetAs<Mailbox>(name);
  if (!Remove(*mailbox.mutable_package_ids(), package.info().package_id())) return;
  mailbox.add_acknowledged_ids(package.info().package_id());
  const int surplus = mailbox.acknowledged_ids_size() - kMaxAcknowledged;
  if (surplus > 0) mailbox.mutable_acknowledged_ids()->DeleteSubrange(0, surplus);
  states.PutMessage(name, mailbox);
}

}  // namespace

std::vector<std::string> PackageDomain::Projections(const Entry& entry) const {
  const Event event = ReadEvent(entry);
  if (event.has_sent()) {
    const Event::Sent& sent = event.sent();
    return {FilesName(sent.info().package_id()), MailboxName(entry.subject()),
            ContentsName(sent.contents_digest())};
  }
  if (event.has_acknowledged()) return {MailboxName(entry.subject())};
  return {};
}

std::string PackageDomain::Evolve(const Entry& entry, absl::string_view state,
                                  journal::States& states, std::optional<std::string>&) const {
  Package package;
  package.ParseFromArray(state.data(), static_cast<int>(state.size()));
  const Event event = ReadEvent(entry);
  const bool known = package.has_info();
  if (event.has_sent() && !known) {
    Send(entry, event.sent(), package, states);
  } else if (event.has_fetched() && known && !package.info().has_fetched_at()) {
    *package.mutable_info()->mutable_fetched_at() = entry.decided_at();
  } else if (event.has_acknowledged() && known && !package.info().has_acknowledged_at()) {
    Acknowledge(entry, package, states);
  } else {
    return std::string(state);
  }
  return journal::Serialize(package);
}

}  // namespace tsunagu::ltc
