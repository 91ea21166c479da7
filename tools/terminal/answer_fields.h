// Between the fields of messages and those of calls.
#ifndef TOOLS_TERMINAL_ANSWER_FIELDS_H_
#define TOOLS_TERMINAL_ANSWER_FIELDS_H_

#include <google/protobuf/repeated_field.h>

#include <string>

#include "services/platform/national/finding.h"
#include "services/prescription/envelope/interfaces.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/prescription_calls.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/notes.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::terminal {

using FindingList = google::protobuf::RepeatedPtrField<common::v1::Finding>;

// A field of the request; empty: it has none.
std::string Text(const Asked& asked, const char* name);
void FillInsured(const Asked& asked, common::v1::InsuredIdentity* identity);

// Sets a field of the body (of a row), if the interface has it and there is something to set. A
// text becomes one line; what is longer than a message can hold is cut, and ends with "…".
void Set(const prescription::envelope::Interface& interface, const char* name,
         const std::string& value, prescription::envelope::Answer& answer);
void SetInRow(const prescription::envelope::Interface& interface, const char* name,
              const std::string& value, prescription::envelope::Fields& row);

// As long as the answer has room.
void AddRow(prescription::envelope::Fields row, prescription::envelope::Answer& answer);

// A row for each thing that the pharmacist wrote.
void AddNotes(const prescription::envelope::Interface& interface,
              const prescription::v1::ResultNotes& notes, prescription::envelope::Answer& answer);

// As many as a list can hold.
void Append(const FindingList& findings, national::Findings& list);

// It was done before (TM-025).
void MarkRepeated(prescription::envelope::Answer& answer);

std::string StatusText(prescription::v1::Status status);
std::string IssueTypeText(prescription::v1::IssueType type);
std::string FlagText(bool is);  // "2" where it is so, else "1"

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_ANSWER_FIELDS_H_
