#include "tests/load/reads.h"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "services/platform/access/metadata.h"
#include "services/platform/hpki/xades/document.h"
#include "tests/load/documents.h"
#include "tests/load/driver.h"
#include "tests/load/wire.h"
#include "tests/load/yardstick.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/prescription/v1/duplication.pb.h"
#include "tsunagu/prescription/v1/given.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::load {
namespace {

constexpr size_t kPersons = 2000;
// So many that no doctor asks for one of them too often (RX-470).
constexpr size_t kPrescriptions = 4000;
// What persons take who are checked: drugs for four weeks, every eight days of the last hundred.
constexpr size_t kPatients = 2000;
constexpr int kGiven = 12, kDaysBetween = 8;
constexpr char kService[] = "/tsunagu.prescription.v1.";

// One kind of read and what was measured of it.
struct Read {
  std::string name;
  Issue issue;
  std::vector<Figures> closed, open;
  std::vector<double> ratios;  // of a closed run to the yardstick's runs before and after it
};

std::unique_ptr<Caller> As(const Plan& plan, const std::string& identity, Metadata metadata = {}) {
  return std::make_unique<Caller>(
      plan.gateway, ClientTls(plan.pki + "/identities/" + identity, plan.pki + "/internal/ca.pem"),
      plan.connections, std::move(metadata));
}

Issue Requests(Caller& caller, const std::string& path, std::vector<std::string> requests) {
  return [&caller, path, requests = std::move(requests)](size_t index, Done done) {
    caller.Call(path, requests[index % requests.size()],
                [done = std::move(done)](const grpc::Status& status, const std::string&) {
                  done(status.ok());
                });
  };
}

Read MakeCheck(const Plan& plan, Caller& doctor) {
  const auto insurer = As(plan, "insurer-1", {{access::kLocalUserKey, "load"}});
  eligibility::v1::LoadInsuredRequest file;
  file.set_file(InsurerFile(0, kPersons));
  insurer->CallAndWait("/tsunagu.eligibility.v1.Eligibility/LoadInsured", file);
  std::vector<std::string> requests;
  for (size_t i = 0; i < kPersons; ++i) {
    eligibility::v1::CheckRequest request;
    *request.mutable_identity() = IdentityOf(i);
    request.set_birth_date(kBirthDate);
    requests.push_back(request.SerializeAsString());
  }
  const std::string path = "/tsunagu.eligibility.v1.Eligibility/Check";
  eligibility::v1::CheckRequest first;
  first.ParseFromString(requests[0]);
  eligibility::v1::CheckResponse response;
  response.ParseFromString(doctor.CallAndWait(path, first));
  if (response.validity() != eligibility::v1::VALIDITY_VALID) {
    std::cerr << "load: the people who were loaded are not found\n";
    std::exit(EXIT_FAILURE);
  }
  return {"eligibility Check", Requests(doctor, path, std::move(requests)), {}, {}, {}};
}

// Prepares a measurement by so many calls; ends the program when one fails.
void Prepare(const Plan& plan, size_t calls, const Issue& issue) {
  if (RunClosed(issue, plan.in_flight, {.calls = calls}).errors == 0) return;
  std::cerr << "load: a measurement cannot be prepared\n";
  std::exit(EXIT_FAILURE);
}

// Prescriptions of the doctor's clinic, `place`.
Read MakeStatus(const Plan& plan, Caller& doctor, size_t place) {
  const xades::Signer signer = SignerOf(plan.pki, "clinic-1-doctor");
  const auto documents = MakeAll(kPrescriptions, [&signer, place](size_t i) {
    return SignedPrescription(signer, place % kPlaces + i * kPlaces);
  });
  const std::string run = absl::StrCat("load-", absl::ToUnixNanos(absl::Now()), "-");
  std::vector<std::string> requests(kPrescriptions);
  Prepare(plan, kPrescriptions, [&](size_t i, const Done& done) {
    prescription::v1::RegisterRequest request;
    request.set_command_id(absl::StrCat(run, i));
    request.set_issue_type(prescription::v1::ISSUE_TYPE_ELECTRONIC);
    request.set_insured_confirmed(true);  // whom the insurer has loaded is another measurement's
    request.set_document(documents[i]);
    doctor.Call(absl::StrCat(kService, "Prescriptions/Register"), request,
                [&requests, i, done](const grpc::Status& status, const std::string& answer) {
                  prescription::v1::RegisterResponse response;
                  response.ParseFromString(answer);
                  prescription::v1::GetStatusRequest get;
                  get.set_prescription_id(response.prescription_id());
                  requests[i] = get.SerializeAsString();
                  done(status.ok());
                });
  });
  return {"prescription GetStatus",
          Requests(doctor, absl::StrCat(kService, "Prescriptions/GetStatus"), std::move(requests)),
          {},
          {},
          {}};
}

// What the other's clinic, the next after `place`, gave in house is what the doctor's drafts are
// compared with.
Read MakeDraft(const Plan& plan, Caller& doctor, Caller& other, size_t place) {
  const std::string run = absl::StrCat("load-", absl::ToUnixNanos(absl::Now()), "-");
  Prepare(plan, kPatients * kGiven, [&](size_t i, const Done& done) {
    const int days_ago = static_cast<int>(i / kPatients) * kDaysBetween;
    prescription::v1::RegisterGivenRequest request;
    request.set_command_id(absl::StrCat(run, i));
    request.set_insured_confirmed(true);
    request.set_document(
        xades::BuildPrescription(PrescriptionRecord(place + 1, i % kPatients, days_ago), "")
            .value());
    other.Call(absl::StrCat(kService, "GivenDrugs/RegisterGiven"), request,
               [done](const grpc::Status& status, const std::string&) { done(status.ok()); });
  });
  std::vector<std::string> requests;
  for (size_t i = 0; i < kPatients; ++i) {
    prescription::v1::CheckDraftRequest request;
    request.set_document(PrescriptionRecord(place, i, 0));
    requests.push_back(request.SerializeAsString());
  }
  const std::string path = absl::StrCat(kService, "DuplicationCheck/CheckDraft");
  prescription::v1::CheckDraftRequest first;
  first.ParseFromString(requests[0]);
  prescription::v1::CheckReport report;
  report.ParseFromString(doctor.CallAndWait(path, first));
  if (report.alert_count() == 0) {
    std::cerr << "load: the drugs that were given are not found\n";
    std::exit(EXIT_FAILURE);
  }
  return {absl::StrFormat("prescription CheckDraft (%d alerts)", report.alert_count()),
          Requests(doctor, path, std::move(requests)),
          {},
          {},
          {}};
}

bool Print(const Plan& plan, double per_second, const std::vector<Figures>& yardstick,
           const std::vector<Read>& reads) {
  const std::string closed = absl::StrCat(plan.in_flight, " in flight");
  const std::string open = absl::StrFormat("%.0f/s", per_second);
  std::cout << TableHead() << "\n"
            << TableLine("yardstick: bare echo, two hops", closed, MedianOf(yardstick), "") << "\n";
  size_t errors = 0;
  for (const Read& read : reads) {
    const Figures at_once = MedianOf(read.closed), paced = MedianOf(read.open);
    std::cout << TableLine(read.name, closed, at_once,
                           absl::StrFormat("%.2f of the yardstick", Median(read.ratios)))
              << "\n"
              << TableLine(read.name, open, paced, "") << "\n";
    errors += at_once.errors + paced.errors;
  }
  return errors == 0;
}

}  // namespace

