// Owners of OpenSSL objects, and the few conversions that HPKI code shares.
#ifndef SERVICES_PLATFORM_HPKI_OPENSSL_PTR_H_
#define SERVICES_PLATFORM_HPKI_OPENSSL_PTR_H_

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <ctime>
#include <memory>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace tsunagu::hpki {

template <auto kFree>
struct OpensslFree {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using BioPtr = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, OpensslFree<X509_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, OpensslFree<X509_CRL_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>>;

// Reads from memory that the caller keeps. Texts are limited before they get here: BIO counts in
// int.
inline BioPtr ReadOnlyBio(absl::string_view bytes) {
  return BioPtr(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

// For PEM readers: without it OpenSSL asks for the password of an encrypted block on the terminal.
inline int NoPassword(char*, int, int, void*) { return -1; }

// Whether a PEM reader stopped because there is no further block; otherwise a block was bad.
// Empties the error queue.
inline bool EndOfPem() {
  const unsigned long error = ERR_peek_last_error();  // NOLINT(runtime/int): OpenSSL's type
  ERR_clear_error();
  return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

// Nothing for a time that is not in the form that RFC 5280 prescribes.
inline std::optional<absl::Time> ToAbslTime(const ASN1_TIME* time) {
  std::tm tm = {};
  if (time == nullptr || ASN1_TIME_to_tm(time, &tm) != 1) return std::nullopt;
  const absl::CivilSecond second(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                                 tm.tm_min, tm.tm_sec);
  return absl::FromCivil(second, absl::UTCTimeZone());
}

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_OPENSSL_PTR_H_
