#include "services/ltc/careplan/package.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/check.h"
#include "services/ltc/careplan/dates.h"
#include "services/ltc/careplan/format.h"
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

// A file whose name could be read.
struct Input {
  FileName name;
  std::string field;  // "file[2]": the second of the request
  const std::string* bytes = nullptr;
  bool stranger = false;  // its name tells another transfer or month than those of the others
};

// What ties it to the other files of its package.
auto TransferOf(const FileName& name) {
  return std::tie(name.source.number, name.source.kind, name.destination.number,
                  name.destination.kind, name.timestamp);
}

// Whether the errors of a file leave it open which records it has.
bool IsUnreadable(const Findings& findings) {
  return std::ranges::any_of(findings, [](const national::Finding& finding) {
    return std::ranges::any_of(
        std::initializer_list<const Rule*>{&rules::kLimit, &rules::kEncoding, &rules::kQuotes,
                                           &rules::kEmptyFile},
        [&finding](const Rule* rule) { return finding.rule == rule->id; });
  });
}

// Whether a record says for certain which person, and in care plans which plan, it is of.
bool HasKey(FileKind kind, const national::CsvRow& row, bool with_date) {
  const Layout& layout = LayoutOf(kind);
  if (row.cells.size() != layout.columns.size()) return false;
  const auto good = [&](const char* id) {
    const int index = layout.Find(id);
    if (index < 0) return true;
    const absl::string_view text = row.cells[index].text;
    return !text.empty() && BrokenRule(layout.columns[index].format, text) == nullptr;
  };
  return good("insurer_no") && good("insured_no") && (!with_date || good("plan_date"));
}

