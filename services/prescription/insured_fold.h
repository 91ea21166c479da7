// The fold of eligibility.events, in a section of its own:
//
//   person/<subject>   v1::KnownInsured: what prescriptions are compared with
//   insurer/<number>   v1::KnownInsurer: whether somebody insured there is known in this partition
//
// Long-term care is no medical insurance: who is known by that card only is not known.
#ifndef SERVICES_PRESCRIPTION_INSURED_FOLD_H_
#define SERVICES_PRESCRIPTION_INSURED_FOLD_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/journal/folder.h"

namespace tsunagu::prescription {

inline constexpr char kInsuredTopic[] = "eligibility.events";

// Names of states.
std::string InsuredName(absl::string_view subject);
std::string InsurerName(absl::string_view insurer);

// Drops what it has seen, by the version of the record, and puts aside what it cannot read. Thread
// safe.
class InsuredFolder : public journal::Folder {
 public:
  std::vector<std::string> Touches(const journal::Record& record) const override;
  journal::Verdict Apply(const journal::Record& record, journal::States& states,
                         journal::Publications& publications) const override;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_INSURED_FOLD_H_
