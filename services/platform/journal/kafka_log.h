// What librdkafka says, in the log of the process: addresses, topics and errors, never a record.
#ifndef SERVICES_PLATFORM_JOURNAL_KAFKA_LOG_H_
#define SERVICES_PLATFORM_JOURNAL_KAFKA_LOG_H_

#include <librdkafka/rdkafka.h>

#include "services/platform/rpc/log.h"

namespace tsunagu::journal {

// For rd_kafka_conf_set_log_cb. `level` is syslog's.
inline void LogKafka(const rd_kafka_t*, int level, const char* facility, const char* text) {
  constexpr int kSyslogError = 3, kSyslogWarning = 4;
  const rpc::Level mapped = level <= kSyslogError     ? rpc::Level::kError
                            : level == kSyslogWarning ? rpc::Level::kWarning
                                                      : rpc::Level::kInfo;
  rpc::Log(mapped, "kafka.said", {{"about", facility}, {"text", text}});
}

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_KAFKA_LOG_H_
