#include "services/audit/fold.h"

#include <optional>
#include <utility>

#include "services/audit/history.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::audit {

using tsunagu::audit::v1::Head;
using tsunagu::audit::v1::History;

std::vector<std::string> AccessFolder::Touches(const journal::Record& record) const {
  return {HeadName(record.key)};
}

journal::Verdict AccessFolder::Apply(const journal::Record& record, journal::States& states,
                                     journal::Publications&) const {
  tsunagu::audit::v1::Record access;
  if (!access.ParseFromString(record.value) || access.id().empty() || access.subject().empty() ||
      access.subject() != record.key) {
    return journal::Verdict::kUndecodable;
  }
  const std::string name = HeadName(record.key);
  Head head = states.GetAs<Head>(name);
  std::optional<History> full;
  if (!Append(std::move(access), head, full)) return journal::Verdict::kAccepted;
  states.PutMessage(name, head);
  if (full.has_value()) states.PutMessage(PageName(record.key, head.pages() - 1), *full);
  return journal::Verdict::kAccepted;
}

}  // namespace tsunagu::audit
