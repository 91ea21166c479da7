// One record of a Kafka partition.
#ifndef SERVICES_PLATFORM_JOURNAL_RECORD_H_
#define SERVICES_PLATFORM_JOURNAL_RECORD_H_

#include <cstdint>
#include <string>

namespace tsunagu::journal {

struct Record {
  int64_t offset = 0;
  std::string key;
  std::string value;
};

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_RECORD_H_
