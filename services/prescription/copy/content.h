// What stands on the patient's copy (控え) of a registered prescription, in words (rules RX-220 to
// RX-224, RX-546, RX-562 to RX-564). The copy tells the patient the number to take to a pharmacy
// and what was prescribed; it is no prescription. What the record does not say is left out.
#ifndef SERVICES_PRESCRIPTION_COPY_CONTENT_H_
#define SERVICES_PRESCRIPTION_COPY_CONTENT_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/prescription/record/prescription.h"

namespace tsunagu::prescription::copy {

// What registering a prescription gave it.
struct Registration {
  std::string prescription_id;
  std::string access_code;  // 引換番号
  bool paper = false;       // the original is paper, what is registered is its data (RX-546)
  absl::Time made_at;       // of the copy (RX-564)
};

struct Line {
  std::string label;
  std::string text;
  bool operator==(const Line&) const = default;
};

struct DrugLine {
  std::string name;
  std::string amount;
  std::vector<std::string> notes;
};

struct RpBlock {
  std::string heading;  // "RP1 内服 14日分"
  std::vector<DrugLine> drugs;
  std::vector<Line> lines;  // usage and its supplements
};

struct Content {
  std::string title;   // what it is a copy of
  std::string notice;  // RX-221: what it is not, and how the drugs are had
  std::string footer;  // on each page: what it is not, number, patient, when it was made
  std::string access_code;
  absl::Time made_at;
  std::vector<Line> lines;  // numbers, patient, insurance, issuer, days
  std::vector<RpBlock> rps;
  std::vector<Line> remarks;
};

Content MakeContent(const record::Prescription& prescription, const Registration& registration);

// "令和6年6月10日（2024年6月10日）"; without an era before Meiji 6, when Japan took this calendar.
std::string BothDays(absl::CivilDay day);

}  // namespace tsunagu::prescription::copy

#endif  // SERVICES_PRESCRIPTION_COPY_CONTENT_H_
