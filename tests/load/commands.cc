#include "tests/load/commands.h"

#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "tests/load/documents.h"
#include "tests/load/driver.h"
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
    documents_ = MakeAll(count, [this](size_t i) { return SignedPrescription(doctor_signer_, i); });
    ids_.assign(count, "");
    run_ = absl::StrCat("load-", absl::ToUnixMicros(absl::Now()), "-");
    lives.bare_p99_ms.push_back(between());
    lives.registered = drive([this](size_t i, Done done) { Register(i, done); }, count);
    lives.bare_p99_ms.push_back(between());
    lives.accepted = drive([this](size_t i, Done done) { Accept(i, done); }, count);
    documents_ = MakeAll(count, [this](size_t i) {
      if (documents_[i].empty()) return std::string();  // was not accepted
      return SignedResult(pharmacist_signer_, i, ids_[i], documents_[i]);
    });
    lives.bare_p99_ms.push_back(between());
    lives.dispensed = drive([this](size_t i, Done done) { Dispense(i, done); }, count);
    lives.bare_p99_ms.push_back(between());
    return lives;
  }

 private:
  static std::shared_ptr<grpc::ChannelCredentials> Tls(const Plan& plan, const std::string& who) {
    return ClientTls(plan.pki + "/identities/" + who, plan.pki + "/internal/ca.pem");
  }

  void Register(size_t i, const Done& done) {
    RegisterRequest request;
    request.set_command_id(absl::StrCat(run_, "r", i));
    request.set_issue_type(prescription::v1::ISSUE_TYPE_ELECTRONIC);
    request.set_insured_confirmed(true);  // whom the insurer has loaded is another measurement's
    request.set_document(documents_[i]);
    doctor_.Call(absl::StrCat(kService, "Register"), request,
                 [this, i, done](const grpc::Status& status, const std::string& answer) {
                   RegisterResponse response;
                   response.ParseFromString(answer);
                   ids_[i] = response.prescription_id();
                   done(status.ok());
                 });
  }

  void Accept(size_t i, const Done& done) {
    AcceptRequest request;
    request.set_command_id(absl::StrCat(run_, "a", i));
    request.set_prescription_id(ids_[i]);
    *request.mutable_identity() = IdentityOf(i);
    pharmacist_.Call(absl::StrCat(kService, "Accept"), request,
                     [this, i, done](const grpc::Status& status, const std::string& answer) {
                       AcceptResponse response;
                       response.ParseFromString(answer);
                       documents_[i] = response.document();
                       done(status.ok());
                     });
  }

  void Dispense(size_t i, const Done& done) {
    DispenseRequest request;
    request.set_command_id(absl::StrCat(run_, "d", i));
    request.set_prescription_id(ids_[i]);
    request.set_document(documents_[i]);
    pharmacist_.Call(absl::StrCat(kService, "Dispense"), request,
                     [done](const grpc::Status& status, const std::string&) { done(status.ok()); });
  }

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
  Prescriptions prescriptions(plan);
  RunOpen(trips, per_second, {.time = plan.WarmUp()});
  prescriptions.Live(static_cast<size_t>(plan.warm_up * per_second), at_once, nothing);
  const auto count = static_cast<size_t>(plan.seconds * per_second);
  const Lives calm = prescriptions.Live(count, paced, round_trip);
  const Lives full = prescriptions.Live(2 * count, at_once, nothing);
  const std::string rate = absl::StrFormat("%.0f/s", per_second);
  std::cout << TableHead() << "\n"
            << TableLine("round trip through the log, bare", rate, MedianOf(bare), "") << "\n";
  const size_t errors =
      Print(rate, calm, true) + Print(absl::StrCat(plan.in_flight, " in flight"), full, false);
  return errors == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace tsunagu::load
