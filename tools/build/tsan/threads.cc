// The threads of C11 (threads.h) by those of POSIX, for --config=tsan: ThreadSanitizer of Clang 16
// knows only the latter. librdkafka, which is built on C11's, then has threads and locks that the
// sanitizer sees. Linked before libc, these definitions are the ones that a shared library finds.
#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <cstdint>
#include <memory>

#include "tools/build/tsan/hidden.h"

// glibc's own are these, too.
static_assert(sizeof(thrd_t) == sizeof(pthread_t));
static_assert(sizeof(mtx_t) >= sizeof(pthread_mutex_t));
static_assert(sizeof(cnd_t) >= sizeof(pthread_cond_t));

namespace {

using tsunagu::tsan::Hidden;

struct Start {
  thrd_start_t function;
  void* argument;
};

void* Run(void* start) {
  const Start owned = *std::unique_ptr<Start>(static_cast<Start*>(start));
  return reinterpret_cast<void*>(static_cast<intptr_t>(owned.function(owned.argument)));
}

int ResultOf(int error) {
  switch (error) {
    case 0:
      return thrd_success;
    case EBUSY:
      return thrd_busy;
    case ENOMEM:
      return thrd_nomem;
    case ETIMEDOUT:
      return thrd_timedout;
    default:
      return thrd_error;
  }
}

pthread_mutex_t* Of(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }
pthread_cond_t* Of(cnd_t* condition) { return reinterpret_cast<pthread_cond_t*>(condition); }

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
  auto start = std::make_unique<Start>(Start{function, argument});
  const int error = pthread_create(thread, nullptr, Run, start.get());
  if (error != 0) return ResultOf(error);
  start.release();
  return thrd_success;
}

int thrd_join(thrd_t thread, int* result) {
  void* value = nullptr;
  const int error = pthread_join(thread, &value);
  if (result != nullptr) *result = static_cast<int>(reinterpret_cast<intptr_t>(value));
  return ResultOf(error);
}

int thrd_detach(thrd_t thread) { return ResultOf(pthread_detach(thread)); }

// Hidden where a lock begins and ends: librdkafka makes it known to other threads, and knows when
// it is let go, by atomics.
int mtx_init(mtx_t* mutex, int type) {
  const Hidden hidden;
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(
      &attributes, (type & mtx_recursive) != 0 ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL);
  const int error = pthread_mutex_init(Of(mutex), &attributes);
  pthread_mutexattr_destroy(&attributes);
  return ResultOf(error);
}

void mtx_destroy(mtx_t* mutex) {
  const Hidden hidden;
  pthread_mutex_destroy(Of(mutex));
}

int mtx_lock(mtx_t* mutex) { return ResultOf(pthread_mutex_lock(Of(mutex))); }
int mtx_trylock(mtx_t* mutex) { return ResultOf(pthread_mutex_trylock(Of(mutex))); }
int mtx_unlock(mtx_t* mutex) { return ResultOf(pthread_mutex_unlock(Of(mutex))); }

int mtx_timedlock(mtx_t* mutex, const timespec* until) {
  return ResultOf(pthread_mutex_timedlock(Of(mutex), until));
}

int cnd_init(cnd_t* condition) {
  const Hidden hidden;
  return ResultOf(pthread_cond_init(Of(condition), nullptr));
}

void cnd_destroy(cnd_t* condition) {
  const Hidden hidden;
  pthread_cond_destroy(Of(condition));
}

int cnd_signal(cnd_t* condition) { return ResultOf(pthread_cond_signal(Of(condition))); }
int cnd_broadcast(cnd_t* condition) { return ResultOf(pthread_cond_broadcast(Of(condition))); }

int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  return ResultOf(pthread_cond_wait(Of(condition), Of(mutex)));
}

int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
  return ResultOf(pthread_cond_timedwait(Of(condition), Of(mutex), until));
}

}  // extern "C"