int MeasureReads(const Plan& plan, double per_second, const std::string& which) {
  Yardstick yardstick(plan.pki, plan.connections);
  const Issue echo = yardstick.Calls();
  const auto at = [&plan](size_t place) {
    return As(plan, "clinic-1-doctor", {{access::kFacilityKey, ClinicOf(place)}});
  };
  // Others each time: how often a clinic checks one person within an hour is limited (RX-426).
  const auto place = static_cast<size_t>(absl::ToUnixSeconds(absl::Now()));
  const auto doctor = at(place), other = at(place + 1);
  const auto wanted = [&which](const char* one) { return which == "all" || which == one; };
  std::vector<Read> reads;
  if (wanted("check")) reads.push_back(MakeCheck(plan, *doctor));
  if (wanted("status")) reads.push_back(MakeStatus(plan, *doctor, place));
  if (wanted("draft")) reads.push_back(MakeDraft(plan, *doctor, *other, place));
  RunClosed(echo, plan.in_flight, {.time = plan.WarmUp()});
  for (const Read& read : reads) RunClosed(read.issue, plan.in_flight, {.time = plan.WarmUp()});
  std::vector<Figures> bare = {RunClosed(echo, plan.in_flight, {.time = plan.Run()})};
  for (int round = 0; round < plan.rounds; ++round) {
    for (Read& read : reads) {
      read.closed.push_back(RunClosed(read.issue, plan.in_flight, {.time = plan.Run()}));
      bare.push_back(RunClosed(echo, plan.in_flight, {.time = plan.Run()}));
      const double beside = (bare.end()[-2].PerSecond() + bare.back().PerSecond()) / 2;
      read.ratios.push_back(read.closed.back().PerSecond() / beside);
      read.open.push_back(RunOpen(read.issue, per_second, {.time = plan.Run()}));
    }
  }
  return Print(plan, per_second, bare, reads) ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace tsunagu::load
