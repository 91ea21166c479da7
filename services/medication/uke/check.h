// Checks receipts against the table of layouts and the rules between records (MH-001, MH-009 to
// MH-026 and MH-201 to MH-210 in docs/requirements/medication.md).
#ifndef SERVICES_MEDICATION_UKE_CHECK_H_
#define SERVICES_MEDICATION_UKE_CHECK_H_

#include <cstdint>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "services/medication/uke/layout.h"
#include "services/medication/uke/reader.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication::uke {

// What the receipts of a file add up to. The details of a 総括 receipt are part of it: its own HO
// and KO count, theirs do not (MH-209).
struct Totals {
  int receipts = 0;
  int details = 0;
  int insurers = 0;    // HO records
  int payers = 0;      // KO records
  int64_t points = 0;  // of HO, or of the first KO where there is no HO

  // 総件数: HO and KO records, not receipts.
  int count() const { return insurers + payers; }
};

// Checks one file: Add every receipt in the order of the file, then Finish. Not thread safe.
//
// A finding is an error where the history could not be built or the file contradicts itself, a
// warning where the claim is incomplete but its meaning is plain. Its field reads "RE#2/HO[6]":
// receipt number, record and position.
class FileCheck {
 public:
  void Add(const Receipt& receipt);

  // Checks the headers and the end record. The reader must have reached the end of the file.
  void Finish(const Reader& reader);

  const Totals& totals() const { return totals_; }
  // In the order of lines within a receipt; the reader's own findings are not among them. At most
  // kMaxFindings.
  const national::Findings& findings() const { return findings_; }

 private:
  using Fields = std::span<const absl::string_view>;

  // Where the check stands.
  struct Place {
    Kind kind = Kind::kUnknown;
    Encoding encoding = Encoding::kCp932;
    Record record;
    absl::string_view receipt_number;  // empty outside of receipts
    int days_in_month = kDaysOfMonth;
    bool in_class = false;     // a line before this one has named its 診療識別
    bool not_visited = false;  // 未来院請求 of 歯科
  };

  void EnterReceipt(const Record& re);
  void CheckRecord(const RecordLayout& layout, Fields fields);
  void CheckField(const Field& field, int position, absl::string_view value);
  void CheckText(const Field& field, int position, absl::string_view value);
  void CheckItem(const ItemColumns& item, Fields fields);
  void CheckDays(const ItemColumns& item, Fields fields);
  void CheckPayer(Fields fields);
  // Of the receipt as a whole: check_receipt.cc.
  void CheckReceipt(const Receipt& receipt);
  void CheckNumber();
  void CheckType(const Receipt& receipt);
  void CheckPayers(const Receipt& receipt);
  void CheckInstitution(const Receipt& receipt);
  void CheckPerson(const Receipt& receipt);
  void CheckDetails(const Receipt& receipt);
  void CountPayers(const Receipt& receipt);
  void CheckTotals(const Record& trailer);
  void Report(const char* rule, national::Severity severity, int position,
              absl::string_view name_ja, absl::string_view text_ja, absl::string_view text_en);

  Place place_;
  Totals totals_;
  int last_number_ = 0;  // of the receipt before, under the same header
  int header_line_ = 0;
  national::Findings findings_;
};

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_CHECK_H_
