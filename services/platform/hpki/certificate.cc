#include "services/platform/hpki/certificate.h"

#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/hcrole.h"
#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::hpki {

struct Certificate::Data {
  X509Ptr x509;
  std::string fingerprint, key_fingerprint, issuer, serial;
  SubjectName subject;
  absl::Time not_before, not_after;
  uint32_t key_usage = 0;
  std::vector<std::string> policies;
  absl::StatusOr<std::vector<std::string>> role_names = std::vector<std::string>();
};

namespace {

// Takes ownership of memory that OpenSSL allocated.
std::string TakeBytes(unsigned char* bytes, int length) {
  if (bytes == nullptr || length < 0) return "";
  std::string result(reinterpret_cast<char*>(bytes), static_cast<size_t>(length));
  OPENSSL_free(bytes);
  return result;
}

std::string Sha256Hex(absl::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest), sizeof(digest)});
}

// X509_NAME_get_text_by_NID would cut the value at a zero byte and give the first of several.
std::string OnlyValueOf(const X509_NAME* name, int nid) {
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0 || X509_NAME_get_index_by_NID(name, nid, at) >= 0) return "";
  unsigned char* bytes = nullptr;
  const int length =
      ASN1_STRING_to_UTF8(&bytes, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  std::string value = TakeBytes(bytes, length);
  const bool printable = std::none_of(value.begin(), value.end(),
                                      [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return printable ? value : "";
}

// Of the only directoryName; empty as OnlyValueOf says.
std::string JapaneseNameOf(const X509* x509) {
  auto* names =
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509, NID_subject_alt_name, nullptr, nullptr));
  std::string name;
  int directories = 0;
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME* one = sk_GENERAL_NAME_value(names, i);
    if (one->type != GEN_DIRNAME) continue;
    name = ++directories == 1 ? OnlyValueOf(one->d.directoryName, NID_commonName) : "";
  }
  GENERAL_NAMES_free(names);
  return name;
}

std::string Rfc2253(const X509_NAME* name) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);  // NOLINT(runtime/int): OpenSSL's type
  return std::string(text, static_cast<size_t>(length));
}

std::string SerialOf(const X509* x509) {
  BIGNUM* number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509), nullptr);
  char* hex = number == nullptr ? nullptr : BN_bn2hex(number);
  BN_free(number);
  if (hex == nullptr) return "";
  absl::string_view digits = hex;
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  std::string result(digits);
  OPENSSL_free(hex);
  return result;
}

std::string DottedOid(const ASN1_OBJECT* object) {
  std::string text(1 + static_cast<size_t>(std::max(0, OBJ_obj2txt(nullptr, 0, object, 1))), '\0');
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1);
  text.pop_back();
  return text;
}

std::vector<std::string> PoliciesOf(const X509* x509) {
  auto* policies = static_cast<CERTIFICATEPOLICIES*>(
      X509_get_ext_d2i(x509, NID_certificate_policies, nullptr, nullptr));
  std::vector<std::string> oids;
  for (int i = 0; i < sk_POLICYINFO_num(policies); ++i) {
    oids.push_back(DottedOid(sk_POLICYINFO_value(policies, i)->policyid));
  }
  CERTIFICATEPOLICIES_free(policies);
  return oids;
}

// X509_get_ext_d2i cannot decode this extension in OpenSSL 3.0, so the raw bytes are read.
absl::StatusOr<std::vector<std::string>> RoleNamesOf(const X509* x509) {
  const int at = X509_get_ext_by_NID(x509, NID_subject_directory_attributes, -1);
  if (at < 0) return std::vector<std::string>();
  if (X509_get_ext_by_NID(x509, NID_subject_directory_attributes, at) >= 0) {
    return absl::InvalidArgumentError("two extensions subjectDirectoryAttributes");
  }
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509_get_ext(x509, at));
  return ReadHcRole({reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                     static_cast<size_t>(ASN1_STRING_length(value))});
}

std::string KeyFingerprintOf(const X509* x509) {
  unsigned char* bytes = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &bytes);
  return Sha256Hex(TakeBytes(bytes, length));
}

// OpenSSL 3.0 reads a certificate's policies when they are first asked for, and shows them to other
// threads before it has read them all: two threads that validate the first paths below one CA would
// find a path without a policy. So they are asked for here, by one thread. The chain holds the
// certificate twice, for OpenSSL does not look at the policies of the last one.
void ReadPolicies(X509* x509) {
  STACK_OF(X509)* chain = sk_X509_new_null();
  sk_X509_push(chain, x509);
  sk_X509_push(chain, x509);
  X509_POLICY_TREE* tree = nullptr;
  int is_explicit = 0;
  X509_policy_check(&tree, &is_explicit, chain, nullptr, 0);
  X509_policy_tree_free(tree);
  sk_X509_free(chain);  // not what is in it
}

}  // namespace

