#include "services/platform/rpc/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>

namespace tsunagu::rpc {
namespace {

spdlog::logger& Logger() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = spdlog::stderr_logger_mt("tsunagu");
    made->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v)",
                      spdlog::pattern_time_type::utc);
    return made;
  }();
  return *logger;
}

}  // namespace

void Log(Level level, absl::string_view event,
         std::initializer_list<std::pair<const char*, std::string>> fields) {
  nlohmann::ordered_json line = {{"event", std::string(event)}};
  for (const auto& [name, value] : fields) line[name] = value;
  // Bytes that are no UTF-8 are replaced rather than thrown at us.
  const std::string text =
      line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  const spdlog::level::level_enum mapped = level == Level::kInfo      ? spdlog::level::info
                                           : level == Level::kWarning ? spdlog::level::warn
                                                                      : spdlog::level::err;
  Logger().log(mapped, text.substr(1, text.size() - 2) + "}");
}

}  // namespace tsunagu::rpc