// Reports what is wrong where it is wrong: a file that cannot be read, or is of another package, is
// one fault, and the others are not measured against it.
class Reader {
 public:
  PackageResult Read(std::span<const InputFile> inputs, absl::Time now) {
    if (inputs.empty()) Add(findings_, rules::kFileSet, 0, "");
    if (inputs.size() > kMaxPackageFiles) {
      Add(findings_, rules::kLimit, 0, "");
      return {std::nullopt, std::move(findings_)};
    }
    ReadNames(inputs);
    CompareNames(now);
    for (const Input& input : inputs_) ReadFile(input, kMaxFindings / (inputs.size() + 1));
    std::sort(files_.begin(), files_.end(),
              [](const File& a, const File& b) { return a.file.name.kind < b.file.name.kind; });
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
  struct File {
    PackageFile file;
    bool comparable = false;  // with the head, or as the head
  };

  void ReadNames(std::span<const InputFile> inputs) {
    for (size_t i = 0; i < inputs.size(); ++i) {
      const std::string field = absl::StrCat("file[", i + 1, "]");
      const absl::StatusOr<FileName> name = ParseFileName(inputs[i].name);
      if (!name.ok()) {
        const bool prevention = IsPreventionPlan(inputs[i].name);
        Add(findings_, prevention ? rules::kPrevention : rules::kFileName, 0, field);
        all_named_ = false;
        continue;
      }
      const bool twice = std::ranges::any_of(
          inputs_, [&name](const Input& other) { return other.name.kind == name->kind; });
      if (twice) Add(findings_, rules::kFileTwice, 0, field);
      inputs_.push_back({*name, field, &inputs[i].bytes});
    }
  }

  // The file that most others agree with, the first of equals.
  template <typename Agree>
  const FileName* Commonest(const Agree& agree) const {
    const FileName* commonest = nullptr;
    ptrdiff_t most = 0;
    for (const Input& input : inputs_) {
      const auto count = std::ranges::count_if(
          inputs_, [&](const Input& other) { return agree(input.name, other.name); });
      if (count > most) {
        most = count;
        commonest = &input.name;
      }
    }
    return commonest;
  }

  void CompareNames(absl::Time now) {
    const FileName* transfer = Commonest(
        [](const FileName& a, const FileName& b) { return TransferOf(a) == TransferOf(b); });
    const FileName* month = Commonest([](const FileName& a, const FileName& b) {
      return !a.month.empty() && a.month == b.month;
    });
    bool ahead = false;
    for (Input& input : inputs_) {
      const bool other_transfer = TransferOf(input.name) != TransferOf(*transfer);
      const bool other_month =
          month != nullptr && !input.name.month.empty() && input.name.month != month->month;
      if (other_transfer) Add(findings_, rules::kSameTransfer, 0, input.field);
      if (other_month) Add(findings_, rules::kOneMonth, 0, input.field);
      input.stranger = other_transfer || other_month;
      if (ahead || !IsAhead(input.name, now)) continue;
      ahead = true;
      Add(findings_, rules::kTimeAhead, 0, input.field);
    }
  }

  // No more findings than `limit`: those of one file leave room for those of the others.
  void ReadFile(const Input& input, size_t limit) {
    CheckedFile file = CheckFile(input.name, *input.bytes);
    const bool comparable = !input.stranger && !IsUnreadable(file.findings);
    if (file.findings.size() > limit) KeepErrors(limit, file.findings);
    std::ranges::move(file.findings, std::back_inserter(findings_));
    files_.push_back({{std::move(file.name), std::move(file.rows)}, comparable});
  }

  static void KeepErrors(size_t limit, Findings& findings) {
    std::ranges::stable_partition(findings, [](const national::Finding& finding) {
      return finding.severity == national::Severity::kError;
    });
    findings.resize(limit);
  }

  // The set that holds all the files; a supplement alone belongs to the set its month tells.
  const FileSet* FindSet() {
    if (files_.empty()) return nullptr;
    for (const FileSet& set : FileSets()) {
      const bool all = std::ranges::all_of(files_, [&](const File& one) {
        return Holds(set, one.file.name.kind) && FitsMonth(set, one.file.name);
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
      // A file with a wrong name may be the one that is missing.
      if (!all_named_ || Find(kind) != nullptr) continue;
      const bool head = kind == set.files.front();
      Add(findings_, head ? rules::kHeadMissing : rules::kFileMissing, 0, LayoutOf(kind).name);
    }
    const File* head = Find(set.files.front());
    if (head == nullptr || !head->comparable) return;
    const bool dated = set.kind == PackageKind::kCarePlan;
    std::set<std::string> keys;
    for (const national::CsvRow& row : head->file.rows) {
      if (!HasKey(head->file.name.kind, row, dated)) return;  // whose it is cannot be told
      keys.insert(HeadKey(head->file.name.kind, row, dated));
    }
    for (const File& one : files_) {
      if (one.comparable) CompareWithHead(one.file, keys, dated);
    }
  }

  // Each person, or plan, that the head lacks once.
  void CompareWithHead(const PackageFile& file, std::set<std::string> keys, bool dated) {
    for (const national::CsvRow& row : file.rows) {
      if (!HasKey(file.name.kind, row, dated)) continue;
      if (!keys.insert(HeadKey(file.name.kind, row, dated)).second) continue;
      Add(findings_, rules::kPersonNotInHead, row.line,
          absl::StrCat(LayoutOf(file.name.kind).name, ".insured_no"));
    }
  }

  const File* Find(FileKind kind) const {
    const auto found = std::ranges::find_if(
        files_, [kind](const File& one) { return one.file.name.kind == kind; });
    return found == files_.end() ? nullptr : &*found;
  }

  Package MakePackage(PackageKind kind) {
    const FileName name = files_.back().file.name;
    Package package = {kind, name.source, name.destination, name.timestamp, "", {}, {}};
    if (name.month != kNoMonth) package.month = name.month;
    std::set<InsuredIdentity, PersonOrder> persons;
    for (File& one : files_) {
      for (const national::CsvRow& row : one.file.rows) persons.insert(PersonOf(row));
      package.files.push_back(std::move(one.file));
    }
    package.persons.assign(persons.begin(), persons.end());
    return package;
  }

  Findings findings_;
  std::vector<Input> inputs_;
  bool all_named_ = true;
  std::vector<File> files_;
};

}  // namespace

PackageResult ReadPackage(std::span<const InputFile> files, absl::Time now) {
  return Reader().Read(files, now);
}

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
