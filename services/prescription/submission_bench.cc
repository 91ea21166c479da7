// What judging a submitted document costs. It reads the test hierarchy as tests do:
//   bazel test --config=opt --test_output=all //services/prescription:submission_bench
// asserts nothing; with perf, run the binary under bazel-bin with the variables of the test.
#include <benchmark/benchmark.h>

#include <string>

#include "services/platform/hpki/test_pki.h"
#include "services/prescription/test_submission.h"

namespace tsunagu::prescription {
namespace {

const std::string& Document() {
  static const auto* const document = new std::string(Signed(PrescriptionText(Day())));
  return *document;
}

const RegistrationVerdict& Registered() {
  static const auto* const verdict = new RegistrationVerdict(Judge(Document()));
  return *verdict;
}

void Register(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Judge(Document()));
}
BENCHMARK(Register)->Unit(benchmark::kMicrosecond);

void Dispense(benchmark::State& state) {
  v1::Prescription registered;
  registered.set_id(Registered().event.prescription_id());
  registered.set_subject(Registered().subject);
  registered.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  registered.set_issued_on(Registered().event.issued_on());
  registered.set_issuer(kClinic);
  registered.set_fingerprint(Registered().event.fingerprint());
  const std::string document =
      SignedResult(ResultText(Day()), Registered().event.document(), hpki::TestPki::Now());
  for (auto _ : state) {
    benchmark::DoNotOptimize(JudgeResult(document, registered, 1, Pharmacy(), TheJudges()));
  }
}
BENCHMARK(Dispense)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tsunagu::prescription

BENCHMARK_MAIN();
