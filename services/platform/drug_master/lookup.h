// Looks up drugs as services exchange them.
#ifndef SERVICES_PLATFORM_DRUG_MASTER_LOOKUP_H_
#define SERVICES_PLATFORM_DRUG_MASTER_LOOKUP_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "services/platform/drug_master/master.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::drug_master {

// 薬品コード種別 of common.v1.Drug: レセプト電算コード, the codes of the master.
inline constexpr int kReceiptCode = 2;

// The drug as on that day (YYYYMMDD). Nothing when its code is none of the master's kind or in no
// file, or when that is no day.
std::optional<Drug> FindDrug(const DrugMaster& master, const tsunagu::common::v1::Drug& drug,
                             absl::string_view day);

}  // namespace tsunagu::drug_master

#endif  // SERVICES_PLATFORM_DRUG_MASTER_LOOKUP_H_
