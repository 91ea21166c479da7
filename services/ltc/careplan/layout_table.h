// The columns of each layout, as the standard's sheets list them. Only layout.cc reads this.
#ifndef SERVICES_LTC_CAREPLAN_LAYOUT_TABLE_H_
#define SERVICES_LTC_CAREPLAN_LAYOUT_TABLE_H_

#include <span>

#include "services/ltc/careplan/layout.h"

namespace tsunagu::ltc::careplan {

std::span<const Column> SupplementColumns();
std::span<const Column> Table1Columns();
std::span<const Column> Table2Columns();
std::span<const Column> Table3Columns();
std::span<const Column> ServiceColumns();  // UPPLAN and UPJSK
std::span<const Column> MoneyColumns();
std::span<const Column> DeleteTable1Columns();
std::span<const Column> DeletePlanColumns();
std::span<const Column> DeleteActualsColumns();

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_LAYOUT_TABLE_H_
