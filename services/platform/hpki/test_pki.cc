#include "services/platform/hpki/test_pki.h"

#include <openssl/conf.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::hpki {
namespace {

using ConfPtr = std::unique_ptr<CONF, OpensslFree<NCONF_free>>;

// A test without its certificates proves nothing: stop at once and say so.
void Require(bool condition, absl::string_view what) {
  if (condition) return;
  fprintf(stderr, "test_pki: %s\n", std::string(what).c_str());
  std::abort();
}

std::string Unpack() {
  const char* temporary = std::getenv("TEST_TMPDIR");
  Require(temporary != nullptr, "TEST_TMPDIR is not set");
  const std::string folder = absl::StrCat(temporary, "/fixture-pki");
  std::filesystem::create_directories(folder);
  const std::string command = absl::StrCat("tar -xf tools/pki/fixture.tar -C '", folder, "'");
  Require(std::system(command.c_str()) == 0, "cannot unpack tools/pki/fixture.tar");
  return folder;
}

template <typename T>
T Value(absl::StatusOr<T> value) {
  Require(value.ok(), value.status().ToString());
  return *std::move(value);
}

KeyPtr ReadKey(absl::string_view relative) {
  const std::string pem = TestPki::Read(relative);
  KeyPtr key(PEM_read_bio_PrivateKey(ReadOnlyBio(pem).get(), nullptr, NoPassword, nullptr));
  Require(key != nullptr, absl::StrCat("no key in ", relative));
  return key;
}

void AddExtension(X509* certificate, X509* issuer, const std::string& name,
                  const std::string& value) {
  // Some extensions are read only when there is a configuration to refer to.
  const ConfPtr configuration(NCONF_new(nullptr));
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509V3_set_nconf(&context, configuration.get());
  X509_EXTENSION* extension = X509V3_EXT_nconf(nullptr, &context, name.c_str(), value.c_str());
  Require(extension != nullptr, absl::StrCat("bad extension ", name));
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

std::string Verdict(const absl::Status& status) {
  if (status.ok()) return "OK";
  const std::optional<Refusal> refusal = RefusalOf(status);
  return refusal ? std::string(ReasonOf(*refusal)) : status.ToString();
}

absl::Time TestPki::Now() {
  return absl::FromCivil(absl::CivilHour(2026, 6, 1, 1), absl::UTCTimeZone());
}

std::string TestPki::PathOf(absl::string_view relative) {
  static const std::string* const folder = new std::string(Unpack());
  return absl::StrCat(*folder, "/", relative);
}

std::string TestPki::Read(absl::string_view relative) {
  std::ifstream in(PathOf(relative), std::ios::binary);
  Require(in.good(), absl::StrCat("no file ", relative));
  return std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Certificate TestPki::Leaf(absl::string_view identity, absl::string_view file) {
  return Value(Certificate::FromPem(Read(absl::StrCat("identities/", identity, "/", file))));
}

std::vector<Certificate> TestPki::Chain(absl::string_view identity) {
  return Value(Certificate::ListFromPem(Read(absl::StrCat("identities/", identity, "/chain.pem"))));
}

PathValidator TestPki::Validator() {
  return Value(
      PathValidator::Load(PathOf("trust/hpki-root.pem"), PathOf("trust/intermediates.pem")));
}

CrlSet TestPki::Crls() { return Value(CrlSet::Load(PathOf("trust/crls.pem"))); }

CrlSet TestPki::CrlsWithout(const std::vector<std::string>& without) {
  std::string pem;
  for (const char* file : {"auth/crl.pem", "sign/crl.pem", "org/crl.pem", "sub/crl.pem",
                           "root/sarl.pem", "root/rarl.pem"}) {
    if (std::find(without.begin(), without.end(), file) == without.end()) {
      pem += Read(absl::StrCat("ca/", file));
    }
  }
  return Value(CrlSet::FromPem(pem));
}

Certificate TestPki::Mint(const TestCertificate& wanted) { return Value(TryMint(wanted)); }

absl::StatusOr<Certificate> TestPki::TryMint(const TestCertificate& wanted) {
  const std::string issuer_pem = Read(absl::StrCat("ca/", wanted.ca, "/ca.pem"));
  const Certificate issuer = Value(Certificate::FromPem(issuer_pem));
  const KeyPtr issuer_key = ReadKey(absl::StrCat("ca/", wanted.ca, "/ca.key"));
  // A new key takes long; whose it is does not matter here.
  const KeyPtr key = wanted.key_bits == 2048
                         ? ReadKey("identities/clinic-1-doctor/key.pem")
                         : KeyPtr(EVP_RSA_gen(static_cast<unsigned int>(wanted.key_bits)));
  const X509Ptr x509(X509_new());
  X509_set_version(x509.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 4711);
  X509_set_issuer_name(x509.get(), X509_get_subject_name(issuer.get()));
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x509.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("Minted"), -1, -1, 0);
  ASN1_TIME_set_string(X509_getm_notBefore(x509.get()), wanted.not_before.c_str());
  ASN1_TIME_set_string(X509_getm_notAfter(x509.get()), wanted.not_after.c_str());
  X509_set_pubkey(x509.get(), key.get());
  for (const auto& [name, value] : wanted.extensions) {
    AddExtension(x509.get(), issuer.get(), name, value);
  }
  Require(X509_sign(x509.get(), issuer_key.get(), EVP_sha256()) > 0, "cannot sign");
  unsigned char* der = nullptr;
  const int length = i2d_X509(x509.get(), &der);
  Require(length > 0, "cannot encode");
  const std::string bytes(reinterpret_cast<char*>(der), static_cast<size_t>(length));
  OPENSSL_free(der);
  return Certificate::FromDer(bytes);
}

}  // namespace tsunagu::hpki
