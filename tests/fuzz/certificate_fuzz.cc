// Certificates, with hcRole, and time-stamp tokens: what a stranger shows before anybody knows who
// it is.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"
#include "services/platform/hpki/timestamp/token.h"
#include "tests/fuzz/require.h"

using tsunagu::fuzz::Require;

namespace hpki = tsunagu::hpki;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto certificate = hpki::Certificate::FromDer(bytes);
  if (certificate.ok()) {
    (void)certificate->Roles();
    const auto again = hpki::Certificate::FromDer(certificate->ToDer());
    Require(again.ok() && again->fingerprint() == certificate->fingerprint(), "the same again");
  }
  (void)hpki::Certificate::ListFromPem(bytes);
  const std::string lists[] = {std::string(bytes)};
  (void)hpki::CrlSet::FromDer(lists);
  (void)tsunagu::timestamp::ReadToken(bytes);
  return 0;
}
