// From a call to its submission, on the CPU pool.
#ifndef SERVICES_PRESCRIPTION_SERVICE_SUBMITTER_H_
#define SERVICES_PRESCRIPTION_SERVICE_SUBMITTER_H_

#include <asio.hpp>
#include <string>
#include <type_traits>
#include <utility>

#include "services/platform/rpc/call.h"
#include "services/prescription/submission.h"

namespace tsunagu::prescription {

// The caller as a submitter; of its licences those that sign documents.
Submitter SubmitterOf(const rpc::Call& call, const std::string& command_id);

// Runs `work` on the pool and comes back to the awaiting coroutine's loop. What `work` refers to
// must live until then.
template <typename Work>
asio::awaitable<std::invoke_result_t<Work>> OnCpu(asio::thread_pool& pool, Work work) {
  using Result = std::invoke_result_t<Work>;
  co_return co_await asio::co_spawn(
      pool, [&work]() -> asio::awaitable<Result> { co_return work(); }, asio::use_awaitable);
}

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_SUBMITTER_H_
