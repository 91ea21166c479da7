// How often a prescription is dispensed, and of which use or part a result is. Pure; thread safe.
#ifndef SERVICES_PRESCRIPTION_COURSE_H_
#define SERVICES_PRESCRIPTION_COURSE_H_

#include <optional>

#include "services/platform/national/finding.h"
#include "services/prescription/record/dispensing.h"
#include "services/prescription/record/prescription.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {

// Nothing when it is dispensed once. A divided prescription is registered as its first part and
// stands for all of them; another part is a finding (RX-067).
std::optional<v1::Course> ReadCourse(const record::Prescription& prescription,
                                     national::Findings& findings);

// Fills use, more and next_on. `due`: the use or part that the result has to be of (RX-065,
// RX-067). The day of a next use must be one that may come (RX-542, RX-543).
void ReadUse(const record::Dispensing& result, const v1::Course& course, int due,
             v1::Event::Dispensed& event, national::Findings& findings);

// Of the drugs of a divided dispensing: no more in all parts up to this one than its record 102
// says was prescribed (RX-551). `registered` has the results of the parts before.
void CheckParts(const record::Dispensing& result, const v1::Prescription& registered, int due,
                national::Findings& findings);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_COURSE_H_
