#include "services/prescription/record/check_structure.h"

#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/prescription/record/layout.h"

namespace tsunagu::prescription::record {
namespace {

// Header, RPs, tail.
int Section(Scope scope) { return scope == Scope::kHeader ? 0 : scope == Scope::kTail ? 2 : 1; }

// The RP itself, its drugs, what follows them.
int Part(Scope scope) { return scope == Scope::kRp ? 0 : scope == Scope::kDrug ? 1 : 2; }

// Judges the order by comparing each record with the one before it.
class OrderCheck {
 public:
  bool InOrder(const Record& record) {
    const Scope scope = record.layout->scope;
    const int rp = Section(scope) == 1 ? record.GetInt("rp").value_or(0) : 0;
    const bool in_order = last_ == nullptr || Follows(record, rp);
    last_ = &record;
    last_rp_ = rp;
    if (Section(scope) == 1) seen_rps_.insert(rp);
    return in_order;
  }

 private:
  bool Follows(const Record& record, int rp) const {
    const Scope scope = record.layout->scope;
    const Scope last = last_->layout->scope;
    if (Section(scope) != Section(last)) return Section(scope) > Section(last);
    if (Section(scope) != 1) return record.number() >= last_->number();
    if (rp != last_rp_) return !seen_rps_.contains(rp);
    if (Part(scope) != Part(last)) return Part(scope) > Part(last);
    if (scope == Scope::kDrug && record.number() == 201) return true;
    const bool same_drug = scope != Scope::kDrug || record.Get("seq") == last_->Get("seq");
    return same_drug && record.number() >= last_->number();
  }

  const Record* last_ = nullptr;
  int last_rp_ = 0;
  std::set<int> seen_rps_;
};

// The whole record breaks the rule.
void AddWhole(Rule rule, const Record& record, Report& report) {
  report.Add(rule, record.line, absl::StrCat(record.number()));
}

void CheckOrder(const RecordFile& file, Report& report) {
  OrderCheck check;
  for (const Record& record : file.records) {
    if (!check.InOrder(record)) AddWhole(Rule::kOrder, record, report);
  }
}

// What may stand only once in `records` does so.
void CheckOnce(const std::vector<const Record*>& records, Report& report) {
  std::set<int> seen;
  for (const Record* record : records) {
    if (record->layout->presence == Presence::kRepeated) continue;
    if (seen.insert(record->number()).second) continue;
    // These have rules of their own.
    const int number = record->number();
    if (number == 101 || number == 111 || number == 201) continue;
    AddWhole(Rule::kRepeatedRecord, *record, report);
  }
}

void CheckHeaderComplete(const RecordFile& file, const Structure& structure, Report& report) {
  for (const RecordLayout& layout : Layouts()) {
    if ((layout.formats & static_cast<unsigned>(file.format)) == 0) continue;
    if (layout.scope != Scope::kHeader || layout.presence != Presence::kRequired) continue;
    if (FindRecord(structure.file, layout.number) == nullptr) {
      report.Add(Rule::kMissingRecord, 0, absl::StrCat(layout.number));
    }
  }
  // A file without any RP lacks its form record.
  if (structure.rps.empty()) report.Add(Rule::kMissingRecord, 0, "101");
}

// A group has at least one record.
const Record& FirstRecord(const RpGroup& rp) {
  return rp.records.empty() ? *rp.drugs[0].records[0] : *rp.records[0];
}

void CheckExactlyOne(const RpGroup& rp, int number, Rule rule, Report& report) {
  int count = 0;
  int line = FirstRecord(rp).line;
  for (const Record* record : rp.records) {
    if (record->number() != number) continue;
    ++count;
    line = record->line;
  }
  if (count != 1) report.Add(rule, line, absl::StrCat(number));
}

void CheckDrugs(const RpGroup& rp, Report& report) {
  for (const DrugGroup& drug : rp.drugs) {
    int count = 0;
    for (const Record* record : drug.records) {
      if (record->number() != 201) continue;
      if (++count > 1) report.Add(Rule::kDrugSeq, record->line, "201.seq");
    }
    CheckOnce(drug.records, report);
    if (count == 0) AddWhole(Rule::kOrphan, *drug.records[0], report);
  }
  if (rp.drugs.empty()) AddWhole(Rule::kNoDrug, FirstRecord(rp), report);
}

// The sequence numbers of repeated records are unique in their RP or drug, or in the file.
void CheckSequences(const RecordFile& file, Report& report) {
  std::set<std::tuple<int, std::string, std::string, std::string>> seen;
  for (const Record& record : file.records) {
    if (record.layout->presence != Presence::kRepeated || record.spoiled) continue;
    const bool of_drug = record.layout->scope == Scope::kDrug;
    const absl::string_view field = of_drug ? "supplement_seq" : "seq";
    if (record.Get(field).empty()) continue;
    const absl::string_view drug = of_drug ? record.Get("seq") : "";
    const auto key = std::make_tuple(record.number(), std::string(record.Get("rp")),
                                     std::string(drug), std::string(record.Get(field)));
    if (seen.insert(key).second) continue;
    report.Add(Rule::kSupplementSeq, record.line, absl::StrCat(record.number(), ".", field));
  }
}

}  // namespace

void CheckStructure(const RecordFile& file, const Structure& structure, Report& report) {
  CheckHeaderComplete(file, structure, report);
  CheckOrder(file, report);
  CheckOnce(structure.file, report);
  CheckSequences(file, report);
  int expected = 1;
  for (const RpGroup& rp : structure.rps) {
    if (rp.number != expected) AddWhole(Rule::kRpNumbers, FirstRecord(rp), report);
    expected = rp.number + 1;
    CheckOnce(rp.records, report);
    CheckExactlyOne(rp, 101, Rule::kFormRecord, report);
    CheckExactlyOne(rp, 111, Rule::kUsageRecord, report);
    CheckDrugs(rp, report);
  }
}

}  // namespace tsunagu::prescription::record
