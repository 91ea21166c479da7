#include "services/platform/rpc/config.h"

#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/national/jst.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::rpc {
namespace {

using tsunagu::service::v1::Service;

using tsunagu::service::v1::PrescriptionLimits;

void SetDefaults(PrescriptionLimits& limits) {
  if (limits.wrong_codes_by_pharmacy_and_person() == 0) {
    limits.set_wrong_codes_by_pharmacy_and_person(5);
  }
  if (limits.wrong_codes_person_window_s() == 0) limits.set_wrong_codes_person_window_s(600);
  if (limits.wrong_codes_by_pharmacy() == 0) limits.set_wrong_codes_by_pharmacy(30);
  if (limits.wrong_codes_pharmacy_window_s() == 0) limits.set_wrong_codes_pharmacy_window_s(3600);
  if (limits.wrong_codes_by_person() == 0) limits.set_wrong_codes_by_person(50);
  if (limits.status_reads_at_once() == 0) limits.set_status_reads_at_once(60);
  if (limits.status_read_interval_ms() == 0) limits.set_status_read_interval_ms(5000);
  if (limits.masked_checks_by_facility_and_person() == 0) {
    limits.set_masked_checks_by_facility_and_person(30);
  }
  if (limits.masked_checks_window_s() == 0) limits.set_masked_checks_window_s(3600);
  if (limits.watches_by_facility() == 0) limits.set_watches_by_facility(20);
  if (limits.watch_heartbeat_ms() == 0) limits.set_watch_heartbeat_ms(15'000);
  if (limits.watch_s() == 0) limits.set_watch_s(600);
  if (limits.clock_interval_ms() == 0) limits.set_clock_interval_ms(60'000);
}

void SetDefaults(Service& config) {
  if (config.partitions() == 0) config.set_partitions(16);
  if (config.gateway_name().empty()) config.set_gateway_name("gateway-client");
  if (config.default_deadline_ms() == 0) config.set_default_deadline_ms(10'000);
  if (config.max_message_bytes() == 0) config.set_max_message_bytes(4 << 20);
  if (config.max_commands_in_flight() == 0) config.set_max_commands_in_flight(2000);
  if (config.session_timeout_ms() == 0) config.set_session_timeout_ms(3000);
  if (config.cpu_threads() == 0) config.set_cpu_threads(2);
  SetDefaults(*config.mutable_prescription_limits());
}

void CheckRetention(const Service& config, std::vector<std::string>& wrong) {
  std::set<std::string> days;
  for (const auto& rule : config.retention()) {
    const std::string& day = rule.completed_from();
    const auto parsed = national::ParseDay(day);
    const bool good = parsed.has_value() && national::FormatDay(*parsed) == day;
    if (!good || !days.insert(day).second) {
      wrong.push_back("retention.completed_from must be a day, YYYYMMDD, each once");
    }
    if (rule.years() < 3 || rule.years() > 100) {
      wrong.push_back("retention.years must lie between 3 and 100");
    }
  }
}

}  // namespace

absl::StatusOr<Service> CheckConfig(Service config) {
  SetDefaults(config);
  std::vector<std::string> wrong;
  const auto need = [&wrong](bool good, const char* what) {
    if (!good) wrong.push_back(what);
  };
  need(!config.name().empty(), "name is missing");
  need(!config.listen().empty(), "listen is missing");
  need(!config.tls().ca_file().empty(), "tls.ca_file is missing");
  need(!config.tls().certificate_file().empty(), "tls.certificate_file is missing");
  need(!config.tls().key_file().empty(), "tls.key_file is missing");
  need(!config.kafka().empty(), "kafka is missing");
  need(!config.redis().empty(), "redis is missing");
  need(!config.subject_key_file().empty(), "subject_key_file is missing");
  need(config.principal_keys_size() > 0, "principal_keys are missing");
  const auto within = [&wrong](int number, int least, int most, const char* field) {
    if (number >= least && number <= most) return;
    wrong.push_back(absl::StrCat(field, " must lie between ", least, " and ", most));
  };
  within(config.partitions(), 1, 4096, "partitions");
  within(config.default_deadline_ms(), 1, 600'000, "default_deadline_ms");
  within(config.max_message_bytes(), 1, 64 << 20, "max_message_bytes");
  within(config.max_commands_in_flight(), 1, 100'000, "max_commands_in_flight");
  within(config.session_timeout_ms(), 1000, 60'000, "session_timeout_ms");
  within(config.cpu_threads(), 1, 256, "cpu_threads");
  const PrescriptionLimits& limits = config.prescription_limits();
  within(limits.wrong_codes_by_pharmacy_and_person(), 1, 100, "wrong_codes_by_pharmacy_and_person");
  within(limits.wrong_codes_person_window_s(), 10, 86'400, "wrong_codes_person_window_s");
  within(limits.wrong_codes_by_pharmacy(), 1, 10'000, "wrong_codes_by_pharmacy");
  within(limits.wrong_codes_pharmacy_window_s(), 10, 86'400, "wrong_codes_pharmacy_window_s");
  within(limits.wrong_codes_by_person(), 1, 10'000, "wrong_codes_by_person");
  within(limits.status_reads_at_once(), 1, 10'000, "status_reads_at_once");
  within(limits.status_read_interval_ms(), 1, 3'600'000, "status_read_interval_ms");
  within(limits.masked_checks_by_facility_and_person(), 1, 10'000,
         "masked_checks_by_facility_and_person");
  within(limits.masked_checks_window_s(), 10, 86'400, "masked_checks_window_s");
  within(limits.watches_by_facility(), 1, 10'000, "watches_by_facility");
  within(limits.watch_heartbeat_ms(), 100, 60'000, "watch_heartbeat_ms");
  within(limits.watch_s(), 1, 840, "watch_s");
  within(limits.clock_interval_ms(), 10, 3'600'000, "clock_interval_ms");
  CheckRetention(config, wrong);
  if (!wrong.empty()) return absl::InvalidArgumentError(absl::StrJoin(wrong, "; "));
  return config;
}

absl::StatusOr<Service> LoadConfig(const std::string& path) {
  Service config;
  RETURN_IF_ERROR(ReadTextProto(path, &config));
  return CheckConfig(std::move(config));
}

}  // namespace tsunagu::rpc
