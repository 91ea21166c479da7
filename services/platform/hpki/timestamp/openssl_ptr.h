// Owning pointers for the OpenSSL types that signatures and time-stamps use.
#ifndef SERVICES_PLATFORM_HPKI_TIMESTAMP_OPENSSL_PTR_H_
#define SERVICES_PLATFORM_HPKI_TIMESTAMP_OPENSSL_PTR_H_

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::timestamp {

template <auto Free>
struct OpensslDeleter {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

using X509Ptr = std::unique_ptr<X509, OpensslDeleter<X509_free>>;
using X509CrlPtr = std::unique_ptr<X509_CRL, OpensslDeleter<X509_CRL_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, OpensslDeleter<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, OpensslDeleter<BIO_free_all>>;
using Pkcs7Ptr = std::unique_ptr<PKCS7, OpensslDeleter<PKCS7_free>>;
using TstInfoPtr = std::unique_ptr<TS_TST_INFO, OpensslDeleter<TS_TST_INFO_free>>;

// Drops the errors that OpenSSL queues for this thread while it lives, so that none of them turns
// up in somebody else's call.
class ScopedErrorMark {
 public:
  ScopedErrorMark() { ERR_set_mark(); }
  ~ScopedErrorMark() { ERR_pop_to_mark(); }
  ScopedErrorMark(const ScopedErrorMark&) = delete;
  ScopedErrorMark& operator=(const ScopedErrorMark&) = delete;
};

// Reads DER with OpenSSL's d2i function; null unless all bytes belong to the object.
template <typename Pointer, auto D2i>
Pointer FromDer(absl::string_view der) {
  const ScopedErrorMark mark;
  const unsigned char* at = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* end = at + der.size();
  Pointer object(D2i(nullptr, &at, static_cast<long>(der.size())));
  return at == end ? std::move(object) : nullptr;
}

inline X509Ptr CertificateFromDer(absl::string_view der) { return FromDer<X509Ptr, d2i_X509>(der); }
inline X509CrlPtr CrlFromDer(absl::string_view der) {
  return FromDer<X509CrlPtr, d2i_X509_CRL>(der);
}
inline Pkcs7Ptr Pkcs7FromDer(absl::string_view der) { return FromDer<Pkcs7Ptr, d2i_PKCS7>(der); }

// DER by OpenSSL's i2d function.
template <auto I2d, typename T>
std::string ToDer(T* object) {
  const int length = I2d(object, nullptr);
  std::string der(length > 0 ? static_cast<size_t>(length) : 0, '\0');
  unsigned char* out = reinterpret_cast<unsigned char*>(der.data());
  if (length > 0) I2d(object, &out);
  return der;
}

}  // namespace tsunagu::timestamp

#endif  // SERVICES_PLATFORM_HPKI_TIMESTAMP_OPENSSL_PTR_H_
