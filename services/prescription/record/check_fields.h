// The rules on single fields and on the bytes (RX-102 to RX-104, RX-109, RX-120 to RX-133): they
// follow from the layout table alone. Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_RECORD_CHECK_FIELDS_H_
#define SERVICES_PRESCRIPTION_RECORD_CHECK_FIELDS_H_

#include "services/prescription/record/records.h"
#include "services/prescription/record/rules.h"
#include "services/prescription/record/text.h"

namespace tsunagu::prescription::record {

// Charset, line ends and end mark. Only the JAHIS text fixes them; the public signed samples of SJ1
// and CJ1 are UTF-8 with LF. Of those only that the last line has an end. There is a line.
void CheckEncoding(const RecordText& text, Format format, Report& report);

// Every field of one record that is not spoiled.
void CheckFields(const Record& record, Report& report);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_CHECK_FIELDS_H_
