// What a call's error says of a field of the call, as what is wrong with the element of the
// interface from which it came (TM-033). Pure.
#ifndef TOOLS_TERMINAL_FIELD_FAULTS_H_
#define TOOLS_TERMINAL_FIELD_FAULTS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/prescription/envelope/interfaces.h"

namespace tsunagu::terminal {

// The element of the interface's request that fills that field of a call; the path itself where
// none does.
std::string ElementOf(const prescription::envelope::Interface& interface, absl::string_view path);

// What is wrong in Japanese; empty where it is not known here.
std::string FaultJa(absl::string_view description);

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_FIELD_FAULTS_H_
