// Keys and self-signed certificates made on the spot, for tests and benchmarks only.
#ifndef SERVICES_PLATFORM_HPKI_XADES_TEST_KEYS_H_
#define SERVICES_PLATFORM_HPKI_XADES_TEST_KEYS_H_

#include <string>

namespace tsunagu::xades {

struct TestKey {
  std::string key_pem;
  std::string cert_pem;
  std::string cert_der;
};

// RSA of that many bits. With `for_time_stamps` the certificate is a time-stamping authority's.
TestKey MakeRsaKey(int bits, bool for_time_stamps = false);

TestKey MakeEcKey(const char* curve, bool for_time_stamps = false);

// One doctor's and one pharmacist's RSA-2048 key per process, since making one takes long.
const TestKey& DoctorKey();
const TestKey& PharmacistKey();
const TestKey& AuthorityKey();

// An empty CRL of the time-stamping authority's name, DER.
const std::string& AuthorityCrlDer();

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_TEST_KEYS_H_