absl::StatusOr<Certificate> Certificate::FromX509(X509* owned) {
  auto data = std::make_shared<Data>();
  data->x509.reset(owned);
  // Decodes the extensions that OpenSSL knows and remembers them.
  X509_check_purpose(owned, -1, 0);
  ReadPolicies(owned);
  const bool bad_extension = (X509_get_extension_flags(owned) & EXFLAG_INVALID) != 0;
  const std::optional<absl::Time> not_before = ToAbslTime(X509_get0_notBefore(owned));
  const std::optional<absl::Time> not_after = ToAbslTime(X509_get0_notAfter(owned));
  const bool has_key = X509_get0_pubkey(owned) != nullptr;
  ERR_clear_error();
  if (bad_extension) return absl::InvalidArgumentError("an extension of the certificate is bad");
  if (!not_before || !not_after) return absl::InvalidArgumentError("the validity is malformed");
  if (!has_key)
    return absl::InvalidArgumentError("the public key is malformed or of no known kind");
  data->fingerprint = Sha256Hex(WriteDer<i2d_X509>(owned));
  data->key_fingerprint = KeyFingerprintOf(owned);
  data->issuer = Rfc2253(X509_get_issuer_name(owned));
  data->serial = SerialOf(owned);
  const X509_NAME* subject = X509_get_subject_name(owned);
  data->subject = {.common_name = OnlyValueOf(subject, NID_commonName),
                   .organization = OnlyValueOf(subject, NID_organizationName),
                   .organizational_unit = OnlyValueOf(subject, NID_organizationalUnitName),
                   .serial_number = OnlyValueOf(subject, NID_serialNumber),
                   .japanese_name = JapaneseNameOf(owned)};
  data->not_before = *not_before;
  data->not_after = *not_after;
  const uint32_t key_usage = X509_get_key_usage(owned);
  data->key_usage = key_usage == UINT32_MAX ? 0 : key_usage;
  data->policies = PoliciesOf(owned);
  data->role_names = RoleNamesOf(owned);
  ERR_clear_error();
  return Certificate(std::move(data));
}

absl::StatusOr<Certificate> Certificate::FromPem(absl::string_view pem) {
  if (pem.size() > kMaxCertificateBytes) {
    return absl::InvalidArgumentError("the certificate is too long");
  }
  const BioPtr in = ReadOnlyBio(pem);
  X509* x509 = PEM_read_bio_X509(in.get(), nullptr, NoPassword, nullptr);
  ERR_clear_error();
  if (x509 == nullptr) return absl::InvalidArgumentError("not a certificate in PEM");
  return FromX509(x509);
}

absl::StatusOr<Certificate> Certificate::FromDer(absl::string_view der) {
  if (der.size() > kMaxCertificateBytes) {
    return absl::InvalidArgumentError("the certificate is too long");
  }
  X509Ptr x509 = ReadX509(der);
  if (x509 == nullptr) return absl::InvalidArgumentError("not one certificate in DER");
  return FromX509(x509.release());
}

absl::StatusOr<std::vector<Certificate>> Certificate::ListFromPem(absl::string_view pem,
                                                                  size_t limit) {
  if (pem.size() > limit * kMaxCertificateBytes) {
    return absl::InvalidArgumentError("the certificates are too long");
  }
  std::vector<Certificate> list;
  if (pem.empty()) return list;
  const BioPtr in = ReadOnlyBio(pem);
  while (X509* x509 = PEM_read_bio_X509(in.get(), nullptr, NoPassword, nullptr)) {
    absl::StatusOr<Certificate> certificate = FromX509(x509);
    if (!certificate.ok()) return certificate.status();
    list.push_back(*std::move(certificate));
    if (list.size() > limit) {
      return absl::InvalidArgumentError(absl::StrCat("more than ", limit, " certificates"));
    }
  }
  if (!EndOfPem()) return absl::InvalidArgumentError("a certificate in PEM is malformed");
  return list;
}

const std::string& Certificate::fingerprint() const { return data_->fingerprint; }
const std::string& Certificate::key_fingerprint() const { return data_->key_fingerprint; }
const std::string& Certificate::issuer() const { return data_->issuer; }
const std::string& Certificate::serial() const { return data_->serial; }
const SubjectName& Certificate::subject() const { return data_->subject; }
absl::Time Certificate::not_before() const { return data_->not_before; }
absl::Time Certificate::not_after() const { return data_->not_after; }
uint32_t Certificate::key_usage() const { return data_->key_usage; }
const std::vector<std::string>& Certificate::policies() const { return data_->policies; }
std::string Certificate::ToDer() const { return WriteDer<i2d_X509>(get()); }
X509* Certificate::get() const { return data_->x509.get(); }
EVP_PKEY* Certificate::public_key() const { return X509_get0_pubkey(get()); }

const absl::StatusOr<std::vector<std::string>>& Certificate::role_names() const {
  return data_->role_names;
}

absl::StatusOr<std::vector<Role>> Certificate::Roles() const {
  if (!role_names().ok()) return role_names().status();
  std::vector<Role> roles;
  for (const std::string& name : *role_names()) {
    const std::optional<Role> role = FindRole(name);
    if (role && std::find(roles.begin(), roles.end(), *role) == roles.end()) {
      roles.push_back(*role);
    }
  }
  return roles;
}

absl::StatusOr<PresentedChain> ReadPresentedChain(absl::string_view leaf_pem,
                                                  absl::string_view chain_pem) {
  absl::StatusOr<Certificate> leaf = Certificate::FromPem(leaf_pem);
  if (!leaf.ok()) return leaf.status();
  absl::StatusOr<std::vector<Certificate>> chain = Certificate::ListFromPem(chain_pem);
  if (!chain.ok()) return chain.status();
  return PresentedChain{*std::move(leaf), *std::move(chain)};
}

}  // namespace tsunagu::hpki
