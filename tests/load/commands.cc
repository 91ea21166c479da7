#include "tests/load/commands.h"

#include <hiredis/hiredis.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/platform/access/metadata.h"
#include "tests/load/documents.h"
#include "tests/load/driver.h"
#include "tests/load/processor.h"
#include "tests/load/round_trip.h"
#include "tests/load/wire.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::load {
namespace {

using prescription::v1::AcceptRequest;
using prescription::v1::AcceptResponse;
using prescription::v1::DispenseRequest;
using prescription::v1::RegisterRequest;
using prescription::v1::RegisterResponse;

constexpr char kService[] = "/tsunagu.prescription.v1.Prescriptions/";

// Runs the calls 0 to `calls` in the way that is measured.
using Driver = std::function<Figures(const Issue& issue, size_t calls)>;

struct Lives {
  Figures registered, accepted, dispensed;
  std::vector<double> bare_p99_ms;  // of the round trips between them
};

// What Redis holds, in bytes; ends the program when it does not say.
double UsedMemory(const std::string& address) {
  const std::vector<std::string> parts = absl::StrSplit(address, ':');
  const std::unique_ptr<redisContext, decltype(&redisFree)> redis(
      redisConnect(parts[0].c_str(), std::atoi(parts.back().c_str())), &redisFree);
  const std::unique_ptr<void, decltype(&freeReplyObject)> reply(
      redis == nullptr ? nullptr : redisCommand(redis.get(), "INFO memory"), &freeReplyObject);
  double bytes = 0;
  if (reply != nullptr) {
    const std::string info = static_cast<redisReply*>(reply.get())->str;
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(info, "\r\n"))) {
      const std::pair<std::string, std::string> field = absl::StrSplit(line, ':');
      if (field.first == "used_memory" && absl::SimpleAtod(field.second, &bytes)) return bytes;
    }
  }
  std::cerr << "load: Redis does not say what it uses\n";
  std::exit(EXIT_FAILURE);
}

class Prescriptions {
 public:
  explicit Prescriptions(const Plan& plan)
      : doctor_(plan.gateway, Tls(plan, "clinic-1-doctor"), plan.connections),
        pharmacist_(plan.gateway, Tls(plan, "pharmacy-1-pharmacist"), plan.connections),
        doctor_signer_(SignerOf(plan.pki, "clinic-1-doctor")),
        pharmacist_signer_(SignerOf(plan.pki, "pharmacy-1-pharmacist")) {}

  // `between` runs before, between and after the three.
  Lives Live(size_t count, const Driver& drive, const std::function<double()>& between) {
    Lives lives;
    Begin(count);
    lives.bare_p99_ms.push_back(between());
    lives.registered = drive(register_, count);
    lives.bare_p99_ms.push_back(between());
    lives.accepted = drive(accept_, count);
    SignResults(count);
    lives.bare_p99_ms.push_back(between());
    lives.dispensed = drive(dispense_, count);
    lives.bare_p99_ms.push_back(between());
    return lives;
  }

  // The three kinds at the same time: `count` each, of prescriptions of their own. `at_once` makes
  // what they need; `bytes`: what an open prescription then takes in Redis.
  Lives LiveTogether(size_t count, const Driver& at_once, const Driver& drive,
                     const std::string& redis, const std::function<double()>& between,
                     double* bytes) {
    Begin(3 * count);
    const double before = UsedMemory(redis);
    at_once(register_, 2 * count);
    *bytes = (UsedMemory(redis) - before) / static_cast<double>(2 * count);
    at_once(accept_, count);
    SignResults(count);
    Lives lives;
    const auto from = [](const Issue& issue, size_t first) {
      return [&issue, first](size_t i, Done done) { issue(first + i, std::move(done)); };
    };
    lives.bare_p99_ms.push_back(between());
    std::thread registering([&] { lives.registered = drive(from(register_, 2 * count), count); });
    std::thread accepting([&] { lives.accepted = drive(from(accept_, count), count); });
    lives.dispensed = drive(dispense_, count);
    registering.join();
    accepting.join();
    lives.bare_p99_ms.resize(4, between());
    return lives;
  }

 private:
  void Begin(size_t count) {
    documents_ = MakeAll(count, [this](size_t i) { return SignedPrescription(doctor_signer_, i); });
    ids_.assign(count, "");
    run_ = absl::StrCat("load-", absl::ToUnixMicros(absl::Now()), "-");
  }

  // Of the first `count`, which were accepted.
  void SignResults(size_t count) {
    auto results = MakeAll(count, [this](size_t i) {
      if (documents_[i].empty()) return std::string();  // was not accepted
      return SignedResult(pharmacist_signer_, i, ids_[i], documents_[i]);
    });
    std::move(results.begin(), results.end(), documents_.begin());
  }

  static Metadata At(const std::string& facility) { return {{access::kFacilityKey, facility}}; }

  static std::shared_ptr<grpc::ChannelCredentials> Tls(const Plan& plan, const std::string& who) {
    return ClientTls(plan.pki + "/identities/" + who, plan.pki + "/internal/ca.pem");
  }

