// A dispensing result as its pharmacist wrote it (CJ1), typed.
#ifndef SERVICES_PRESCRIPTION_RECORD_DISPENSING_H_
#define SERVICES_PRESCRIPTION_RECORD_DISPENSING_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/prescription/record/parts.h"
#include "services/prescription/record/records.h"

namespace tsunagu::prescription::record {

// Record 15.
struct Pharmacist {
  std::string name;
  std::string contact;
  bool operator==(const Pharmacist&) const = default;
};

// Record 411.
struct Message {
  int kind = 0;  // 30 side effect in hospital, 31 needed after discharge, 99 other
  std::string text;
  bool operator==(const Message&) const = default;
};

// Record 511: what the issuer answered to a question of the pharmacist (疑義照会).
struct Inquiry {
  int seq = 0;
  int kind = 0;  // 999 is the only code
  std::string text;
  bool operator==(const Inquiry&) const = default;
};

// Record 521.
struct RefillUse {
  int count = 0;  // uses so far, this one included
  int end = 0;    // 1 finished, 2 goes on
  std::optional<absl::CivilDay> next_day;

  bool Finished() const { return end == 1; }
  bool operator==(const RefillUse&) const = default;
};

struct Dispensing {
  Facility pharmacy;
  std::string prescription_id;  // empty for a paper prescription that the service never saw
  Pharmacist pharmacist;
  Patient patient;
  Insurance insurance;
  absl::CivilDay dispensed_day;
  std::optional<Split> split;
  std::vector<Rp> rps;  // as dispensed
  std::vector<std::string> cautions;
  std::vector<Message> messages;
  std::vector<std::string> remarks;
  std::vector<Inquiry> inquiries;
  std::optional<RefillUse> refill;

  bool operator==(const Dispensing&) const = default;
};

// The typed form of a file of format CJ1 without errors (see check.h). Records that a check would
// refuse are read as far as they make sense; nothing crashes.
Dispensing MakeDispensing(const RecordFile& file);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_DISPENSING_H_
