#include "services/prescription/record/mapping.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription::record {
namespace {

// A comma would end the field and a control character may break the line.
std::string Harmless(absl::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == ',') {
      result += "，";
    } else {
      result.push_back(absl::ascii_iscntrl(c) ? ' ' : c);
    }
  }
  return result;
}

template <class Group, class T>
void MapRp(Group& group, T& rp) {
  group.One(101, [&](auto&& row) {
    row("form", rp.form);
    row("form_name", rp.form_name);
    row("amount", rp.amount);
  });
  group.Maybe(102, rp.split_amount, [](auto&& row, auto& amount) {
    row("part", amount.part);
    row("total", amount.total);
  });
  group.One(111, [&](auto&& row) {
    row("code_kind", rp.usage.code_kind);
    row("code", rp.usage.code);
    row("text", rp.usage.text);
    row("times", rp.usage.times);
  });
  group.Many(181, rp.supplements, [](auto&& row, auto& supplement) {
    row("seq", supplement.seq);
    row("kind", supplement.kind);
    row("text", supplement.text);
    row("supplement_code", supplement.supplement_code);
    row("site_code", supplement.site_code);
  });
}

template <class Group, class T>
void MapRpEnd(Group& group, T& rp) {
  group.Many(391, rp.cautions, [](auto&& row, auto& text) { row("text", text); });
}

template <class Group, class T>
void MapDoses(Group& group, T& drug) {
  group.Maybe(221, drug.uneven, [](auto&& row, auto& uneven) {
    for (size_t i = 0; i < uneven.doses.size(); ++i) {
      row(absl::StrCat("dose", i + 1), uneven.doses[i]);
      row(absl::StrCat("code", i + 1), uneven.codes[i]);
    }
  });
  group.Maybe(231, drug.shares, [](auto&& row, auto& shares) {
    row("public1", shares.shares[0]);
    row("public2", shares.shares[1]);
    row("public3", shares.shares[2]);
    row("special", shares.shares[3]);
  });
  group.Maybe(241, drug.single_dose, [](auto&& row, auto& single) {
    row("dose", single.dose);
    row("times", single.times);
  });
}

template <class Group, class T>
void MapDrug(Group& group, T& drug) {
  group.One(201, [&](auto&& row) {
    row("info_kind", drug.info_kind);
    row("code_kind", drug.code_kind);
    row("code", drug.code);
    row("name", drug.name);
    row("dose", drug.dose);
    row("strength", drug.strength);
    row("unit", drug.unit);
  });
  group.Maybe(211, drug.factor, [](auto&& row, auto& factor) { row("factor", factor); });
  MapDoses(group, drug);
  group.Many(281, drug.supplements, [](auto&& row, auto& supplement) {
    row("supplement_seq", supplement.seq);
    row("kind", supplement.kind);
    row("text", supplement.text);
    row("supplement_code", supplement.supplement_code);
  });
  group.Many(291, drug.cautions, [](auto&& row, auto& text) { row("text", text); });
}

void Append(WriteGroup& group, std::vector<std::string>& lines) {
  for (auto& [number, line] : group.rows()) lines.push_back(std::move(line));
}

}  // namespace

void ReadRow::operator()(absl::string_view field, std::string& value) const {
  value = std::string(record_.Get(field));
}

void ReadRow::operator()(absl::string_view field, int& value) const {
  value = record_.GetInt(field).value_or(0);
}

void ReadRow::operator()(absl::string_view field, std::optional<int>& value) const {
  value = record_.GetInt(field);
}

void ReadRow::operator()(absl::string_view field, Decimal& value) const {
  value = ParseDecimal(record_.Get(field)).value_or(Decimal{});
}

void ReadRow::operator()(absl::string_view field, std::optional<Decimal>& value) const {
  value = ParseDecimal(record_.Get(field));
}

void ReadRow::operator()(absl::string_view field, absl::CivilDay& value) const {
  value = national::ParseDay(record_.Get(field)).value_or(absl::CivilDay());
}

void ReadRow::operator()(absl::string_view field, std::optional<absl::CivilDay>& value) const {
  value = national::ParseDay(record_.Get(field));
}

void WriteRow::operator()(absl::string_view field, const std::string& value) {
  const std::optional<size_t> index = FieldIndex(layout_, field);
  if (index.has_value()) fields_[*index] = Harmless(value);
}

void WriteRow::operator()(absl::string_view field, int value) {
  (*this)(field, value == 0 ? std::string() : absl::StrCat(value));
}

void WriteRow::operator()(absl::string_view field, std::optional<int> value) {
  (*this)(field, value.has_value() ? absl::StrCat(*value) : std::string());
}

void WriteRow::operator()(absl::string_view field, Decimal value) {
  (*this)(field, FormatDecimal(value));
}

void WriteRow::operator()(absl::string_view field, std::optional<Decimal> value) {
  if (value.has_value()) (*this)(field, *value);
}

void WriteRow::operator()(absl::string_view field, absl::CivilDay value) {
  (*this)(field, national::FormatDay(value));
}

void WriteRow::operator()(absl::string_view field, std::optional<absl::CivilDay> value) {
  if (value.has_value()) (*this)(field, *value);
}

bool WriteRow::empty() const {
  return std::all_of(fields_.begin(), fields_.end(), [](const auto& f) { return f.empty(); });
}

std::string WriteRow::Text() const {
  return absl::StrCat(layout_.number, ",", absl::StrJoin(fields_, ","));
}

std::vector<Rp> ReadRps(const Structure& structure) {
  std::vector<Rp> rps;
  for (const RpGroup& group : structure.rps) {
    Rp& rp = rps.emplace_back();
    rp.number = group.number;
    ReadGroup records(group.records);
    MapRp(records, rp);
    MapRpEnd(records, rp);
    for (const DrugGroup& drug_group : group.drugs) {
      Drug& drug = rp.drugs.emplace_back();
      drug.seq = drug_group.seq;
      ReadGroup drug_records(drug_group.records);
      MapDrug(drug_records, drug);
    }
  }
  return rps;
}

void WriteRps(Format format, const std::vector<Rp>& rps, std::vector<std::string>& lines) {
  for (const Rp& rp : rps) {
    WriteGroup group(format, rp.number);
    MapRp(group, rp);
    Append(group, lines);
    for (const Drug& drug : rp.drugs) {
      WriteGroup drug_group(format, rp.number, drug.seq);
      MapDrug(drug_group, drug);
      Append(drug_group, lines);
    }
    WriteGroup end(format, rp.number);
    MapRpEnd(end, rp);
    Append(end, lines);
  }
}

}  // namespace tsunagu::prescription::record
