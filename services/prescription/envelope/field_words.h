// What the elements of the interfaces are called in words. The names stand in the table of
// interfaces; interfaces.h says which of them are ours.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_FIELD_WORDS_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_FIELD_WORDS_H_

#include "absl/strings/string_view.h"
#include "services/prescription/envelope/interfaces.h"

namespace tsunagu::prescription::envelope {

struct FieldWords {
  const char* name;
  const char* ja;
  const char* en;
};

// Of an element of the table; null for any other name.
const FieldWords* WordsOf(absl::string_view name);

// What a form takes, in words.
FieldWords WordsOf(Form form);

// "Service/Method" of tsunagu.prescription.v1 that answers; empty: none.
const char* NameOf(Call call);

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_FIELD_WORDS_H_
