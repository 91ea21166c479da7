// The drug master (医薬品マスター, y.csv): names and codes of drugs as they were on a service date
// (rules MH-080 to MH-089).
#ifndef SERVICES_PLATFORM_DRUG_MASTER_MASTER_H_
#define SERVICES_PLATFORM_DRUG_MASTER_MASTER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/drug_master/string_pool.h"
#include "services/platform/national/finding.h"

namespace tsunagu::drug_master {

// 剤形 of the master.
enum class DrugForm : uint8_t { kUnknown, kOral, kInjection, kExternal, kDental, kOther };

// 麻薬等 of the master.
enum class DrugControl : uint8_t { kNone, kNarcotic, kPoison, kStimulantMaterial, kPsychotropic };

// One drug as it stood on a day. Views into the master.
struct Drug {
  absl::string_view name;  // 漢字名称, UTF-8
  absl::string_view unit;  // 単位名, UTF-8; may be empty
  absl::string_view price_code;  // 薬価基準収載医薬品コード, 12 characters; shared by brands; may
                                 // be empty
  absl::string_view generic_code;  // 一般名コード, 12 characters; may be empty
  absl::string_view generic_name;  // 一般名処方の標準的な記載; may be empty
  DrugForm form = DrugForm::kUnknown;
  DrugControl control = DrugControl::kNone;
  bool is_generic = false;  // 後発品
  bool in_use = false;  // on that day neither withdrawn nor past its transition; nothing tells a
                        // drug's first day, so true on days before it
};

// Rows by 変更区分.
struct RowCounts {
  size_t unchanged = 0;
  size_t deleted = 0;
  size_t added = 0;
  size_t changed = 0;
  size_t discontinued = 0;
};

// Holds all versions of all drugs ever loaded. Loading is not thread safe; reading is. 20,000 drugs
// take about 3 MB.
class DrugMaster {
 public:
  // Reads a full file or a difference file, CP932 or UTF-8; load the oldest first. Rows in error
  // are skipped and reported, the others count. Findings name the line and "y[column]".
  national::Findings Load(absl::string_view bytes);

  // The drug of that 9-digit code as on that day: the version in force, or the first known one on
  // days before. Withdrawn codes stay. Nothing when the code was in no file.
  std::optional<Drug> Find(absl::string_view code, absl::CivilDay on) const;

  // Calls with the 9-digit code and each version that was ever in force, for who makes an index.
  // `in_use` is not set.
  void ForEachVersion(absl::FunctionRef<void(absl::string_view, const Drug&)> call) const;

  // Number of codes.
  size_t size() const { return first_.size(); }

  // Rows loaded that were not in error.
  const RowCounts& rows() const { return rows_; }

  // MH-089: whether what was loaded tells changes only.
  bool IsDifference() const;

 private:
  struct Row;
  using Day = uint32_t;  // YYYYMMDD

  // One version of one drug. Strings are handles of the pool.
  struct Version {
    uint32_t code = 0;
    Day since = 0;             // 変更年月日; 0 when not stated
    Day withdrawn = 99999999;  // 廃止年月日: last day of use
    Day transition = 0;        // 経過措置年月日: last day of use; 0 none
    uint32_t next = 0;         // index of the next later version; 0 none
    StringPool::Handle name = 0;
    StringPool::Handle unit = 0;
    StringPool::Handle price_code = 0;
    StringPool::Handle generic_code = 0;
    StringPool::Handle generic_name = 0;
    DrugForm form = DrugForm::kUnknown;
    DrugControl control = DrugControl::kNone;
    bool is_generic = false;

    // Whether nothing but the day of the change differs.
    bool SaysTheSame(const Version& other) const;
  };
  static_assert(sizeof(Version) <= 48);

  void Apply(const Row& row, national::Findings* findings);
  // Writes the filled columns over `version`; with `blank_clears` the others too.
  void Overlay(const Row& row, bool blank_clears, Version* version);
  void Insert(const Version& version);
  const Version* At(absl::string_view code, Day on) const;
  Drug Describe(const Version& version) const;

  RowCounts rows_;
  StringPool strings_;
  std::vector<Version> versions_ = {Version{}};    // index 0 stands for "none"
  absl::flat_hash_map<uint32_t, uint32_t> first_;  // code to its earliest version
};

}  // namespace tsunagu::drug_master

#endif  // SERVICES_PLATFORM_DRUG_MASTER_MASTER_H_
