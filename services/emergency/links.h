// A person through changes of insurance: which other identities are the same person's. Pure.
#ifndef SERVICES_EMERGENCY_LINKS_H_
#define SERVICES_EMERGENCY_LINKS_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "services/platform/national/insured.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::emergency {

// No more identities than this are put together (EM-007).
inline constexpr size_t kMaxIdentities = 20;

// Walks from one identity to its predecessors and successors. The owner reads what Next names and
// passes it to Visit, until Next names nothing.
//
// A wrong merge can kill (EM-006): nobody with another birth date is followed, and a successor only
// while it names the identity that it succeeded.
class PersonLinks {
 public:
  PersonLinks(national::Subject subject, tsunagu::eligibility::v1::Person person);

  std::optional<national::Subject> Next();
  // What is known of the subject that Next named last; the default message: nothing.
  void Visit(tsunagu::eligibility::v1::Person person);

  // The person's identities, the first one first.
  const std::vector<national::Subject>& subjects() const { return subjects_; }
  // What is known of each of them.
  const std::vector<tsunagu::eligibility::v1::Person>& persons() const { return persons_; }

 private:
  struct Link {
    national::Subject to;
    national::Subject successor_of;  // empty: `to` is a predecessor
  };
  void Add(national::Subject subject, tsunagu::eligibility::v1::Person person);

  std::vector<national::Subject> subjects_;
  std::vector<tsunagu::eligibility::v1::Person> persons_;
  std::vector<national::Subject> named_;  // by links, followed or not
  std::deque<Link> open_;
  Link current_;
};

}  // namespace tsunagu::emergency

#endif  // SERVICES_EMERGENCY_LINKS_H_
