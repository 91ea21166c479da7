#include "services/platform/journal/folder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace tsunagu::journal {

using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Stored;

std::string Serialize(const google::protobuf::MessageLite& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

const std::string& States::Get(absl::string_view name) const {
  static const std::string* const kNone = new std::string();
  const auto found = states_.find(std::string(name));
  return found == states_.end() ? *kNone : found->second.value;
}

void States::Put(absl::string_view name, std::string value) {
  states_[std::string(name)] = {std::move(value), true};
}

std::vector<std::pair<std::string, std::string>> States::Changes() const {
  std::vector<std::pair<std::string, std::string>> changes;
  for (const auto& [name, state] : states_) {
    if (state.changed) changes.emplace_back(name, state.value);
  }
  return changes;
}

std::vector<std::string> JournalFolder::Touches(const Record& record) const {
  Entry entry;
  if (!entry.ParseFromString(record.value) || entry.aggregate().empty()) return {};
  std::vector<std::string> names = domain_.Projections(entry);
  names.push_back(entry.aggregate());
  return names;
}

Verdict JournalFolder::Apply(const Record& record, States& states,
                             Publications& publications) const {
  Entry entry;
  if (!entry.ParseFromString(record.value) || entry.aggregate().empty()) {
    return Verdict::kUndecodable;
  }
  auto stored = states.GetAs<Stored>(entry.aggregate());
  if (entry.has_expected_version() && entry.expected_version() != stored.version()) {
    return Verdict::kVoid;
  }
  std::optional<std::string> event;
  stored.set_state(domain_.Evolve(entry, stored.state(), states, event));
  stored.set_version(stored.version() + 1);
  if (!entry.command_id().empty()) {
    if (stored.absorbed_size() == kAbsorbedLimit) {
      stored.mutable_absorbed()->DeleteSubrange(0, 1);
    }
    auto* absorbed = stored.add_absorbed();
    absorbed->set_command_id(entry.command_id());
    absorbed->set_command_digest(entry.command_digest());
    absorbed->set_outcome(entry.outcome());
  }
  states.PutMessage(entry.aggregate(), stored);
  if (event.has_value()) {
    auto& publication = publications.emplace_back();
    publication.set_subject(entry.subject());
    publication.set_aggregate(entry.aggregate());
    publication.set_version(stored.version());
    publication.set_source_offset(record.offset);
    *publication.mutable_decided_at() = entry.decided_at();
    publication.set_event(*std::move(event));
  }
  return Verdict::kAccepted;
}

}  // namespace tsunagu::journal
