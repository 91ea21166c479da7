// Owners of OpenSSL objects, and the few conversions that HPKI code shares.
//
// Functions here are thread safe; an object belongs to one thread at a time unless OpenSSL says
// otherwise.
#ifndef SERVICES_PLATFORM_HPKI_OPENSSL_PTR_H_
#define SERVICES_PLATFORM_HPKI_OPENSSL_PTR_H_

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <utility>

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
using KeyPtr = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, OpensslFree<X509_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, OpensslFree<X509_CRL_free>>;
using Pkcs7Ptr = std::unique_ptr<PKCS7, OpensslFree<PKCS7_free>>;
using StorePtr = std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>>;

// Drops the errors that OpenSSL queues for this thread while it lives, so that none of them turns
// up in somebody else's call.
class ScopedErrorMark {
 public:
  ScopedErrorMark() { ERR_set_mark(); }
  ~ScopedErrorMark() { ERR_pop_to_mark(); }
  ScopedErrorMark(const ScopedErrorMark&) = delete;
  ScopedErrorMark& operator=(const ScopedErrorMark&) = delete;
};

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

// Reads DER with OpenSSL's d2i function; null unless all bytes belong to the object. Leaves the
// error queue as it was.
template <typename Pointer, auto kD2i>
Pointer ReadDer(absl::string_view der) {
  const ScopedErrorMark mark;
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* const end = at + der.size();
  Pointer object(kD2i(nullptr, &at, static_cast<long>(der.size())));  // NOLINT(runtime/int)
  return at == end ? std::move(object) : nullptr;
}

inline X509Ptr ReadX509(absl::string_view der) { return ReadDer<X509Ptr, d2i_X509>(der); }
inline CrlPtr ReadCrl(absl::string_view der) { return ReadDer<CrlPtr, d2i_X509_CRL>(der); }
inline Pkcs7Ptr ReadPkcs7(absl::string_view der) { return ReadDer<Pkcs7Ptr, d2i_PKCS7>(der); }

// DER by OpenSSL's i2d function; empty if it fails.
template <auto kI2d, typename T>
std::string WriteDer(T* object) {
  const int length = kI2d(object, nullptr);
  std::string der(length > 0 ? static_cast<size_t>(length) : 0, '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  if (length > 0) kI2d(object, &out);
  return der;
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
