// A prescription as its issuer wrote it, typed.
#ifndef SERVICES_PRESCRIPTION_RECORD_PRESCRIPTION_H_
#define SERVICES_PRESCRIPTION_RECORD_PRESCRIPTION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/prescription/record/parts.h"
#include "services/prescription/record/records.h"

namespace tsunagu::prescription::record {

// A prescription without a use-by day is good for 4 days, the issue day included (RX-196).
inline constexpr int kValidDaysAfterIssue = 3;

// Record 4; empty name means none.
struct Department {
  int code_kind = 0;  // 1 none, 2 診療科コード
  std::string code;
  std::string name;
  bool operator==(const Department&) const = default;
};

// Record 5: a doctor or dentist.
struct Doctor {
  std::string code;
  std::string kana;
  std::string name;
  bool operator==(const Doctor&) const = default;
};

// Record 60 or 61.
struct Narcotic {
  std::string licence;  // 麻薬施用者免許番号
  std::string address;  // of the patient
  std::string phone;
  bool operator==(const Narcotic&) const = default;
};

// Record 62: what the pharmacy does about leftovers.
enum class Leftover { kUnset = 0, kAskThenDispense = 1, kInform = 2 };

// Record 81.
struct Remark {
  int seq = 0;
  int kind = 0;  // 1 one-dose pack, 2 crush, 3 split
  std::string text;
  bool operator==(const Remark&) const = default;
};

// Record 301.
struct ClinicalNote {
  int seq = 0;
  std::string drug_name;
  std::string text;
  bool operator==(const ClinicalNote&) const = default;
};

// Record 302.
struct LaboratoryValue {
  int seq = 0;
  std::string text;
  bool operator==(const LaboratoryValue&) const = default;
};

struct Prescription {
  Facility issuer;
  Department department;
  Doctor doctor;
  Patient patient;
  Insurance insurance;
  absl::CivilDay issue_day;
  std::optional<absl::CivilDay> explicit_use_by;  // record 52
  std::optional<Narcotic> narcotic;
  Leftover leftover = Leftover::kUnset;
  std::optional<Split> split;
  int refill_total = 0;  // uses in all, 2 or 3; 0 means no refill
  std::vector<Remark> remarks;
  std::string exchange_number;  // 引換番号, record 82
  std::vector<Rp> rps;
  std::vector<ClinicalNote> clinical_notes;        // SJ1 only
  std::vector<LaboratoryValue> laboratory_values;  // SJ1 only

  // The last day on which a pharmacy may take it: record 52, or issue_day + kValidDaysAfterIssue.
  absl::CivilDay UseBy() const;

  bool operator==(const Prescription&) const = default;
};

// The typed form of a file of format JAHIS or SJ1 without errors (see check.h). Records that a
// check would refuse are read as far as they make sense; nothing crashes.
Prescription MakePrescription(const RecordFile& file);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_PRESCRIPTION_H_
