// Which interface's request or answer a file is: by its name, or where that is not one of the
// table's (a vendor's own, tools/terminal --names), by the elements in it. Whether it is well made
// is not looked at.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_MESSAGE_KIND_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_MESSAGE_KIND_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "services/prescription/envelope/interfaces.h"

namespace tsunagu::prescription::envelope {

struct MessageKind {
  const Interface* interface = nullptr;  // never null
  bool is_answer = false;
  // False: of several interfaces with the same elements this is the first.
  bool by_name = false;
};

// "ESPsiPIR01req_1.xml" is the request of 201, "ESPsiPIR01res_1.xml" its answer. Unset for any
// other name.
std::optional<MessageKind> KindByName(absl::string_view file_name);

// The interface whose table fits the elements best. Unset where no element is of the table.
std::optional<MessageKind> KindByContent(absl::string_view xml);

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_MESSAGE_KIND_H_
