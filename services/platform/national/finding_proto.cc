#include "services/platform/national/finding_proto.h"

namespace tsunagu::national {

google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding> ToProto(const Findings& findings) {
  google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding> messages;
  messages.Reserve(static_cast<int>(findings.size()));
  for (const Finding& finding : findings) {
    auto* message = messages.Add();
    message->set_rule(finding.rule);
    message->set_severity(finding.severity == Severity::kError
                              ? tsunagu::common::v1::SEVERITY_ERROR
                              : tsunagu::common::v1::SEVERITY_WARNING);
    message->set_record(finding.record);
    message->set_field(finding.field);
    message->set_text_ja(finding.text_ja);
    message->set_text_en(finding.text_en);
  }
  return messages;
}

}  // namespace tsunagu::national
