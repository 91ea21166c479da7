#include "tools/cli/card.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"

namespace tsunagu::cli {
namespace {

absl::StatusOr<hpki::Certificate> Read(absl::string_view pem) {
  auto certificate = hpki::Certificate::FromPem(pem);
  if (certificate.ok()) return certificate;
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "CARD_UNREADABLE",
                      certificate.status().message())
      .Rule("CL-006");
}

std::string InJapan(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S +09:00", time, national::Jst());
}

std::string Names(std::span<const hpki::Role> roles) {
  std::vector<std::string> names;
  for (const hpki::Role role : roles) {
    const hpki::RoleInfo& info = hpki::InfoOf(role);
    names.push_back(absl::StrCat(info.text, " ", info.japanese));
  }
  return names.empty() ? "none" : absl::StrJoin(names, ", ");
}

}  // namespace

absl::Status CheckCard(absl::string_view pem, absl::Time now) {
  ASSIGN_OR_RETURN(const hpki::Certificate certificate, Read(pem));
  if (now > certificate.not_after()) {
    return ErrorBuilder(
               absl::StatusCode::kFailedPrecondition, "CARD_EXPIRED",
               absl::StrCat("the certificate expired at ", InJapan(certificate.not_after())))
        .Rule("CL-006");
  }
  if (now < certificate.not_before()) {
    return ErrorBuilder(
               absl::StatusCode::kFailedPrecondition, "CARD_NOT_YET_VALID",
               absl::StrCat("the certificate is valid from ", InJapan(certificate.not_before())))
        .Rule("CL-006");
  }
  return absl::OkStatus();
}

absl::Status CheckAuthentication(absl::string_view pem, absl::string_view key_pem) {
  ASSIGN_OR_RETURN(const hpki::Certificate certificate, Read(pem));
  const hpki::ScopedErrorMark mark;
  const bool for_clients =
      X509_check_purpose(certificate.get(), X509_PURPOSE_SSL_CLIENT, /*ca=*/0) == 1;
  if (!for_clients || (certificate.key_usage() & KU_DIGITAL_SIGNATURE) == 0) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "CARD_NOT_FOR_AUTHENTICATION",
                        "cert.pem is no certificate for authentication: nobody can call with it")
        .Rule("CL-020");
  }
  const hpki::KeyPtr key(PEM_read_bio_PrivateKey(hpki::ReadOnlyBio(key_pem).get(), nullptr,
                                                 hpki::NoPassword, nullptr));
  if (key == nullptr) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "CARD_KEY_UNREADABLE",
                        "key.pem holds no PEM key without a password")
        .Rule("CL-020");
  }
  if (EVP_PKEY_eq(certificate.public_key(), key.get()) != 1) {
    return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "CARD_KEY_MISMATCH",
                        "key.pem is not the key of cert.pem")
        .Rule("CL-020");
  }
  return absl::OkStatus();
}

absl::Status CheckLicence(absl::string_view pem, std::span<const hpki::Role> wanted) {
  ASSIGN_OR_RETURN(const hpki::Certificate certificate, Read(pem));
  const auto roles = certificate.Roles();
  const std::vector<hpki::Role> held = roles.ok() ? *roles : std::vector<hpki::Role>();
  if (std::ranges::find_first_of(held, wanted) != held.end()) return absl::OkStatus();
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "LICENCE_CANNOT_SIGN",
                      absl::StrCat("the signing certificate says ", Names(held),
                                   "; this document needs one of: ", Names(wanted)))
      .Rule("RX-026");
}

}  // namespace tsunagu::cli
