// Which identities are one person's: the links that insurers tell, followed with care. Pure.
#ifndef SERVICES_ELIGIBILITY_LINKS_H_
#define SERVICES_ELIGIBILITY_LINKS_H_

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "services/platform/national/insured.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::eligibility {

// A person has at most this many identities here; more are left out, the nearest are in.
inline constexpr size_t kMaxIdentities = 20;

// Walks from one identity to the others of the same person, nearest first. The owner reads what
// Next names and tells it to Visit, until Next names nothing.
//
// A wrong merge can kill, so a link is not believed blindly (EL-024): an identity with another
// birth date is somebody else's, and a newer identity counts only while its own registration still
// names the older one as its predecessor (a corrected link leaves its other half behind).
class IdentityWalk {
 public:
  IdentityWalk(national::Subject first, const tsunagu::eligibility::v1::Person& person);

  // The next subject to read; nothing when the walk is over.
  std::optional<national::Subject> Next();

  // What is known of the subject that Next named last.
  void Visit(const tsunagu::eligibility::v1::Person& person);

  // The identities found so far, the first one first; none twice.
  const std::vector<national::Subject>& identities() const { return identities_; }

 private:
  struct Link {
    national::Subject to;
    national::Subject from;
    bool newer;  // `to` superseded `from`; otherwise `to` is the predecessor of `from`
  };
  void AddLinks(const national::Subject& from, const tsunagu::eligibility::v1::Person& person);
  bool Seen(const national::Subject& subject) const;
  bool Believable(const tsunagu::eligibility::v1::Person& person) const;

  const std::string birth_date_;
  std::vector<national::Subject> identities_;
  std::deque<Link> links_;
  Link current_;
  size_t reads_ = 0;
};

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_LINKS_H_
