// Work that is done again and again beside everything else.
#ifndef SERVICES_PLATFORM_ASYNC_PERIODIC_H_
#define SERVICES_PLATFORM_ASYNC_PERIODIC_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "absl/time/time.h"

namespace tsunagu {

// Calls a task on a thread of its own, the first time after one interval, until it is destroyed.
// That waits for a call under way and for nothing else. What the task uses must outlive it: make it
// the last member.
class Periodic {
 public:
  Periodic(absl::Duration interval, std::function<void()> task)
      : thread_([this, interval, task = std::move(task)](std::stop_token stop) {
          std::unique_lock lock(mutex_);
          for (;;) {
            stopping_.wait_for(lock, stop, absl::ToChronoNanoseconds(interval),
                               [] { return false; });
            if (stop.stop_requested()) return;
            task();
          }
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any stopping_;
  std::jthread thread_;
};

}  // namespace tsunagu

#endif  // SERVICES_PLATFORM_ASYNC_PERIODIC_H_
