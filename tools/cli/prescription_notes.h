// What a pharmacist wrote to the prescriber, in words.
#ifndef TOOLS_CLI_PRESCRIPTION_NOTES_H_
#define TOOLS_CLI_PRESCRIPTION_NOTES_H_

#include <string>

#include "tsunagu/prescription/v1/notes.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::cli {

// One line for each note of a result.
std::string NotesText(const prescription::v1::ResultNotes& notes);

// Of all results, and first of all that there is a message. Empty when there are no notes.
std::string NotesText(const prescription::v1::GetStatusResponse& response);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_NOTES_H_
