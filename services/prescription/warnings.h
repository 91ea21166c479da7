// The warnings of a registration about patient and signer, which stay with the prescription: the
// pharmacist is told what the prescriber was told (RX-056). All functions are pure and thread safe.
#ifndef SERVICES_PRESCRIPTION_WARNINGS_H_
#define SERVICES_PRESCRIPTION_WARNINGS_H_

#include "services/platform/national/finding.h"
#include "services/prescription/errors.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {

// Adds the ids of those among the findings to the event. Other findings are the prescriber's only:
// the pharmacist reads the record itself.
void KeepWarnings(const DocumentFindings& findings, v1::Event::Registered& event);

// What a repeated registration is answered with (RX-054): those warnings as they were kept, since
// the insured person may have been loaded or changed meanwhile; all others follow from the
// document.
void RecallWarnings(const v1::Prescription& prescription, DocumentFindings& findings);

// The findings that were kept. An id that is none of these rules is left out.
national::Findings KeptWarnings(const v1::Prescription& prescription);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_WARNINGS_H_
