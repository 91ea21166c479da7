#include "services/platform/hpki/xades/test_keys.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::xades {
namespace {

// 2020-01-01 to 2050-01-01.
constexpr char kNotBefore[] = "20200101000000Z";
constexpr char kNotAfter[] = "20500101000000Z";

std::string TextOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<size_t>(size));
}

void AddExtension(X509* certificate, int nid, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

TestKey Certify(const hpki::KeyPtr& key, bool for_time_stamps) {
  static long serial = 0;
  const hpki::X509Ptr certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), kNotBefore);
  ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), kNotAfter);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const std::string common_name = "Test " + std::to_string(serial);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(certificate.get(), name);
  X509_set_pubkey(certificate.get(), key.get());
  AddExtension(certificate.get(), NID_key_usage,
               for_time_stamps ? "critical,digitalSignature" : "critical,nonRepudiation");
  if (for_time_stamps) AddExtension(certificate.get(), NID_ext_key_usage, "critical,timeStamping");
  X509_sign(certificate.get(), key.get(), EVP_sha256());

  TestKey result;
  hpki::BioPtr key_pem(BIO_new(BIO_s_mem())), cert_pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  PEM_write_bio_X509(cert_pem.get(), certificate.get());
  result.key_pem = TextOf(key_pem.get());
  result.cert_pem = TextOf(cert_pem.get());
  result.cert_der = hpki::WriteDer<i2d_X509>(certificate.get());
  return result;
}

}  // namespace

TestKey MakeRsaKey(int bits, bool for_time_stamps) {
  return Certify(hpki::KeyPtr(EVP_RSA_gen(static_cast<unsigned int>(bits))), for_time_stamps);
}

TestKey MakeEcKey(const char* curve, bool for_time_stamps) {
  return Certify(hpki::KeyPtr(EVP_EC_gen(curve)), for_time_stamps);
}

const TestKey& DoctorKey() {
  static const TestKey* const key = new TestKey(MakeRsaKey(2048));
  return *key;
}

const TestKey& PharmacistKey() {
  static const TestKey* const key = new TestKey(MakeRsaKey(2048));
  return *key;
}

const TestKey& AuthorityKey() {
  static const TestKey* const key = new TestKey(MakeRsaKey(2048, /*for_time_stamps=*/true));
  return *key;
}

const std::string& AuthorityCrlDer() {
  static const std::string* const der = [] {
    const hpki::CrlPtr crl(X509_CRL_new());
    const hpki::BioPtr pem = hpki::ReadOnlyBio(AuthorityKey().key_pem);
    const hpki::KeyPtr key(PEM_read_bio_PrivateKey(pem.get(), nullptr, nullptr, nullptr));
    const hpki::X509Ptr issuer = hpki::ReadX509(AuthorityKey().cert_der);
    X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer.get()));
    X509_CRL_set1_lastUpdate(crl.get(), X509_get0_notBefore(issuer.get()));
    X509_CRL_set1_nextUpdate(crl.get(), X509_get0_notAfter(issuer.get()));
    X509_CRL_sign(crl.get(), key.get(), EVP_sha256());
    return new std::string(hpki::WriteDer<i2d_X509_CRL>(crl.get()));
  }();
  return *der;
}

}  // namespace tsunagu::xades
