// 用法コード: how a drug is to be taken, as a code and in words.
#ifndef SERVICES_PLATFORM_NATIONAL_USAGE_H_
#define SERVICES_PLATFORM_NATIONAL_USAGE_H_

#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::national {

// Tells the code of a usage that is stated as a code only, and its words when it is one of the 48
// of pharmacy receipts. What is stated otherwise stays. Pure, thread safe.
void AddUsageText(tsunagu::common::v1::Drug& drug);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_USAGE_H_
