// gRPC metadata keys of access control.
#ifndef SERVICES_PLATFORM_ACCESS_METADATA_H_
#define SERVICES_PLATFORM_ACCESS_METADATA_H_

#include <cstddef>

namespace tsunagu::access {

// SignedToken of a Principal, from the gateway to a service. A client's own is dropped.
inline constexpr char kPrincipalKey[] = "tsunagu-principal-bin";
// SignedToken of a CareContext, from the client, passed on to the service.
inline constexpr char kCareContextKey[] = "tsunagu-care-context-bin";
// A longer one is no care context: gRPC takes 8 KiB of metadata in all, in base64.
inline constexpr size_t kMaxCareContextBytes = 6 * 1024;
// From the client: the account that an organisation acts for.
inline constexpr char kLocalUserKey[] = "tsunagu-local-user";
// From the client: which of several enrolled facilities the caller works for now (10 digits).
inline constexpr char kFacilityKey[] = "tsunagu-facility";

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_METADATA_H_
