// For tests: the hierarchy that tools/pki makes, and certificates that it never would.
//
// Depend on //services/platform/hpki:test_pki. The hierarchy is unpacked once per process under
// TEST_TMPDIR. It stands at a fixed day: use TestPki::Now(), not the clock.
#ifndef SERVICES_PLATFORM_HPKI_TEST_PKI_H_
#define SERVICES_PLATFORM_HPKI_TEST_PKI_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"
#include "services/platform/hpki/path.h"

namespace tsunagu::hpki {

// A certificate to be minted with a key of a CA of the hierarchy.
struct TestCertificate {
  std::string ca = "auth";  // a folder of ca/
  int key_bits = 2048;
  std::string not_before = "20260101000000Z";
  std::string not_after = "20270101000000Z";
  // Extensions as in an OpenSSL configuration, e.g. {"keyUsage", "critical,digitalSignature"}.
  std::vector<std::pair<std::string, std::string>> extensions;
};

// "OK", the refusal's reason, or the whole status when it holds none.
std::string Verdict(const absl::Status& status);

class TestPki {
 public:
  // An hour after the hierarchy was made.
  static absl::Time Now();

  // The absolute path of e.g. "trust/crls.pem".
  static std::string PathOf(absl::string_view relative);
  static std::string Read(absl::string_view relative);

  // E.g. Leaf("clinic-1-doctor"), Leaf("clinic-1-doctor", "sign-cert.pem").
  static Certificate Leaf(absl::string_view identity, absl::string_view file = "cert.pem");
  static std::vector<Certificate> Chain(absl::string_view identity);

  // The hierarchy's root and issuing CAs.
  static PathValidator Validator();
  static CrlSet Crls();

  // All lists without those in `without`, e.g. {"root/rarl.pem"} (files of ca/).
  static CrlSet CrlsWithout(const std::vector<std::string>& without);

  // TryMint: what Certificate says of a certificate that it may refuse.
  static Certificate Mint(const TestCertificate& wanted);
  static absl::StatusOr<Certificate> TryMint(const TestCertificate& wanted);
};

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_TEST_PKI_H_
