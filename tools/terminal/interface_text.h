// The interfaces that this terminal answers, as who makes a facility's software reads them: names
// of files, fields with their words, and an example of each request (TM-031, TM-032). Pure.
#ifndef TOOLS_TERMINAL_INTERFACE_TEXT_H_
#define TOOLS_TERMINAL_INTERFACE_TEXT_H_

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "services/prescription/envelope/interfaces.h"
#include "tools/terminal/names.h"

namespace tsunagu::terminal {

// Those of the table that have that number; 0: all. INTERFACE_NOT_KNOWN where there is none.
absl::StatusOr<std::span<const prescription::envelope::Interface>> InterfacesOf(int number);

std::string InterfacesText(std::span<const prescription::envelope::Interface> interfaces,
                           const Names& names);

// {"interfaces": [{"number", "answer", "from", "request_file", "answer_file", "call", "meaning_ja",
// "meaning_en", "name_certainty", "request": [field], "response": [field], "list", "item", "rows":
// [field]}]}; a field is {"name", "ja", "en", "required", "form", "certainty"}. Several names of
// one interface are told as one text with commas.
std::string InterfacesJson(std::span<const prescription::envelope::Interface> interfaces,
                           const Names& names);

// A request that is well-formed and asks for nothing real, with each field that it may have.
absl::StatusOr<std::string> ExampleOf(const prescription::envelope::Interface& interface);
// {"example": it}
std::string ExampleJson(const std::string& example);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_INTERFACE_TEXT_H_
