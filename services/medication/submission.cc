#include "services/medication/submission.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/medication/fold.h"
#include "services/medication/uke/check.h"
#include "services/medication/uke/dispensing.h"
#include "services/medication/uke/reader.h"
#include "services/platform/drug_master/lookup.h"
#include "services/platform/journal/folder.h"
#include "services/platform/national/jst.h"
#include "tsunagu/medication/v1/events.pb.h"

namespace tsunagu::medication {
namespace {

using drug_master::DrugMaster;
using tsunagu::common::v1::Drug;
using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::Event;

constexpr char kLineEnd[] = "\r\n";

// 剤形 of common.v1.Drug.
int FormOf(const uke::DrugLine& line) {
  constexpr int kOral = 1, kAsNeeded = 2, kExternal = 3, kDrops = 4, kInjection = 5, kMaterial = 6,
                kUnknown = 9;
  const bool pharmacy = !line.in_house;
  switch (line.form) {
    case uke::Form::kOral:
      return pharmacy && line.form_code == "2" ? kDrops : kOral;
    case uke::Form::kAsNeeded:
      return kAsNeeded;
    case uke::Form::kExternal:
      return kExternal;
    case uke::Form::kInjection:
      return kInjection;
    case uke::Form::kOther:
      break;
  }
  return pharmacy && line.form_code == "9" ? kMaterial : kUnknown;
}

Drug DrugOf(const uke::DrugLine& line, const std::optional<drug_master::Drug>& named) {
  Drug drug;
  drug.set_code_kind(drug_master::kReceiptCode);
  drug.set_code(line.drug_code);
  if (named.has_value()) {
    drug.set_name(std::string(named->name));
    drug.set_unit(std::string(named->unit));
  }
  const bool in_total = line.basis == uke::AmountBasis::kTotal;
  drug.set_amount(in_total ? line.total : line.amount);
  drug.set_quantity(in_total ? 1 : line.times);
  drug.set_form(FormOf(line));
  drug.set_usage(line.usage_text.empty() ? line.usage_code : line.usage_text);
  drug.set_usage_code(line.usage_code);
  return drug;
}

// Why a receipt is held; rule MH-061.
const char* ReasonOf(uke::Certainty certainty) {
  switch (certainty) {
    case uke::Certainty::kNoBranch:
      return "NO_BRANCH";
    case uke::Certainty::kSevens:
      return "UNKNOWN_INSURANCE";
    case uke::Certainty::kMoved:
      return "MOVED";
    case uke::Certainty::kNoInsurer:
      return "NO_INSURER";
    case uke::Certainty::kCertain:
    case uke::Certainty::kUnreadable:
      break;
  }
  return "UNREADABLE";
}

// The receipt as a file of its own.
std::string FileOf(const uke::Receipt& receipt) {
  std::string file = absl::StrCat(receipt.header.record.text, kLineEnd);
  for (const uke::Record& line : receipt.lines) absl::StrAppend(&file, line.text, kLineEnd);
  return file;
}

void SortByLine(national::Findings* findings) {
  std::stable_sort(findings->begin(), findings->end(), [](const auto& a, const auto& b) {
    if ((a.record == 0) != (b.record == 0)) return b.record == 0;
    return a.record < b.record;
  });
}

// Turns the receipts of one file into facts.
class Intake {
 public:
  Intake(const national::SubjectKey& subjects, const DrugMaster* drugs, Submission* result)
      : subjects_(subjects), drugs_(drugs), result_(result) {}

  void Take(const uke::Receipt& receipt) {
    const uke::Dispensing dispensing = uke::ReadDispensing(receipt);
    const std::string key = dispensing.key.ToString();
    const int line = receipt.re.line;
    if (!seen_.insert(key).second) {
      Report("MH-103", national::Severity::kError, line, "RE[2]",
             "同じファイルに同じレセプト番号のレセプトがあります",
             "the file has another receipt of this number");
    }
    for (const int unread : dispensing.unread_lines) {
      Report("MH-055", national::Severity::kWarning, unread, "",
             "医薬品コードまたは日付が読めないため履歴に載りません",
             "the drug's code or day cannot be read; it is not in the history");
    }
    if (dispensing.identity.certainty == uke::Certainty::kCertain) {
      Link(key, dispensing);
    } else {
      Hold(key, dispensing.identity.certainty, receipt);
    }
  }

