#include "services/platform/hpki/authorities.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <ctime>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/path.h"

namespace tsunagu::hpki {
namespace {

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }  // not what is in it
};

bool OnlySigns(const Certificate& ca) {
  const std::vector<std::string>& policies = ca.policies();
  return policies.size() == 1 && policies.front() == kSigningPolicy;
}

absl::Status Fault(const Certificate& ca, absl::string_view what) {
  return absl::UnavailableError(absl::StrCat(ca.subject().common_name, ": ", what));
}

// The path of the CA's own certificate, with a list for every certificate of it, the root's too.
absl::Status CheckAbove(const Certificate& ca, X509_STORE* store, STACK_OF(X509) * issuing,
                        const CrlSet& lists, absl::Time now) {
  const StoreContextPtr context(X509_STORE_CTX_new());
  if (X509_STORE_CTX_init(context.get(), store, ca.get(), issuing) != 1) {
    return Fault(ca, "cannot be checked");
  }
  X509_STORE_CTX_set0_crls(context.get(), lists.get());
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  X509_VERIFY_PARAM_set_time(parameters, absl::ToTimeT(now));
  if (X509_verify_cert(context.get()) == 1) return absl::OkStatus();
  return Fault(ca, X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())));
}

bool IsCurrentListOf(const Certificate& ca, X509_CRL* list, absl::Time now) {
  std::time_t at = absl::ToTimeT(now);
  return X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name(ca.get())) == 0 &&
         X509_cmp_time(X509_CRL_get0_lastUpdate(list), &at) < 0 &&
         X509_cmp_time(X509_CRL_get0_nextUpdate(list), &at) > 0 &&
         X509_CRL_verify(list, ca.public_key()) == 1;
}

absl::Status CheckOwn(const Certificate& ca, const CrlSet& lists, absl::Time now) {
  for (int i = 0; i < sk_X509_CRL_num(lists.get()); ++i) {
    if (IsCurrentListOf(ca, sk_X509_CRL_value(lists.get(), i), now)) return absl::OkStatus();
  }
  return Fault(ca, "no revocation list that is good now");
}

}  // namespace

Authorities CheckAuthorities(const Certificate& root, std::span<const Certificate> issuing,
                             const CrlSet& lists, absl::Time now) {
  const StorePtr store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), root.get());
  const std::unique_ptr<STACK_OF(X509), FreeStack> others(sk_X509_new_null());
  for (const Certificate& ca : issuing) sk_X509_push(others.get(), ca.get());
  Authorities result;
  for (const Certificate& ca : issuing) {
    if (OnlySigns(ca)) continue;
    absl::Status status = CheckAbove(ca, store.get(), others.get(), lists, now);
    status.Update(CheckOwn(ca, lists, now));
    ++(status.ok() ? result.open : result.closed);
    result.fault.Update(std::move(status));
  }
  ERR_clear_error();
  return result;
}

}  // namespace tsunagu::hpki
