// Abseil's locks, for --config=tsan: Debian's library is not instrumented, so ThreadSanitizer does
// not see what they order, neither in our code nor in gRPC, which stands on them. Each definition
// here is found before the library's, calls that and tells the sanitizer.
#include <sanitizer/tsan_interface.h>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "tools/build/tsan/next.h"

namespace {

using tsunagu::tsan::Next;

void Acquire(const void* lock) { __tsan_acquire(const_cast<void*>(lock)); }
void Release(void* lock) { __tsan_release(lock); }

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  static const auto next = Next<void(Mutex*)>("_ZN4absl7debian35Mutex4LockEv");
  next(this);
  Acquire(this);
}

bool Mutex::TryLock() {
  static const auto next = Next<bool(Mutex*)>("_ZN4absl7debian35Mutex7TryLockEv");
  if (!next(this)) return false;
  Acquire(this);
  return true;
}

void Mutex::Unlock() {
  static const auto next = Next<void(Mutex*)>("_ZN4absl7debian35Mutex6UnlockEv");
  Release(this);
  next(this);
}

void CondVar::Wait(Mutex* mutex) {
  static const auto next =
      Next<void(CondVar*, Mutex*)>("_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE");
  Release(mutex);
  next(this, mutex);
  Acquire(mutex);
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  static const auto next = Next<bool(CondVar*, Mutex*, Duration)>(
      "_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE");
  Release(mutex);
  const bool timed_out = next(this, mutex, timeout);
  Acquire(mutex);
  return timed_out;
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  static const auto next = Next<bool(CondVar*, Mutex*, Time)>(
      "_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE");
  Release(mutex);
  const bool timed_out = next(this, mutex, deadline);
  Acquire(mutex);
  return timed_out;
}

void Notification::Notify() {
  static const auto next = Next<void(Notification*)>("_ZN4absl7debian312Notification6NotifyEv");
  Release(&notified_yet_);
  next(this);
}

void Notification::WaitForNotification() const {
  static const auto next =
      Next<void(const Notification*)>("_ZNK4absl7debian312Notification19WaitForNotificationEv");
  next(this);
  Acquire(&notified_yet_);
}

bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  static const auto next = Next<bool(const Notification*, Duration)>(
      "_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE");
  const bool notified = next(this, timeout);
  if (notified) Acquire(&notified_yet_);
  return notified;
}

bool BlockingCounter::DecrementCount() {
  static const auto next =
      Next<bool(BlockingCounter*)>("_ZN4absl7debian315BlockingCounter14DecrementCountEv");
  Release(this);
  return next(this);
}

void BlockingCounter::Wait() {
  static const auto next = Next<void(BlockingCounter*)>("_ZN4absl7debian315BlockingCounter4WaitEv");
  next(this);
  Acquire(this);
}

ABSL_NAMESPACE_END
}  // namespace absl
