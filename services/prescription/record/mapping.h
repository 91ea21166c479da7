// Which field of which record is which member of the typed model: said once, for both directions.
//
// A mapping is a function template over a `Group`: ReadGroup takes members from records, WriteGroup
// turns members into records. Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_RECORD_MAPPING_H_
#define SERVICES_PRESCRIPTION_RECORD_MAPPING_H_

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/prescription/record/decimal.h"
#include "services/prescription/record/layout.h"
#include "services/prescription/record/parts.h"
#include "services/prescription/record/records.h"

namespace tsunagu::prescription::record {

// Takes members from the fields of one record. What cannot be read is left unset.
class ReadRow {
 public:
  explicit ReadRow(const Record& record) : record_(record) {}

  void operator()(absl::string_view field, std::string& value) const;
  void operator()(absl::string_view field, int& value) const;
  void operator()(absl::string_view field, std::optional<int>& value) const;
  void operator()(absl::string_view field, Decimal& value) const;
  void operator()(absl::string_view field, std::optional<Decimal>& value) const;
  void operator()(absl::string_view field, absl::CivilDay& value) const;
  void operator()(absl::string_view field, std::optional<absl::CivilDay>& value) const;
  template <class Enum>
  requires std::is_enum_v<Enum>
  void operator()(absl::string_view field, Enum& value) const {
    int number = 0;
    (*this)(field, number);
    value = static_cast<Enum>(number);
  }

 private:
  const Record& record_;
};

// Fills the fields of one new record.
class WriteRow {
 public:
  explicit WriteRow(const RecordLayout& layout) : layout_(layout), fields_(layout.fields.size()) {}

  void operator()(absl::string_view field, const std::string& value);
  void operator()(absl::string_view field, int value);
  void operator()(absl::string_view field, std::optional<int> value);
  void operator()(absl::string_view field, Decimal value);
  void operator()(absl::string_view field, std::optional<Decimal> value);
  void operator()(absl::string_view field, absl::CivilDay value);
  void operator()(absl::string_view field, std::optional<absl::CivilDay> value);
  template <class Enum>
  requires std::is_enum_v<Enum>
  void operator()(absl::string_view field, Enum value) { (*this)(field, static_cast<int>(value)); }

  bool empty() const;        // no field is filled
  std::string Text() const;  // the record's line

 private:
  const RecordLayout& layout_;
  std::vector<std::string> fields_;
};

// Reads from the records of a file, an RP or a drug.
class ReadGroup {
 public:
  explicit ReadGroup(const std::vector<const Record*>& records) : records_(records) {}

  // A record whose members are simply unset when it is missing.
  template <class Fields>
  void One(int number, Fields fields) const {
    if (const Record* record = FindRecord(records_, number)) fields(ReadRow(*record));
  }
  template <class Item, class Fields>
  void Maybe(int number, std::optional<Item>& item, Fields fields) const {
    const Record* record = FindRecord(records_, number);
    if (record != nullptr) fields(ReadRow(*record), item.emplace());
  }
  template <class Item, class Fields>
  void Many(int number, std::vector<Item>& items, Fields fields) const {
    for (const Record* record : records_) {
      if (record->number() == number) fields(ReadRow(*record), items.emplace_back());
    }
  }

 private:
  const std::vector<const Record*>& records_;
};

// Collects the records of a file, an RP or a drug. Records that the format lacks are left out.
class WriteGroup {
 public:
  // `rp` and `seq` name the RP and the drug; 0 means that the group is none.
  explicit WriteGroup(Format format, int rp = 0, int seq = 0)
      : format_(format), rp_(rp), seq_(seq) {}

  template <class Fields>
  void One(int number, Fields fields) {
    Write(number, false, fields);
  }
  template <class Item, class Fields>
  void Maybe(int number, const std::optional<Item>& item, Fields fields) {
    if (item.has_value()) Write(number, true, [&](WriteRow& row) { fields(row, *item); });
  }
  template <class Item, class Fields>
  void Many(int number, const std::vector<Item>& items, Fields fields) {
    for (const Item& item : items) {
      Write(number, true, [&](WriteRow& row) { fields(row, item); });
    }
  }

  // Number and line of each record, in the order of the calls.
  std::vector<std::pair<int, std::string>>& rows() { return rows_; }

 private:
  template <class Fields>
  void Write(int number, bool also_empty, Fields fields) {
    const RecordLayout* layout = FindLayout(format_, number);
    if (layout == nullptr) return;
    WriteRow row(*layout);
    fields(row);
    const bool required = layout->presence == Presence::kRequired;
    if (row.empty() && !required && !also_empty) return;
    if (rp_ != 0) row("rp", rp_);
    if (seq_ != 0) row("seq", seq_);
    rows_.emplace_back(number, row.Text());
  }

  Format format_;
  int rp_;
  int seq_;
  std::vector<std::pair<int, std::string>> rows_;
};

// `T` is const when writing.
template <class Group, class T>
void MapFacility(Group& group, T& facility) {
  group.One(1, [&](auto&& row) {
    row("table", facility.fee_table);
    row("code", facility.code);
    row("prefecture", facility.prefecture);
    row("name", facility.name);
  });
  group.One(2, [&](auto&& row) {
    row("postal_code", facility.postal_code);
    row("address", facility.address);
  });
  group.One(3, [&](auto&& row) {
    row("phone", facility.phone);
    row("fax", facility.fax);
    row("contact", facility.contact);
  });
}

template <class Group, class T>
void MapPatient(Group& group, T& patient) {
  group.One(11, [&](auto&& row) {
    row("code", patient.code);
    row("name", patient.name);
    row("kana", patient.kana);
  });
  group.One(12, [&](auto&& row) { row("sex", patient.sex); });
  group.One(13, [&](auto&& row) { row("birth", patient.birth); });
}

inline constexpr int kFirstPayerRecord = 27;  // 27 to 30

template <class Group, class T>
void MapInsurance(Group& group, T& insurance) {
  group.One(14, [&](auto&& row) { row("class", insurance.burden_class); });
  group.One(21, [&](auto&& row) { row("kind", insurance.kind); });
  group.One(22, [&](auto&& row) { row("insurer", insurance.identity.insurer); });
  group.One(23, [&](auto&& row) {
    row("symbol", insurance.identity.symbol);
    row("number", insurance.identity.number);
    row("relation", insurance.relation);
    row("branch", insurance.identity.branch);
  });
  group.One(24, [&](auto&& row) {
    row("patient_percent", insurance.patient_percent);
    row("insurer_percent", insurance.insurer_percent);
  });
  group.One(25, [&](auto&& row) { row("reason", insurance.work_reason); });
  for (int i = 0; i < static_cast<int>(insurance.payers.size()); ++i) {
    group.Maybe(kFirstPayerRecord + i, insurance.payers[i], [](auto&& row, auto& payer) {
      row("payer", payer.payer);
      row("beneficiary", payer.beneficiary);
    });
  }
  group.One(31, [&](auto&& row) { row("kind", insurance.receipt_kind); });
}

template <class Group, class T>
void MapSplit(Group& group, T& split) {
  group.Maybe(63, split, [](auto&& row, auto& s) {
    row("total", s.total);
    row("index", s.index);
  });
}

// The RPs of a file, read or written with all that belongs to them.
std::vector<Rp> ReadRps(const Structure& structure);
void WriteRps(Format format, const std::vector<Rp>& rps, std::vector<std::string>& lines);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_MAPPING_H_
