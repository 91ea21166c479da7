// Early return of errors, in plain functions (RETURN_IF_ERROR, ASSIGN_OR_RETURN) and in coroutines
// (CO_...).
#ifndef SERVICES_PLATFORM_STATUS_MACROS_H_
#define SERVICES_PLATFORM_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define TSUNAGU_CONCAT_INNER_(a, b) a##b
#define TSUNAGU_CONCAT_(a, b) TSUNAGU_CONCAT_INNER_(a, b)

#define RETURN_IF_ERROR(expression)                                         \
  do {                                                                      \
    if (absl::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

#define CO_RETURN_IF_ERROR(expression)                                         \
  do {                                                                         \
    if (absl::Status status_ = (expression); !status_.ok()) co_return status_; \
  } while (false)

#define TSUNAGU_ASSIGN_(leave, holder, target, expression) \
  auto holder = (expression);                              \
  if (!holder.ok()) leave holder.status();                 \
  target = *std::move(holder)

#define ASSIGN_OR_RETURN(target, expression) \
  TSUNAGU_ASSIGN_(return, TSUNAGU_CONCAT_(result_, __LINE__), target, expression)

#define CO_ASSIGN_OR_RETURN(target, expression) \
  TSUNAGU_ASSIGN_(co_return, TSUNAGU_CONCAT_(result_, __LINE__), target, expression)

#endif  // SERVICES_PLATFORM_STATUS_MACROS_H_