  void Register(size_t i, const Done& done) {
    RegisterRequest request;
    request.set_command_id(absl::StrCat(run_, "r", i));
    request.set_issue_type(prescription::v1::ISSUE_TYPE_ELECTRONIC);
    request.set_insured_confirmed(true);  // whom the insurer has loaded is another measurement's
    request.set_document(documents_[i]);
    doctor_.Call(
        absl::StrCat(kService, "Register"), request,
        [this, i, done](const grpc::Status& status, const std::string& answer) {
          RegisterResponse response;
          response.ParseFromString(answer);
          ids_[i] = response.prescription_id();
          done(status.ok());
        },
        At(ClinicOf(i)));
  }

  void Accept(size_t i, const Done& done) {
    AcceptRequest request;
    request.set_command_id(absl::StrCat(run_, "a", i));
    request.set_prescription_id(ids_[i]);
    *request.mutable_identity() = IdentityOf(i);
    pharmacist_.Call(
        absl::StrCat(kService, "Accept"), request,
        [this, i, done](const grpc::Status& status, const std::string& answer) {
          AcceptResponse response;
          response.ParseFromString(answer);
          documents_[i] = response.document();
          done(status.ok());
        },
        At(PharmacyOf(i)));
  }

  void Dispense(size_t i, const Done& done) {
    DispenseRequest request;
    request.set_command_id(absl::StrCat(run_, "d", i));
    request.set_prescription_id(ids_[i]);
    request.set_document(documents_[i]);
    pharmacist_.Call(
        absl::StrCat(kService, "Dispense"), request,
        [done](const grpc::Status& status, const std::string&) { done(status.ok()); },
        At(PharmacyOf(i)));
  }

  const Issue register_ = [this](size_t i, Done done) { Register(i, done); };
  const Issue accept_ = [this](size_t i, Done done) { Accept(i, done); };
  const Issue dispense_ = [this](size_t i, Done done) { Dispense(i, done); };
  Caller doctor_, pharmacist_;
  const xades::Signer doctor_signer_, pharmacist_signer_;
  std::string run_;
  std::vector<std::string> documents_;  // what the next step needs, by prescription
  std::vector<std::string> ids_;
};

struct Line {
  const char* name;
  const Figures& figures;
};

size_t Print(const std::string& load, const Lives& lives, bool against_round_trip) {
  size_t errors = 0;
  const std::vector<Line> lines = {{"prescription Register", lives.registered},
                                   {"prescription Accept", lives.accepted},
                                   {"prescription Dispense", lives.dispensed}};
  for (size_t i = 0; i < lines.size(); ++i) {
    const double bare = (lives.bare_p99_ms[i] + lives.bare_p99_ms[i + 1]) / 2;
    const std::string note = against_round_trip ? absl::StrFormat("p99 is %.1f of the round trip's",
                                                                  lines[i].figures.p99_ms / bare)
                                                : "";
    std::cout << TableLine(lines[i].name, load, lines[i].figures, note) << "\n";
    errors += lines[i].figures.errors;
  }
  return errors;
}

}  // namespace

int MeasureCommands(const Plan& plan, double per_second) {
  RoundTrip log(plan.kafka, plan.partitions);
  const Issue trips = log.Calls();
  std::vector<Figures> bare;
  const auto round_trip = [&] {
    bare.push_back(RunOpen(trips, per_second, {.time = plan.Run()}));
    return bare.back().p99_ms;
  };
  const auto nothing = [] { return 0.0; };
  const Driver paced = [&](const Issue& issue, size_t calls) {
    return RunOpen(issue, per_second, {calls, plan.Run()});
  };
  const Driver at_once = [&](const Issue& issue, size_t calls) {
    return RunClosed(issue, plan.in_flight, {.calls = calls});
  };
  const Processor processor(plan.processes);
  std::vector<std::string> costs;
  const Driver costed = [&](const Issue& issue, size_t calls) {
    static constexpr const char* kNames[] = {"Register", "Accept", "Dispense"};
    const auto before = processor.Used();
    Figures figures = at_once(issue, calls);
    costs.push_back(
        processor.TableLine(kNames[costs.size() % 3], before, processor.Used(), figures.calls));
    return figures;
  };
  Prescriptions prescriptions(plan);
  RunOpen(trips, per_second, {.time = plan.WarmUp()});
  prescriptions.Live(static_cast<size_t>(plan.warm_up * per_second), at_once, nothing);
  const auto count = static_cast<size_t>(plan.seconds * per_second);
  const Lives calm = prescriptions.Live(count, paced, round_trip);
  const Lives full = prescriptions.Live(2 * count, costed, nothing);
  double bytes = 0;
  const Lives together =
      prescriptions.LiveTogether(count, at_once, paced, plan.redis, round_trip, &bytes);
  const std::string rate = absl::StrFormat("%.0f/s", per_second);
  std::cout << TableHead() << "\n"
            << TableLine("round trip through the log, bare", rate, MedianOf(bare), "") << "\n";
  const size_t errors = Print(rate, calm, true) +
                        Print(absl::StrCat(plan.in_flight, " in flight"), full, false) +
                        Print(rate + " each, together", together, true);
  std::cout << "\n" << processor.TableHead() << "\n";
  for (const std::string& cost : costs) std::cout << cost << "\n";
  std::cout << absl::StrFormat("\nAn open prescription takes %.1f KB in Redis.\n", bytes / 1000);
  return errors == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace tsunagu::load
