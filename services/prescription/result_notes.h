// What a pharmacist writes to the prescriber in a dispensing result (RX-510). Pure; thread safe.
#ifndef SERVICES_PRESCRIPTION_RESULT_NOTES_H_
#define SERVICES_PRESCRIPTION_RESULT_NOTES_H_

#include "absl/strings/string_view.h"
#include "tsunagu/prescription/v1/notes.pb.h"

namespace tsunagu::prescription {

// The notes of a stored result: what the service once verified, so nothing is verified here. None
// of a document that cannot be read.
v1::ResultNotes ReadNotes(absl::string_view document);

// Whether it tells the prescriber anything.
bool HasNotes(const v1::ResultNotes& notes);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_RESULT_NOTES_H_
