// What gRPC hands from thread to thread: a call, from each batch that is started on it or ended to
// each that the queue gives back, and to the end of a call on a server. It orders them without
// locks and is not instrumented.
#include <grpc/grpc.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>
#include <sanitizer/tsan_interface.h>

#include <functional>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "tools/build/tsan/hidden.h"
#include "tools/build/tsan/next.h"

namespace {

using tsunagu::tsan::Hidden;
using tsunagu::tsan::Next;

// Calls by what belongs to them.
class Calls {
 public:
  void Put(const void* owned, grpc_call* call) {
    const Hidden hidden;  // the lock must not look like an order among calls
    const std::lock_guard lock(mutex_);
    calls_[owned] = call;
  }

  // Forgets it. Null: belongs to no call.
  grpc_call* Take(const void* owned) {
    const Hidden hidden;
    const std::lock_guard lock(mutex_);
    const auto found = calls_.extract(owned);
    return found.empty() ? nullptr : found.mapped();
  }

 private:
  std::mutex mutex_;
  std::unordered_map<const void*, grpc_call*> calls_;
};

// These outlive main, as threads of gRPC do.
Calls& ByTag() {
  static auto* const calls = new Calls;
  return *calls;
}

Calls& ByServerSide() {
  static auto* const calls = new Calls;
  return *calls;
}

}  // namespace

extern "C" {

grpc_call_error grpc_call_start_batch(grpc_call* call, const grpc_op* ops, size_t count, void* tag,
                                      void* reserved) {
  static const auto next = Next<decltype(grpc_call_start_batch)>("grpc_call_start_batch");
  ByTag().Put(tag, call);
  __tsan_release(call);
  return next(call, ops, count, tag, reserved);
}

grpc_event grpc_completion_queue_next(grpc_completion_queue* queue, gpr_timespec deadline,
                                      void* reserved) {
  static const auto next = Next<decltype(grpc_completion_queue_next)>("grpc_completion_queue_next");
  const grpc_event event = next(queue, deadline, reserved);
  if (event.type == GRPC_OP_COMPLETE) {
    if (grpc_call* const call = ByTag().Take(event.tag)) __tsan_acquire(call);
  }
  return event;
}

// Each batch holds the call until it has ended.
void grpc_call_unref(grpc_call* call) {
  static const auto next = Next<decltype(grpc_call_unref)>("grpc_call_unref");
  __tsan_release(call);
  next(call);
}

}  // extern "C"

namespace grpc {

void ServerContextBase::BeginCompletionOp(internal::Call* call, std::function<void(bool)> callback,
                                          internal::ServerCallbackCall* side) {
  static const auto next = Next<void(ServerContextBase*, internal::Call*, std::function<void(bool)>,
                                     internal::ServerCallbackCall*)>(
      "_ZN4grpc17ServerContextBase17BeginCompletionOpEPNS_8internal4CallESt8functionIFvbEEPNS1_"
      "18ServerCallbackCallE");
  if (side != nullptr) {
    const Hidden hidden;  // the core has made the call
    ByServerSide().Put(side, call->call());
  }
  next(this, call, std::move(callback), side);
}

// Whichever of a call's batches ends last does this.
void internal::ServerCallbackCall::ScheduleOnDone(bool inline_ondone) {
  static const auto next = Next<void(ServerCallbackCall*, bool)>(
      "_ZN4grpc8internal18ServerCallbackCall14ScheduleOnDoneEb");
  if (grpc_call* const call = ByServerSide().Take(this)) __tsan_acquire(call);
  next(this, inline_ondone);
}

}  // namespace grpc
