// One replica of a service that has nothing but a journal and its fold: what the platform itself
// costs, without gateway, gRPC and domain.
#ifndef TESTS_LOAD_REPLICA_H_
#define TESTS_LOAD_REPLICA_H_

#include <asio.hpp>
#include <memory>
#include <string>
#include <thread>

#include "services/platform/journal/journal.h"
#include "services/platform/journal/producer.h"
#include "services/platform/journal/runner.h"
#include "services/platform/view/reader.h"
#include "services/platform/view/redis.h"
#include "tests/load/driver.h"

namespace tsunagu::load {

struct Backing {
  std::string kafka;  // host:port
  std::string redis;  // host:port
  int partitions = 16;
};

// The text of a subject, as like a pseudonym as its number allows.
std::string SubjectOf(size_t number);

class Replica {
 public:
  // Makes topics "<service>.journal" and "<service>.events".
  Replica(const Backing& backing, const std::string& service);
  ~Replica();
  Replica(const Replica&) = delete;

  // Starts folding; before that, appended records only gather in the log.
  void StartFolding();
  // Appends that many facts of `bytes` about subjects of their own in turn, `per_subject` about
  // each. Does not wait for any fold.
  void FillJournal(size_t records, size_t per_subject, size_t bytes);
  // How many records were folded since the start.
  int64_t Folded();
  bool CaughtUp();
  // Removes the view of every partition at once.
  void EmptyView();

  // A command on a subject of its own, through decide, append, fold and wait.
  Issue Commands(size_t bytes);

 private:
  template <typename T>
  T Get(asio::awaitable<T> coroutine) {
    return asio::co_spawn(loop_, std::move(coroutine), asio::use_future).get();
  }

  // The state is the last event; each event is published.
  class LastEvent : public journal::Domain {
   public:
    std::vector<std::string> Projections(const journal::v1::Entry&) const override { return {}; }
    std::string Evolve(const journal::v1::Entry& entry, absl::string_view, journal::States&,
                       std::optional<std::string>& public_event) const override {
      public_event = entry.event();
      return entry.event();
    }
  };

  asio::awaitable<void> EmptyAll();

  const Backing backing_;
  const std::string service_;
  asio::io_context loop_{1};
  asio::executor_work_guard<asio::io_context::executor_type> busy_{loop_.get_executor()};
  LastEvent domain_;
  journal::JournalFolder folder_{domain_};
  view::Redis redis_, subscriber_;
  view::Reader reader_;
  std::unique_ptr<journal::Producer> producer_;
  journal::Journal journal_;
  std::unique_ptr<journal::Runner> runner_;
  std::thread thread_;
};

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_REPLICA_H_
