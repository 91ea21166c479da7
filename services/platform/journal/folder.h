// What a domain says to the platform about its folds: which states a record touches and what
// becomes of them. Pure: no I/O, no clock, no randomness, no locale; the same records give byte for
// byte the same states on every machine.
#ifndef SERVICES_PLATFORM_JOURNAL_FOLDER_H_
#define SERVICES_PLATFORM_JOURNAL_FOLDER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message_lite.h"
#include "services/platform/journal/record.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::journal {

// Deterministic serialization: equal messages give equal bytes.
std::string Serialize(const google::protobuf::MessageLite& message);

// The states that a batch touches, by name. Empty text means: no such state.
class States {
 public:
  // What Redis has.
  void Load(std::string name, std::string value) {
    states_[std::move(name)] = {std::move(value), false};
  }

  const std::string& Get(absl::string_view name) const;
  void Put(absl::string_view name, std::string value);

  // The state as a message; the default message when there is none.
  template <typename Message>
  Message GetAs(absl::string_view name) const {
    Message message;
    message.ParseFromString(Get(name));
    return message;
  }
  void PutMessage(absl::string_view name, const google::protobuf::MessageLite& message) {
    Put(name, Serialize(message));
  }

  // What was put since Load, by name.
  std::vector<std::pair<std::string, std::string>> Changes() const;

 private:
  struct State {
    std::string value;
    bool changed = false;
  };
  std::map<std::string, State, std::less<>> states_;
};

enum class Verdict {
  kAccepted,
  kVoid,         // decided on another version than the one it met; as if it had never been
  kUndecodable,  // put aside under "undecodable/<offset>"; somebody must look at it
};

// A record for the public topic; its `subject` chooses the partition.
using Publications = std::vector<tsunagu::journal::v1::Published>;

// Folds the records of one topic.
class Folder {
 public:
  virtual ~Folder() = default;
  // The names of all states that Apply may Get for this record. Put needs none: a state that was
  // never read is overwritten.
  virtual std::vector<std::string> Touches(const Record& record) const = 0;
  virtual Verdict Apply(const Record& record, States& states, Publications& publications) const = 0;
};

// What the domain adds to its own journal.
class Domain {
 public:
  virtual ~Domain() = default;
  // States beside the aggregate that this event reads or writes, in the same partition.
  virtual std::vector<std::string> Projections(const tsunagu::journal::v1::Entry& entry) const = 0;
  // The aggregate after the event. `states` holds the projections. May add the public event: the
  // platform fills everything but `event`. Total: an event that does not fit leaves the state as it
  // is.
  virtual std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                             States& states, std::optional<std::string>& public_event) const = 0;
};

// Folds a service's own journal: versions, absorbed commands, then the domain.
class JournalFolder : public Folder {
 public:
  // `domain` must outlive this.
  explicit JournalFolder(const Domain& domain) : domain_(domain) {}
  std::vector<std::string> Touches(const Record& record) const override;
  Verdict Apply(const Record& record, States& states, Publications& publications) const override;

 private:
  const Domain& domain_;
};

// How many commands an aggregate remembers.
inline constexpr int kAbsorbedLimit = 256;

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_FOLDER_H_
