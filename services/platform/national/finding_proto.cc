#include "services/platform/national/finding_proto.h"

#include <utility>

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

void AddFindings(const Findings& findings, size_t max_bytes,
                 google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list) {
  auto protos = ToProto(findings);
  size_t bytes = 0;
  for (const auto severity :
       {tsunagu::common::v1::SEVERITY_ERROR, tsunagu::common::v1::SEVERITY_WARNING}) {
    for (auto& proto : protos) {
      if (proto.severity() != severity) continue;
      bytes += proto.ByteSizeLong();
      if (bytes > max_bytes) return;
      *list->Add() = std::move(proto);
    }
  }
}

}  // namespace tsunagu::national
