#include "services/platform/rpc/request_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "services/platform/status/error.h"

namespace tsunagu::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kMaxFaults = 20;

bool IsGood(const std::string& text) {
  return text.size() <= kMaxTextBytes &&
         std::none_of(text.begin(), text.end(), absl::ascii_iscntrl);
}

void FindFaults(const Message& message, const std::string& prefix,
                std::vector<std::string>& faults) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection->ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    const bool is_text = field->type() == FieldDescriptor::TYPE_STRING;
    if (!is_text && field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const bool repeated = field->is_repeated();
    const int count = repeated ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count && faults.size() < kMaxFaults; ++i) {
      const auto path = [&] {
        return absl::StrCat(prefix, field->name(), repeated ? absl::StrCat("[", i, "]") : "");
      };
      if (!is_text) {
        const Message& inner = repeated ? reflection->GetRepeatedMessage(message, field, i)
                                        : reflection->GetMessage(message, field);
        FindFaults(inner, path() + ".", faults);
      } else if (!IsGood(repeated ? reflection->GetRepeatedString(message, field, i)
                                  : reflection->GetString(message, field))) {
        faults.push_back(path());
      }
    }
  }
}

}  // namespace

absl::Status CheckTexts(const Message& request) {
  std::vector<std::string> faults;
  FindFaults(request, "", faults);
  if (faults.empty()) return absl::OkStatus();
  ErrorBuilder error(absl::StatusCode::kInvalidArgument, "TEXT_MALFORMED",
                     "a text of the request is too long or holds control characters");
  error.Rule("PF-003");
  for (const std::string& path : faults) {
    error.Field(path, "at most 4096 bytes, without control characters");
  }
  return error;
}

}  // namespace tsunagu::rpc
