// What a submitted receipt file comes to: findings, and one fact per receipt. Pure.
#ifndef SERVICES_MEDICATION_SUBMISSION_H_
#define SERVICES_MEDICATION_SUBMISSION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/drug_master/master.h"
#include "services/platform/national/finding.h"
#include "services/platform/national/insured.h"

namespace tsunagu::medication {

// One receipt as a fact of the journal.
struct ReceiptFact {
  std::string subject;    // of the person; of a held receipt the pseudonym of its key
  std::string aggregate;  // "month/<subject>/<yyyymm>" or "held/<receipt key>"
  std::string month;      // treatment month, YYYYMM; empty when held
  std::string event;      // serialized medication.v1.Event
};

struct Submission {
  national::Findings findings;  // by line, those of the whole file last. With errors nothing of the
                                // file may be taken
  std::vector<ReceiptFact> linked;
  std::vector<ReceiptFact> held;

  int receipts() const { return static_cast<int>(linked.size() + held.size()); }
};

// Reads, checks and turns into facts the bytes of one file. `drugs` names the drugs as on their
// service date; null: drugs are neither named nor looked up. Thread safe; a file of 3 MiB takes
// some tens of milliseconds.
Submission ReadSubmission(absl::string_view file, const national::SubjectKey& subjects,
                          const drug_master::DrugMaster* drugs);

}  // namespace tsunagu::medication

#endif  // SERVICES_MEDICATION_SUBMISSION_H_
