// How long verification takes. Run with: bazel run --config=opt
// //services/platform/hpki/xades:verify_bench
#include <benchmark/benchmark.h>

#include <string>

#include "services/platform/hpki/timestamp/authority.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/extend.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/hpki/xades/test_keys.h"
#include "services/platform/hpki/xades/verify.h"

namespace tsunagu::xades {
namespace {

// A prescription's record file has about a kilobyte.
const std::string& Payload() {
  static const std::string* const payload = new std::string(1000, 'x');
  return *payload;
}

const std::string& Prescription() {
  static const std::string* const document =
      new std::string(*SignPrescription(*BuildPrescription(Payload(), "1"), DoctorKey().key_pem,
                                        DoctorKey().cert_pem, absl::UnixEpoch()));
  return *document;
}

const std::string& Dispensing() {
  static const std::string* const document = new std::string(
      *SignDispensing(*BuildDispensing({Payload(), Prescription(), "1"}), PharmacistKey().key_pem,
                      PharmacistKey().cert_pem, absl::UnixEpoch()));
  return *document;
}

timestamp::Authority Authority() {
  return *timestamp::Authority::Create(AuthorityKey().key_pem, AuthorityKey().cert_pem,
                                       {"1.2.3.4"});
}

void VerifyPrescription(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Verify(Prescription(), DocumentKind::kPrescription));
  }
}
BENCHMARK(VerifyPrescription);

void VerifyStampedPrescription(benchmark::State& state) {
  const std::string document =
      *AddSignatureTimeStamp(Prescription(), DocumentKind::kPrescription,
                             Verify(Prescription(), DocumentKind::kPrescription), Authority());
  for (auto _ : state) {
    benchmark::DoNotOptimize(Verify(document, DocumentKind::kPrescription));
  }
}
BENCHMARK(VerifyStampedPrescription);

void VerifyDispensing(benchmark::State& state) {
  const std::string& document = Dispensing();
  for (auto _ : state) benchmark::DoNotOptimize(Verify(document, DocumentKind::kDispensing));
}
BENCHMARK(VerifyDispensing);

void StampPrescription(benchmark::State& state) {
  const timestamp::Authority authority = Authority();
  const Verification verified = Verify(Prescription(), DocumentKind::kPrescription);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        AddSignatureTimeStamp(Prescription(), DocumentKind::kPrescription, verified, authority));
  }
}
BENCHMARK(StampPrescription);

void SignOnePrescription(benchmark::State& state) {
  const Signer signer = *Signer::Create(DoctorKey().key_pem, DoctorKey().cert_pem);
  const std::string document = *BuildPrescription(Payload(), "1");
  for (auto _ : state) {
    benchmark::DoNotOptimize(signer.Sign(document, DocumentKind::kPrescription, absl::UnixEpoch()));
  }
}
BENCHMARK(SignOnePrescription);

}  // namespace
}  // namespace tsunagu::xades

BENCHMARK_MAIN();
