#include "services/ltc/careplan/package.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/check.h"
#include "services/ltc/careplan/layout.h"
#include "services/ltc/careplan/record.h"
#include "services/ltc/careplan/rules.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::ltc::careplan {
namespace {

using national::Findings;
using national::InsuredIdentity;

// The kinds of a set; the first is its head, which names the persons the others speak of.
struct FileSet {
  PackageKind kind;
  std::vector<FileKind> files;
};

const std::vector<FileSet>& FileSets() {
  static const auto* const kSets = new std::vector<FileSet>{
      {PackageKind::kCarePlan,
       {FileKind::kTable1, FileKind::kTable2, FileKind::kTable3, FileKind::kSupplement}},
      {PackageKind::kMonthPlan, {FileKind::kPlan, FileKind::kMoney, FileKind::kSupplement}},
      {PackageKind::kActuals, {FileKind::kActuals}},
      {PackageKind::kDeleteCarePlan, {FileKind::kDeleteTable1}},
      {PackageKind::kDeleteMonthPlan, {FileKind::kDeletePlan}},
      {PackageKind::kDeleteActuals, {FileKind::kDeleteActuals}},
  };
  return *kSets;
}

bool Holds(const FileSet& set, FileKind kind) {
  return std::find(set.files.begin(), set.files.end(), kind) != set.files.end();
}

struct PersonOrder {
  bool operator()(const InsuredIdentity& a, const InsuredIdentity& b) const {
    return std::tie(a.insurer, a.number) < std::tie(b.insurer, b.number);
  }
};

// What ties a record to the head of its set: the person, and in care plans the plan date.
std::string HeadKey(FileKind kind, const national::CsvRow& row, bool with_date) {
  return absl::StrCat(CellOf(kind, row, "insurer_no"), " ", CellOf(kind, row, "insured_no"), " ",
                      with_date ? CellOf(kind, row, "plan_date") : "");
}

class Reader {
 public:
  PackageResult Read(std::span<const InputFile> inputs) {
    if (inputs.empty()) Add(findings_, rules::kFileSet, 0, "");
    if (inputs.size() > kMaxPackageFiles) {
      Add(findings_, rules::kLimit, 0, "");
      return {std::nullopt, std::move(findings_)};
    }
    for (size_t i = 0; i < inputs.size(); ++i)
      ReadFile(inputs[i], absl::StrCat("file[", i + 1, "]"));
    std::sort(files_.begin(), files_.end(),
              [](const PackageFile& a, const PackageFile& b) { return a.name.kind < b.name.kind; });
    const FileSet* set = FindSet();
    if (set != nullptr) CheckSet(*set);
    PackageResult result;
    if (!files_.empty() && set != nullptr && !national::HasErrors(findings_)) {
      result.package = MakePackage(set->kind);
    }
    result.findings = std::move(findings_);
    return result;
  }

 private:
  void ReadFile(const InputFile& input, const std::string& field) {
    const absl::StatusOr<FileName> name = ParseFileName(input.name);
    if (!name.ok()) {
      const bool prevention = IsPreventionPlan(input.name);
      Add(findings_, prevention ? rules::kPrevention : rules::kFileName, 0, field);
      return;
    }
    for (const PackageFile& other : files_) {
      if (other.name.kind == name->kind) Add(findings_, rules::kFileTwice, 0, field);
    }
    if (!files_.empty()) CompareNames(files_.front().name, *name, field);
    CheckedFile file = CheckFile(*name, input.bytes);
    for (national::Finding& finding : file.findings) {
      if (findings_.size() < kMaxFindings) findings_.push_back(std::move(finding));
    }
    files_.push_back({std::move(file.name), std::move(file.rows)});
  }

  void CompareNames(const FileName& first, const FileName& name, const std::string& field) {
    if (name.source != first.source || name.destination != first.destination ||
        name.timestamp != first.timestamp) {
      Add(findings_, rules::kSameTransfer, 0, field);
    }
    if (!name.month.empty() && !first.month.empty() && name.month != first.month) {
      Add(findings_, rules::kOneMonth, 0, field);
    }
  }

  // The set that holds all the files; a supplement alone belongs to the set its month tells.
  const FileSet* FindSet() {
    if (files_.empty()) return nullptr;
    for (const FileSet& set : FileSets()) {
      const bool all = std::all_of(files_.begin(), files_.end(), [&](const PackageFile& file) {
        return Holds(set, file.name.kind) && FitsMonth(set, file.name);
      });
      if (all) return &set;
    }
    Add(findings_, rules::kFileSet, 0, "");
    return nullptr;
  }

  // A supplement without a month travels with tables 1 to 3, one with a month with 6 and 7.
  static bool FitsMonth(const FileSet& set, const FileName& name) {
    if (name.kind != FileKind::kSupplement) return true;
    return (set.kind == PackageKind::kCarePlan) == (name.month == kNoMonth);
  }

  void CheckSet(const FileSet& set) {
    for (const FileKind kind : set.files) {
      if (Find(kind) != nullptr) continue;
      const bool head = kind == set.files.front();
      Add(findings_, head ? rules::kHeadMissing : rules::kFileMissing, 0, LayoutOf(kind).name);
    }
    const PackageFile* head = Find(set.files.front());
    if (head == nullptr) return;
    const bool dated = set.kind == PackageKind::kCarePlan;
    std::set<std::string> keys;
    for (const national::CsvRow& row : head->rows)
      keys.insert(HeadKey(head->name.kind, row, dated));
    for (const PackageFile& file : files_) {
      for (const national::CsvRow& row : file.rows) {
        if (keys.contains(HeadKey(file.name.kind, row, dated))) continue;
        Add(findings_, rules::kPersonNotInHead, row.line,
            absl::StrCat(LayoutOf(file.name.kind).name, ".insured_no"));
      }
    }
  }

  const PackageFile* Find(FileKind kind) const {
    for (const PackageFile& file : files_) {
      if (file.name.kind == kind) return &file;
    }
    return nullptr;
  }

  Package MakePackage(PackageKind kind) {
    const FileName& name = files_.back().name;
    Package package = {kind, name.source, name.destination, name.timestamp, "", {}, {}};
    if (name.month != kNoMonth) package.month = name.month;
    std::set<InsuredIdentity, PersonOrder> persons;
    for (const PackageFile& file : files_) {
      for (const national::CsvRow& row : file.rows) persons.insert(PersonOf(row));
    }
    package.persons.assign(persons.begin(), persons.end());
    package.files = std::move(files_);
    return package;
  }

  Findings findings_;
  std::vector<PackageFile> files_;
};

}  // namespace

PackageResult ReadPackage(std::span<const InputFile> files) { return Reader().Read(files); }

std::vector<PersonPart> SplitByPerson(const Package& package) {
  std::map<InsuredIdentity, std::vector<PackageFile>, PersonOrder> parts;
  for (const PackageFile& file : package.files) {
    for (const national::CsvRow& row : file.rows) {
      std::vector<PackageFile>& files = parts[PersonOf(row)];
      if (files.empty() || files.back().name.kind != file.name.kind) {
        files.push_back({file.name, {}});
      }
      files.back().rows.push_back(row);
    }
  }
  std::vector<PersonPart> result;
  result.reserve(parts.size());
  for (auto& [person, files] : parts) result.push_back({person, std::move(files)});
  return result;
}

absl::StatusOr<std::string> WriteFile(const PackageFile& file) {
  return national::Utf8ToCp932(national::FormatCsv(file.rows));
}

}  // namespace tsunagu::ltc::careplan