 private:
  void Link(const std::string& key, const uke::Dispensing& dispensing) {
    Event event;
    auto& linked = *event.mutable_receipt();
    linked.set_receipt_key(key);
    linked.set_month(dispensing.key.treatment_month);
    AddDispensings(dispensing, linked);
    ReceiptFact& fact = result_->linked.emplace_back();
    fact.subject = subjects_.MakeSubject(dispensing.identity.insured);
    fact.month = linked.month();
    fact.aggregate = MonthName(fact.subject, fact.month);
    fact.event = journal::Serialize(event);
  }

  void Hold(const std::string& key, uke::Certainty certainty, const uke::Receipt& receipt) {
    Event event;
    event.mutable_held()->set_receipt_key(key);
    event.mutable_held()->set_reason(ReasonOf(certainty));
    event.mutable_held()->set_receipt(FileOf(receipt));
    result_->held.push_back(
        {subjects_.Pseudonym("receipt", key), HeldName(key), "", journal::Serialize(event)});
  }

  // One dispensing per day of dispensing and prescription: facility and prescriber are the
  // receipt's.
  void AddDispensings(const uke::Dispensing& receipt, Event::ReceiptLinked& linked) {
    std::map<std::pair<std::string, std::string>, Dispensing> by_day;
    for (const uke::DrugLine& line : receipt.drugs) {
      const std::string dispensed_on = national::FormatDay(line.dispensed_on);
      const std::string prescribed_on =
          line.prescribed_on.has_value() ? national::FormatDay(*line.prescribed_on) : "";
      Dispensing& dispensing = by_day[{dispensed_on, prescribed_on}];
      dispensing.set_source(v1::SOURCE_RECEIPT);
      dispensing.set_dispensed_on(dispensed_on);
      dispensing.set_prescribed_on(prescribed_on);
      dispensing.set_facility(line.facility);
      dispensing.set_prescriber(line.prescriber);
      dispensing.set_in_house(line.in_house);
      dispensing.set_inpatient(receipt.inpatient);
      *dispensing.add_drugs() = DrugOf(line, Named(line));
    }
    for (auto& [days, dispensing] : by_day) *linked.add_dispensings() = std::move(dispensing);
  }

  std::optional<drug_master::Drug> Named(const uke::DrugLine& line) {
    if (drugs_ == nullptr) return std::nullopt;
    auto named = drugs_->Find(line.drug_code, line.dispensed_on);
    if (!named.has_value()) {
      Report("MH-102", national::Severity::kWarning, line.line, "",
             "医薬品コードが医薬品マスターにありません",
             "the drug's code is not in the drug master");
    }
    return named;
  }

  void Report(const char* rule, national::Severity severity, int line, const char* field,
              const char* text_ja, const char* text_en) {
    const bool error = severity == national::Severity::kError;
    if (result_->findings.size() >= uke::kMaxFindings && !error) return;
    result_->findings.push_back({rule, severity, line, field, text_ja, text_en});
  }

  const national::SubjectKey& subjects_;
  const DrugMaster* const drugs_;
  Submission* const result_;
  std::set<std::string> seen_;  // receipt keys
};

}  // namespace

Submission ReadSubmission(absl::string_view file, const national::SubjectKey& subjects,
                          const DrugMaster* drugs) {
  Submission submission;
  Intake intake(subjects, drugs, &submission);
  uke::Reader reader(file);
  uke::FileCheck check;
  uke::Receipt receipt;
  while (reader.Next(&receipt)) {
    check.Add(receipt);
    intake.Take(receipt);
  }
  check.Finish(reader);
  national::Findings& all = submission.findings;
  all.insert(all.end(), reader.findings().begin(), reader.findings().end());
  all.insert(all.end(), check.findings().begin(), check.findings().end());
  SortByLine(&all);
  return submission;
}

}  // namespace tsunagu::medication
