#include "services/prescription/drug_names.h"

#include <optional>

#include "absl/strings/str_cat.h"

namespace tsunagu::prescription {

void NameDrugs(const record::DrugCatalogue* catalogue, absl::CivilDay day, absl::string_view mark,
               std::vector<record::Rp>& rps) {
  if (catalogue == nullptr) return;
  for (record::Rp& rp : rps) {
    for (record::Drug& drug : rp.drugs) {
      if (!drug.name.empty() || drug.code_kind != record::DrugCodeKind::kReceipt) continue;
      const auto found = catalogue->Find(drug.code_kind, drug.code, day);
      if (!found.has_value() || found->names.size() != 1) continue;
      drug.name = absl::StrCat(found->names[0], mark);
    }
  }
}

}  // namespace tsunagu::prescription
